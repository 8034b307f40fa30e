"""The board of a coordinator as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from markupsafe import Markup

from app.reviews.pages import QueueLine
from app.ui.carriages import Platform
from app.web.pages import Page
from quests.dispatch.pages import Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class PackView:
    """The map of one election, and those who stand at no station."""

    title: str
    platform: Platform
    unit: str
    resting: str
    resting_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskView:
    """A legal day that is near, and those who are not there; both days are the same for most."""

    step: str
    line: str
    first_day: date
    last_day: date
    left: str
    missing: int
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentView:
    """A campaign that nobody has touched for long."""

    name: str
    place: str
    href: str
    last_active_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPage(Page):
    """Where everybody stands, and whom to help first."""

    template: ClassVar[str] = "dispatch/board.html"
    title: str
    stuck: str
    stuck_href: str
    filtered: bool
    organisations: tuple[Choice, ...]
    packs: tuple[Choice, ...]
    councils: tuple[Choice, ...]
    lines: tuple[Choice, ...]
    maps: tuple[PackView, ...]
    queue: tuple[QueueLine, ...]
    waiting: int
    queue_href: str
    risks: tuple[RiskView, ...]
    risk_days: int
    silent: tuple[SilentView, ...]
    silent_total: int
    silent_href: str
    league: Markup | None
    now: datetime
