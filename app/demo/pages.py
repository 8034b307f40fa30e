"""The page of the demo's sign-ins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.web.pages import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInLine:
    """One person; ``code`` is empty for those who need no second factor."""

    login: str
    who: str
    sees: str
    language: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInGroup:
    """The people of one coalition."""

    title: str
    lines: tuple[SignInLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSignInsPage(Page):
    """Everybody one can be in the demo."""

    template: ClassVar[str] = "demo/sign_ins.html"

    groups: tuple[SignInGroup, ...]
    password: str
    seconds: int
