"""The two calendars that ship, read once for all calendar tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.calendar import Anchors, CalendarRules, compute_dates, load_calendar

PACKS = Path(__file__).parents[3] / "quests" / "packs"
ENGLAND = load_calendar(PACKS / "gb-eng-local" / "calendar.toml")
PETERSBURG = load_calendar(PACKS / "ru-spb-municipal" / "calendar.toml")


def days(rules: CalendarRules, anchors: Anchors) -> dict[str, date | None]:
    """The day of every deadline, by key."""
    return {key: dated.on for key, dated in compute_dates(rules, anchors).items()}


def moments(rules: CalendarRules, anchors: Anchors) -> dict[str, str | None]:
    """Day and time of every deadline, such as "2024-07-10 18:00", by key."""
    return {
        key: f"{dated.on}{f' {dated.at:%H:%M}' if dated.at else ''}" if dated.on else None
        for key, dated in compute_dates(rules, anchors).items()
    }
