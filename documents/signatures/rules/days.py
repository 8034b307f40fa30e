"""Days: as people type them with one thumb (5.7, 0507, 05.07.26), and from when marks may go."""

from __future__ import annotations

import re
from datetime import date

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_PARTS = re.compile(
    r"(?P<day>\d{1,2})[./ -](?P<month>\d{1,2})(?:[./ -](?P<year>\d{4}|\d{2}))?\.?", re.ASCII
)
_DIGITS = re.compile(r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4}|\d{2})?", re.ASCII)
_CENTURY = 2000


def read_day(text: str, *, year: int) -> date | None:
    """Give the day a text means, None when it means none; ``year`` when it names no year.

    The day comes before the month, as on the sheet.
    """
    for notation in (_ISO, _PARTS, _DIGITS):
        found = notation.fullmatch(text.strip())
        if found is not None:
            said = found["year"]
            number = year if said is None else int(said)
            full = number + _CENTURY if said is not None and len(said) == 2 else number
            return _day(full, int(found["month"]), int(found["day"]))
    return None


def may_forget(today: date, polling_day: date) -> bool:
    """Say whether the marks of voters may be erased: not while the registration can be in doubt."""
    return today > polling_day


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
