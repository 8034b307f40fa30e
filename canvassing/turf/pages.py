"""The page of turfs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.web.forms import Form
from app.web.pages import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenView:
    """A turf that is somebody's."""

    name: str
    person: str
    until: str
    doors: int
    end_action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TurfPage(Page):
    """Who walks where, and the form that gives out another turf."""

    template: ClassVar[str] = "field/turf.html"
    form: Form
    turfs: tuple[GivenView, ...]
    choices: int
    action: str
    back: str
