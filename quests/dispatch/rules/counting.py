"""Counting many campaigns: who stands where, what the law awaits soon, who is silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from quests.dispatch.rules.pace import Pace, Signs, is_silent, is_stuck, pace
from quests.dispatch.rules.reckoning import Kept, dues_of

AT_RISK_WITHIN = timedelta(days=14)
"""House rule: so long before a legal day the campaigns that are not there are counted."""


class Seen(NamedTuple):
    """A campaign as lists and counts look at it, and where it stands; ``today`` is an ordinal."""

    id: int
    organisation_id: int | None
    district_id: int
    pack_id: str
    today: int
    last_active_at: datetime
    kept: Kept

    def signs(self) -> Signs:
        """Give what its pace is read from."""
        kept = self.kept
        return Signs(
            kept.moved_at,
            self.last_active_at,
            kept.is_overdue,
            kept.is_open,
            kept.done < kept.total,
            kept.is_waiting,
        )

    def pace(self, now: datetime) -> Pace:
        """Say how it is doing."""
        return pace(self.signs(), now)

    def is_stuck(self, now: datetime) -> bool:
        """Say whether it stands in red."""
        return is_stuck(self.signs(), now)

    def is_silent(self, now: datetime) -> bool:
        """Say whether somebody should call."""
        return is_silent(self.signs(), now)

    def awaits(self, step: str) -> bool:
        """Say whether a near legal day awaits this step of it."""
        return any(key == step for key, _ in self.at_risk())

    def at_risk(self) -> tuple[tuple[str, int], ...]:
        """Give the steps that are not there, and whose legal days fall in the next days."""
        last = self.today + AT_RISK_WITHIN.days
        return tuple(due for due in dues_of(self.kept.dues) if self.today <= due[1] <= last)


@dataclass(frozen=True, slots=True, kw_only=True)
class AtStation:
    """How many campaigns stand at one station; ``step`` is None where nothing can be done now."""

    pack_id: str
    step: str | None
    standing: int
    stuck: int
    late: int


def at_stations(seen: Iterable[Seen], now: datetime) -> tuple[AtStation, ...]:
    """Count the campaigns at each station of each pack, in no order."""
    standing: Counter[tuple[str, str | None]] = Counter()
    stuck: Counter[tuple[str, str | None]] = Counter()
    late: Counter[tuple[str, str | None]] = Counter()
    for one in seen:
        place = one.pack_id, one.kept.station
        standing[place] += 1
        if one.is_stuck(now):
            stuck[place] += 1
            late[place] += one.kept.is_overdue
    return tuple(
        AtStation(
            pack_id=pack_id,
            step=step,
            standing=count,
            stuck=stuck[pack_id, step],
            late=late[pack_id, step],
        )
        for (pack_id, step), count in standing.items()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AtRisk:
    """A legal day that is near, and how many campaigns are not there.

    Days are ordinals; they differ where a campaign's own acts move its days.
    """

    pack_id: str
    step: str
    first_day: int
    last_day: int
    missing: int


def at_risk(seen: Iterable[Seen]) -> tuple[AtRisk, ...]:
    """Count who is not there for each near legal day: the nearest first, then the most."""
    # Thousands of campaigns share a few lists of dues, so each different list is read once.
    alike = Counter((one.pack_id, one.today, one.kept.dues) for one in seen)
    missing: Counter[tuple[str, str]] = Counter()
    days: dict[tuple[str, str], list[int]] = {}
    for (pack_id, today, written), count in alike.items():
        for step, day in dues_of(written):
            if today <= day <= today + AT_RISK_WITHIN.days:
                missing[pack_id, step] += count
                days.setdefault((pack_id, step), []).append(day)
    found = [
        AtRisk(
            pack_id=pack_id,
            step=step,
            first_day=min(days[pack_id, step]),
            last_day=max(days[pack_id, step]),
            missing=count,
        )
        for (pack_id, step), count in missing.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.first_day, -one.missing, one.step)))


def silent(seen: Iterable[Seen], now: datetime) -> list[Seen]:
    """Give the campaigns somebody should call, the longest silent first."""
    found = [one for one in seen if one.is_silent(now)]
    return sorted(found, key=lambda one: (one.last_active_at, one.id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sieve:
    """Which campaigns are looked at; None and "" let every one through."""

    organisation_id: int | None = None
    pack_id: str = ""
    council: str = ""
    line: str = ""

    def of(
        self,
        seen: Sequence[Seen],
        councils: Mapping[int, str],
        lines: Mapping[tuple[str, str | None], str],
    ) -> Sequence[Seen]:
        """Give those that pass; ``councils`` by district, ``lines`` by pack and station."""
        if self.organisation_id is not None:
            seen = [one for one in seen if one.organisation_id == self.organisation_id]
        if self.pack_id:
            seen = [one for one in seen if one.pack_id == self.pack_id]
        if self.council:
            seen = [one for one in seen if councils.get(one.district_id) == self.council]
        if self.line:
            seen = [one for one in seen if lines.get((one.pack_id, one.kept.station)) == self.line]
        return seen
