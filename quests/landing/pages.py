"""The first page as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.web.pages import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class StageView:
    """A stretch of a route in a few words."""

    title: str
    steps: tuple[str, ...]
    effort: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionView:
    """An election one may sign up for, with what its route takes."""

    name: str
    coalition: str
    polling_day: date
    today: date
    """Where the election is held."""
    href: str
    steps: int
    effort: str
    stages: tuple[StageView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LandingPage(Page):
    """The page a visitor sees first."""

    template: ClassVar[str] = "landing/landing.html"
    elections: tuple[ElectionView, ...]
    demo: bool
