"""How far a flyer is, and what may be done with it then."""

from __future__ import annotations

from enum import StrEnum

SUBJECT_KIND = "flyer"
MOST_FLYERS = 20
"""So many of a campaign's flyers may wait to be approved."""


class State(StrEnum):
    """How far a flyer is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


EDITABLE = frozenset({State.DRAFT, State.RETURNED})
