"""Legal date arithmetic: packs say the rules as data, this package reckons the days.

A rule never lives in Python: `load_calendar` reads a pack's `calendar.toml`, `compute_dates`
reckons the days, `compute` adds the explanation of each day in words.
"""

from __future__ import annotations

from app.calendar.anchors import ANCHOR_NAMES, Anchors
from app.calendar.explaining import Deadline, compute
from app.calendar.loading import CalendarError, CalendarProblem, load_calendar
from app.calendar.reckoning import DeadlineDate, compute_dates
from app.calendar.reminders import REMINDER_DAYS, Reminder, reminders_due
from app.calendar.report import calendar_report
from app.calendar.rules import (
    CalendarRules,
    DeadlineRule,
    DeadlineText,
    Edge,
    Reckoning,
    RuleKind,
    Status,
    Whose,
)
from app.calendar.workdays import ExtraDay, WorkingDays

__all__ = [
    "ANCHOR_NAMES",
    "REMINDER_DAYS",
    "Anchors",
    "CalendarError",
    "CalendarProblem",
    "CalendarRules",
    "Deadline",
    "DeadlineDate",
    "DeadlineRule",
    "DeadlineText",
    "Edge",
    "ExtraDay",
    "Reckoning",
    "Reminder",
    "RuleKind",
    "Status",
    "Whose",
    "WorkingDays",
    "calendar_report",
    "compute",
    "compute_dates",
    "load_calendar",
    "reminders_due",
]
