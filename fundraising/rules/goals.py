"""A support page's goal: how far it is, which marks are passed and what the next one needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.money import MOST_MINOR

FULL_PERCENT = 100
MOST_MARKS = 4
MOST_AMOUNTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A sum on the way to the goal and what it pays for."""

    amount_minor: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a goal is; sums in minor units, places in per cent of the goal."""

    raised_minor: int
    goal_minor: int
    percent: int
    passed: tuple[Mark, ...]
    coming: Mark | None
    missing_minor: int
    places: tuple[tuple[int, bool], ...]
    """Where each mark stands on the bar, and whether it is passed."""


def progress(raised_minor: int, goal_minor: int, marks: Sequence[Mark]) -> Progress:
    """Give how far the goal is; nothing below zero and nothing past the end of the bar."""
    raised = max(0, raised_minor)
    ordered = sorted(marks, key=lambda mark: (mark.amount_minor, mark.words))
    passed = tuple(mark for mark in ordered if mark.amount_minor <= raised)
    coming = next((mark for mark in ordered if mark.amount_minor > raised), None)
    return Progress(
        raised_minor=raised,
        goal_minor=goal_minor,
        percent=_percent(raised, goal_minor),
        passed=passed,
        coming=coming,
        missing_minor=coming.amount_minor - raised if coming else max(0, goal_minor - raised),
        places=tuple(
            (_percent(mark.amount_minor, goal_minor), mark.amount_minor <= raised)
            for mark in ordered
        ),
    )


def _percent(part: int, whole: int) -> int:
    return min(FULL_PERCENT, part * FULL_PERCENT // whole) if whole > 0 else 0


def is_sound_goal(goal_minor: int, marks: Sequence[Mark]) -> bool:
    """Say whether every mark lies on the way to the goal."""
    return 0 < goal_minor <= MOST_MINOR and all(
        0 < mark.amount_minor <= goal_minor for mark in marks
    )
