"""Days: as people type them with one thumb (5.7, 0507, 05.07.26), and from when marks may go."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_PARTS = re.compile(
    r"(?P<day>\d{1,2})[./ -](?P<month>\d{1,2})(?:[./ -](?P<year>\d{4}|\d{2}))?\.?", re.ASCII
)
_DIGITS = re.compile(r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4}|\d{2})?", re.ASCII)
_CENTURY = 2000
_YEARS = 10
"""So many years back there has been every day, the last of February too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """The days among which one that was typed without its year is looked for."""

    first: date | None
    """The first day of the collecting; None: not known."""
    last: date | None
    """The last one; None: not known."""
    latest: date
    """Polling day: nobody means a day after it."""


def read_day(text: str, *, season: Season) -> date | None:
    """Give the day a text means, None when it means none; ``season`` says its year if it has none.

    The day comes before the month, as on the sheet. Without a year it is a day of the collecting
    if it can be one, and else the latest such day that is not after the vote.
    """
    for notation in (_ISO, _PARTS, _DIGITS):
        found = notation.fullmatch(text.strip())
        if found is not None:
            month, day, said = int(found["month"]), int(found["day"]), found["year"]
            if said is None:
                return _meant(month, day, season)
            number = int(said)
            return _day(number + _CENTURY if len(said) == 2 else number, month, day)
    return None


def example_day(season: Season, today: date) -> date:
    """Give a day of the collecting to show how days are typed: the one nearest to today."""
    last = min(season.last or season.latest, season.latest)
    return min(max(today, season.first or today), last)


def short_forms(day: date) -> tuple[str, str]:
    """Give the two ways to type a day without its year: with digits only, and with a dot."""
    return f"{day.day:02}{day.month:02}", f"{day.day}.{day.month}"


def write_day(day: date) -> str:
    """Give a day in full, as a form shows it."""
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


def may_forget(today: date, polling_day: date) -> bool:
    """Say whether the marks of voters may be erased: not while the registration can be in doubt."""
    return today > polling_day


def _meant(month: int, day: int, season: Season) -> date | None:
    candidates = [
        found
        for year in range(season.latest.year, season.latest.year - _YEARS, -1)
        if (found := _day(year, month, day)) is not None and found <= season.latest
    ]
    first, last = season.first, season.last
    if first is not None and last is not None:
        inside = next((found for found in candidates if first <= found <= last), None)
        if inside is not None:
            return inside
    return next(iter(candidates), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
