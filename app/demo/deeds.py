"""What an invented campaign has done: pieces of evidence, rounds of review, stations reached."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from app.facts import Fact
from quests.route.shape import Evidence, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One round of a review; ``accepted`` is None while it waits."""

    submitted_at: datetime
    decided_at: datetime | None = None
    accepted: bool | None = None
    reason: str = ""


@dataclass(slots=True, kw_only=True)
class Piece:
    """One piece of evidence that was worked on; without turns it needed no review."""

    step: Step
    asked: Evidence
    state: str
    count: int
    at: datetime
    proved_day: int | None = None
    turns: list[Turn] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Life:
    """Everything a campaign has done so far."""

    starts_at: datetime
    last_active_at: datetime
    pieces: list[Piece] = field(default_factory=list)
    sheets: dict[str, tuple[dict[str, str], datetime]] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    milestones: dict[str, datetime] = field(default_factory=dict)
    joined: list[datetime] = field(default_factory=list)
    facts: dict[str, Fact] = field(default_factory=dict)

    @property
    def waiting(self) -> int:
        """Give how many reviews wait."""
        return sum(bool(p.turns) and p.turns[-1].decided_at is None for p in self.pieces)
