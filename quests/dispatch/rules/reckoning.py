"""Where a campaign stands, as it may be kept: what was decided, and how long that stays true.

A standing changes when a fact of the campaign changes, when its election or pack changes, or when
a day comes. The first is followed as it happens; ``basis`` names the second; ``good_until`` is the
third. So a kept standing can be trusted, or be seen to be out of date, without reckoning it anew.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from quests.route.conditions import NEVER
from quests.route.pack import RoutePack
from quests.route.position import Standing, Status

REVISION = 3
"""Raised with every change of what is kept, or of the route's rules: all is then reckoned anew."""
DIGITS = 16
_THERE = (Status.DONE, Status.NOT_APPLICABLE)


class Kept(NamedTuple):
    """A standing as it is kept; days are ordinals, for thousands of rows are read at once.

    ``good_until`` is the first day of the election's zone on which it must be reckoned anew.
    ``starts_on`` is the latest sensible start of the station, which ``is_by_law`` or by our plan;
    ``moved_at`` when the last station
    was reached, or the campaign began. ``dues`` are the steps that a day of the law awaits and
    that are not there: ``step=ordinal``, divided by spaces.
    """

    basis: str
    good_until: int
    station: str | None
    starts_on: int | None
    is_by_law: bool
    done: int
    total: int
    is_overdue: bool
    is_open: bool
    is_waiting: bool
    moved_at: datetime
    dues: str

    def is_good(self, basis: str, today: int) -> bool:
        """Say whether this is still where the campaign stands, its facts being the same."""
        return self.basis == basis and today < self.good_until


def kept(
    pack: RoutePack,
    found: Standing,
    ordinals: tuple[int, ...],
    snoozed: Collection[date],
    *,
    basis: str,
    today: int,
    moved_at: datetime,
) -> Kept:
    """Give what is kept of a decision; ``ordinals`` are the days it was taken from."""
    return Kept(
        basis=basis,
        good_until=min(
            _good_until(ordinals, tuple(day.toordinal() for day in snoozed), today),
            found.nears_on,
        ),
        station=found.now.step.key if found.now else None,
        starts_on=None if found.slack_days is None else today + found.slack_days,
        is_by_law=found.slack_is_legal,
        done=found.done,
        total=found.total,
        is_overdue=Status.OVERDUE in found.statuses,
        is_open=any(status.is_workable for status in found.statuses),
        is_waiting=Status.WAITING in found.statuses,
        moved_at=moved_at,
        dues=_dues(pack, found.statuses, ordinals, today),
    )


@lru_cache(maxsize=4096)
def _good_until(ordinals: tuple[int, ...], snoozed: tuple[int, ...], today: int) -> int:
    """Give the first day on which the rules may say something else.

    They ask whether a day has come, which changes on it, and whether it has passed, which changes
    on the day after; what was put off is proposed again on its day. When a step comes near by
    law, the decision itself says.
    """
    changes = [day + after for day in ordinals if day != NEVER for after in (0, 1)]
    return min((day for day in (*changes, *snoozed) if day > today), default=NEVER)


def _dues(
    pack: RoutePack, statuses: tuple[Status, ...], ordinals: tuple[int, ...], today: int
) -> str:
    return " ".join(
        f"{station.step.key}={ordinals[station.due]}"
        for station in pack.course.stations
        if station.due >= 0
        and today <= ordinals[station.due] < NEVER
        and statuses[station.index] not in _THERE
    )


@lru_cache(maxsize=8192)
def dues_of(written: str) -> tuple[tuple[str, int], ...]:
    """Give steps and their days as they were written down; many campaigns await the same."""
    pairs = (each.partition("=") for each in written.split())
    return tuple((step, int(day)) for step, _, day in pairs)


@lru_cache(maxsize=4096)
def basis_of(
    fingerprint: str,
    *,
    polling_day: date,
    first_polling_day: date | None,
    published_on: date | None,
    timezone: str,
) -> str:
    """Name everything a standing rests on beside the campaign's own facts."""
    rests_on = (REVISION, fingerprint, polling_day, first_polling_day, published_on, timezone)
    return sha256("|".join(map(str, rests_on)).encode()).hexdigest()[:DIGITS]
