"""What other features put on the board; given by the program that joins them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from sqlalchemy.orm import Session

from app.access import Viewer

Teaser = Callable[[Session, Viewer, datetime], Markup | None]
"""Gives a card for the board, or None where the viewer has nothing to see."""


def nothing(session: Session, viewer: Viewer, now: datetime) -> Markup | None:
    """Give no card."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Teasers:
    """The cards of other features; ``league`` compares organisations."""

    league: Teaser = nothing
