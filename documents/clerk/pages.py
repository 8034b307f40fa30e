"""The page of the clerk: one frozen dataclass a template, exactly its fields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.web.pages import Page
from documents.paperwork.remarks import RemarkView


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """That somebody has compared it."""

    by: str
    at: datetime
    note: str
    revoke_action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView(RemarkView):
    """One finding in words, with the way to its place and what can be done about it here."""

    id: str
    paper: str
    about: str
    """What the answers are called that it names; empty when it is about a whole paper."""
    href: str
    href_label: str
    is_later: bool
    """Whether it waits for a paper that is not open yet; then the way leads to what opens it."""
    confirm_action: str
    """Empty for what stops and for what was confirmed."""
    digest: str
    note: NoteView | None
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFindings:
    """What was found in one paper, of one severity."""

    key: str
    title: str
    count: int
    """How many of them can be mended now."""
    findings: tuple[FindingView, ...]
    is_open: bool
    opened_by: str = ""
    """The page that says what opens it; empty where something can be mended now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextView:
    """The one thing to do now, and how much is left after it."""

    finding: FindingView
    stopping: int
    warnings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DateField:
    """One place of a signed paper where a hand has written a day."""

    name: str
    label: str
    value: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DatesView:
    """The days on one scan."""

    id: str
    hint: str
    title: str
    scan: str
    scan_href: str
    action: str
    fields: tuple[DateField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClerkPage(Page):
    """What the clerk has found in a campaign's papers."""

    template: ClassVar[str] = "clerk/clerk.html"
    has_rules: bool
    looked: int
    open: int
    """How many findings nobody has settled, of what can be mended now."""
    later: int
    """How many wait for papers that are not open yet."""
    next: NextView | None
    stopping: tuple[PaperFindings, ...]
    warnings: tuple[PaperFindings, ...]
    confirmed: tuple[FindingView, ...]
    dates: tuple[DatesView, ...]
    scopes: tuple[tuple[str, str, bool, None], ...]
    """Up to which heading is looked: (title, address, whether it is this one), without a count."""
    papers_href: str
