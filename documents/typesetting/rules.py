"""How far an asked-for sheet is, and how long what came of it is kept."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

KEEP_PREVIEWS = timedelta(days=1)
UNNAMED_FOR = timedelta(hours=1)
"""A younger file without a row may belong to a transaction that has not committed yet."""


class Purpose(StrEnum):
    """What a sheet is typeset for."""

    PREVIEW = "preview"
    """To be looked at: thrown away after a day."""
    ISSUE = "issue"
    """To be kept: its file goes where uploaded files are."""


class State(StrEnum):
    """How far a sheet is."""

    WANTED = "wanted"
    READY = "ready"
    FAILED = "failed"
