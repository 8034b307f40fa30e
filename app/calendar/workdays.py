"""Which days count as working days, and counting over them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache

from holidays import country_holidays

ONE_DAY = timedelta(days=1)


@cache
def _public_holidays(country: str, subdivision: str | None, year: int) -> frozenset[date]:
    return frozenset(country_holidays(country, subdiv=subdivision, years=year))


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraDay:
    """A single day proclaimed not to count: a day of mourning, thanksgiving, a one-off holiday."""

    on: date
    source: str
    status: str


@dataclass(frozen=True, kw_only=True, eq=False)
class WorkingDays:
    """A calendar of days that do not count: weekend, public holidays, fixed and extra days."""

    weekend: frozenset[int]
    """Weekday numbers, Monday is 0."""
    country: str
    subdivision: str | None
    yearly: frozenset[tuple[int, int]] = frozenset()
    """(month, day) pairs excluded in every year."""
    extra: tuple[ExtraDay, ...] = ()
    _excluded: dict[int, frozenset[date]] = field(default_factory=dict, init=False, repr=False)

    def excluded_weekdays(self, year: int) -> frozenset[date]:
        """The days of the year that do not count although they are no weekend."""
        known = self._excluded.get(year)
        if known is None:
            days = set(_public_holidays(self.country, self.subdivision, year))
            days.update(date(year, month, day) for month, day in self.yearly)
            days.update(extra.on for extra in self.extra if extra.on.year == year)
            known = frozenset(day for day in days if day.weekday() not in self.weekend)
            self._excluded[year] = known
        return known

    def is_holiday(self, day: date) -> bool:
        """True for a day that does not count for another reason than the weekend."""
        return day in self.excluded_weekdays(day.year)

    def counts(self, day: date) -> bool:
        """True for a working day."""
        return day.weekday() not in self.weekend and not self.is_holiday(day)

    def before(self, day: date, count: int) -> date:
        """The working day so many working days earlier; `day` itself is never counted."""
        return _stepped(self, day, count, -ONE_DAY)

    def after(self, day: date, count: int) -> date:
        """The working day so many working days later; `day` itself is never counted."""
        return _stepped(self, day, count, ONE_DAY)

    def on_or_after(self, day: date) -> date:
        """The day itself if it counts, else the first later day that does."""
        while not self.counts(day):
            day += ONE_DAY
        return day

    def holidays_between(self, earlier: date, later: date) -> Iterator[date]:
        """Excluded weekdays strictly between two days, in order."""
        day = earlier + ONE_DAY
        while day < later:
            if self.is_holiday(day):
                yield day
            day += ONE_DAY


@lru_cache(maxsize=4096)
def _stepped(days: WorkingDays, day: date, count: int, step: timedelta) -> date:
    while count > 0:
        day += step
        if days.counts(day):
            count -= 1
    return day
