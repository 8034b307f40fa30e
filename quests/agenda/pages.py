"""The calendar page as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from app.web.pages import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineView:
    """One deadline: when, what, why, and how sure we are."""

    key: str
    when: str
    """Empty while the day is not known."""
    on: date | None
    title: str
    why: str
    status: str
    source: str
    reference: str
    state: str
    """For the timeline: late, soon, past or nothing."""
    steps: tuple[tuple[str, str, bool], ...]
    """Title and address of the steps due then, and whether each is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UndatedView:
    """Deadlines that wait for the same day."""

    waits_for: str
    """The day in words; empty for deadlines that never have a calendar day."""
    told_in: tuple[tuple[str, str], ...]
    """Title and address of the steps in which that day is entered."""
    deadlines: tuple[DeadlineView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalView:
    """Our advice for one open step."""

    on: date
    title: str
    href: str
    slack: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionView:
    """What the viewer has switched on, and the link when it has just been made."""

    link: str
    since: datetime | None
    is_reminded: bool
    wants_reminders: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPage(Page):
    """The calendar of one campaign."""

    template: ClassVar[str] = "agenda/calendar.html"
    campaign_id: int
    place: str
    today: date
    tabs: tuple[tuple[str, str, bool, int | None], ...]
    coming: tuple[DeadlineView, ...]
    past: tuple[DeadlineView, ...]
    undated: tuple[UndatedView, ...]
    goals: tuple[GoalView, ...]
    subscription: SubscriptionView | None
