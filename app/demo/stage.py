"""What an invented life is played on, and what is meant to become of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.demo.plot import Plot
from app.demo.supply import Supply
from app.facts import Fact
from quests.route.course import firmly_needed
from quests.route.library import Days
from quests.route.pack import RoutePack
from quests.route.shape import AnswerFact, Step

DaysOf = Callable[[Mapping[str, Fact]], Days]


class Ending(StrEnum):
    """How a life stands today."""

    FRESH = "fresh"
    MOVING = "moving"
    STUCK = "stuck"
    SILENT = "silent"
    WAITING = "waiting"
    RETURNED = "returned"
    MIDDLE = "middle"
    ARRIVED = "arrived"
    """Has done what it was meant to do, and nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What is meant to become of a campaign: ``steps`` to do until ``ends_at``."""

    ending: Ending
    steps: int
    starts_at: datetime
    ends_at: datetime
    queue: str = ""
    """The queue in which something waits; empty: any."""
    only: frozenset[str] = frozenset()
    """The steps it keeps to; empty: all."""


@dataclass(slots=True, kw_only=True)
class Stage:
    """What lives of one coalition are played on."""

    plot: Plot
    pack: RoutePack
    days_of: DaysOf
    days: Days
    wanted: frozenset[AnswerFact]
    supply: Supply

    def earliest(self, step: Step) -> datetime | None:
        """Give the moment before which nobody would have done a step."""
        found = self.plot.earliest.get(step.key)
        day = self.days.dates.get(found[0]) if found else None
        if found is None or day is None:
            return None
        noon = datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo(self.plot.timezone))
        return noon + timedelta(days=found[1])


def way_to(pack: RoutePack, goals: Collection[str]) -> frozenset[str]:
    """Give the steps that have to be done for these to be done, and these."""
    found: set[str] = set()
    ahead = list(goals)
    while ahead:
        key = ahead.pop()
        if key not in found:
            found.add(key)
            ahead += firmly_needed(pack.step_by_key[key].opens)
    return frozenset(found)
