"""On which days the elections of a planted coalition are held."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from app.calendar import Anchors
from app.demo.plot import Plot, Poll
from app.demo.plot_ru import RUSSIAN
from app.demo.setting import Days
from quests.route.library import PackLibrary

SUNDAY, THURSDAY = 6, 3
RUSSIAN_LEAD, PUBLISHED_AGO = 73, 7
"""Polling is a Sunday 73 to 79 days ahead; the decision was published 7 days ago."""
ENGLISH_LEAD = 43
"""Polling is a Thursday 43 to 49 days ahead: the papers are ready to be nominated with."""
NEAREST, FARTHEST = 9, 70
"""How many days ahead a by-election may be held."""


def main_days(plot: Plot, today: date) -> Days:
    """Give the days of the election that nearly everybody of a coalition stands in."""
    if plot is RUSSIAN:
        return Days(
            published=today - timedelta(days=PUBLISHED_AGO),
            polling=_next(today + timedelta(days=RUSSIAN_LEAD), SUNDAY),
        )
    return Days(published=None, polling=_next(today + timedelta(days=ENGLISH_LEAD), THURSDAY))


def by_election_days(plot: Plot, poll: Poll, library: PackLibrary, today: date) -> Days:
    """Give the days of a by-election, by the calendar of the pack.

    Papers are taken today, with at least a day before and after, or the poll is just near. Raises
    ValueError when no week has such a day.
    """
    for day in _polling_days(plot, library, today):
        if poll is Poll.NEAR or _takes_papers(plot, library, day, today):
            return Days(published=None, polling=day)
    raise ValueError(f"no by-election of {plot.slug} can be held as seen from {today}")


def _polling_days(plot: Plot, library: PackLibrary, today: date) -> Iterator[date]:
    """Give the coming Thursdays; where a holiday falls on one, the working day before it."""
    working = library.entries[plot.pack_id].calendar.working_days
    thursday = _next(today + timedelta(days=NEAREST), THURSDAY)
    while thursday <= today + timedelta(days=FARTHEST):
        moved = working is not None and not working.counts(thursday)
        yield working.before(thursday, 1) if working and moved else thursday
        thursday += timedelta(days=7)


def _takes_papers(plot: Plot, library: PackLibrary, polling: date, today: date) -> bool:
    dates = library.days(plot.pack_id, Anchors(polling_day=polling)).dates
    first, last = (dates[key] for key in plot.nominations)
    return first is not None and last is not None and first < today < last


def _next(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)
