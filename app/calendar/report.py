"""The calendar of a pack as plain data, for a program to read."""

from __future__ import annotations

from app.calendar.anchors import Anchors
from app.calendar.explaining import explain
from app.calendar.reckoning import compute_dates
from app.calendar.rules import CalendarRules


def calendar_report(
    rules: CalendarRules, anchors: Anchors, language: str
) -> dict[str, dict[str, dict[str, str | None]]]:
    """`{"deadlines": {KEY: {"date", "time", "status", "source", "why"}}}`, dates in ISO form.

    The source is the pack's own notation, so that it is the same in every language.
    """
    return {
        "deadlines": {
            key: {
                "date": dated.on.isoformat() if dated.on else None,
                "time": dated.at.isoformat("minutes") if dated.at else None,
                "status": dated.rule.status.value,
                "source": dated.rule.source,
                "why": explain(rules, dated, language).why,
            }
            for key, dated in compute_dates(rules, anchors).items()
        }
    }
