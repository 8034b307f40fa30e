"""How a campaign is doing: moving, stuck or silent, from plain values."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

STUCK_AFTER = timedelta(days=7)
"""House rule: no station reached for a week while something is open (look.md, Dispatch)."""
SILENT_AFTER = timedelta(days=14)
"""House rule: nobody of the team did anything here for two weeks."""


class Pace(StrEnum):
    """How a campaign is doing."""

    MOVING = "moving"
    LATE = "late"
    STUCK = "stuck"
    SILENT = "silent"
    FINISHED = "finished"


class Signs(NamedTuple):
    """What a campaign's pace is read from; ``is_overdue``: a day the law sets has passed undone.

    A named tuple because lists make thousands of them.
    """

    last_step_at: datetime | None
    last_active_at: datetime
    is_overdue: bool
    has_open_step: bool
    has_steps_left: bool
    waits_for_us: bool


def pace(signs: Signs, now: datetime) -> Pace:
    """Say how a campaign is doing; what only waits for a coordinator is never called stuck."""
    if not signs.has_open_step:
        # What is left waits for a coordinator or for a day to come: nobody is stuck.
        return Pace.MOVING if signs.has_steps_left else Pace.FINISHED
    if signs.is_overdue:
        return Pace.LATE
    if is_silent(signs, now):
        return Pace.SILENT
    return Pace.STUCK if is_stuck(signs, now) else Pace.MOVING


def is_stuck(signs: Signs, now: datetime) -> bool:
    """Say whether a campaign stands in red: a week at its station, or late by law."""
    if not signs.has_open_step:
        return False
    if signs.is_overdue:
        return True
    moved = signs.last_step_at or signs.last_active_at
    return now - moved >= STUCK_AFTER and not signs.waits_for_us


def is_silent(signs: Signs, now: datetime) -> bool:
    """Say whether somebody should call: something is open, and nobody has come for two weeks."""
    return signs.has_open_step and now - signs.last_active_at >= SILENT_AFTER
