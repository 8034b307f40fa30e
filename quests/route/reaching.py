"""The moment at which a step was reached: a day that completes it comes at midnight, unasked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from quests.route.course import references
from quests.route.position import RouteStep


def completing_day(step: RouteStep) -> date | None:
    """Give the day that completed a done step by coming; None when something else did.

    Something else did when a proof is as late as the day, or when nobody knows how old it is.
    """
    days = [proof.on for proof in step.proofs if proof.on is not None]
    others = [proof.at for proof in step.proofs if proof.on is None]
    if not days:
        return None
    last = max(days)
    return last if all(at is not None and at < last for at in others) else None


def reached_moment(
    step: RouteStep, reached: Mapping[str, datetime], *, zone: str, now: datetime
) -> datetime:
    """Give when a done step was reached: the beginning of the day that completed it, or ``now``.

    ``reached`` holds the moments of other steps: a day that came before a step that this one
    looks at did not complete it yet.
    """
    day = completing_day(step)
    if day is None:
        return now
    midnight = datetime.combine(day, time(0), tzinfo=ZoneInfo(zone)).astimezone(UTC)
    before = [reached[key] for key in references(step.step) if key in reached]
    return min(now, max([midnight, *before]))
