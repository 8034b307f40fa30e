"""The calendar of a pack as plain data, for a program to read."""

from __future__ import annotations

from app.calendar.anchors import Anchors
from app.calendar.explaining import compute
from app.calendar.rules import CalendarRules


def calendar_report(
    rules: CalendarRules, anchors: Anchors, language: str
) -> dict[str, dict[str, dict[str, str | None]]]:
    """`{"deadlines": {KEY: {"date", "time", "status", "source", "why"}}}`, dates in ISO form."""
    return {
        "deadlines": {
            key: {
                "date": deadline.on.isoformat() if deadline.on else None,
                "time": deadline.at.isoformat("minutes") if deadline.at else None,
                "status": deadline.status.value,
                "source": deadline.source,
                "why": deadline.why,
            }
            for key, deadline in compute(rules, anchors, language).items()
        }
    }
