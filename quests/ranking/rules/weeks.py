"""Weeks begin on Monday, as the people of an election reckon their days."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

ALL_TIME = "all"
"""The period that never ends; every other period is the Monday of a week, 2026-06-22."""


def local_day(at: datetime, zone: str) -> date:
    """Give the day on which a moment falls in an election's zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def monday_of(day: date) -> date:
    """Give the Monday with which the week of a day begins."""
    return day - timedelta(days=day.weekday())


def week_period(monday: date) -> str:
    """Give the period of the week that begins on this Monday."""
    return monday.isoformat()


def periods_of(monday: date) -> tuple[str, str]:
    """Give the periods that points of this week count in."""
    return (ALL_TIME, week_period(monday))
