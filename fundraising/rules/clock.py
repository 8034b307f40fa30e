"""The legal clock of a gift: until which day one that can't be kept has to be back."""

from __future__ import annotations

from datetime import date, timedelta


def return_by(received_on: date, *, days: int, first_day_counts: bool) -> date:
    """Give the last lawful day to return a gift.

    "Within n days" counts from the next day; "n days beginning with" counts the day itself. The
    day is never moved from a day off: both laws are read the stricter way.
    """
    return received_on + timedelta(days=days - 1 if first_day_counts else days)


def should_warn(last_day: date, today: date, *, warn_days: int) -> bool:
    """Say whether the treasurer has to be reminded of a gift that is still held."""
    return today >= last_day - timedelta(days=warn_days)


def should_return(last_day: date, today: date) -> bool:
    """Say whether a gift nobody could decide about goes back now: a day before it is too late."""
    return today >= last_day - timedelta(days=1)


def age_on(day: date, born: date) -> int:
    """Give full years on a day; who is born on 29 February is older from 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
