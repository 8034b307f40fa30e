"""The page of the clerk: one frozen dataclass a template, exactly its fields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.web.pages import Page
from documents.clerk.rules.differences import Piece
from documents.paperwork.pages import SourceView


@dataclass(frozen=True, slots=True, kw_only=True)
class PairView:
    """Two texts side by side, with what differs marked."""

    label: str
    one: tuple[Piece, ...]
    other: tuple[Piece, ...]
    sort: str
    """What sort of difference it is, in words; empty when there is nothing to say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """That somebody has compared it."""

    by: str
    at: datetime
    note: str
    revoke_action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """One finding in words."""

    id: str
    where: str
    what: str
    mend: str
    rule: str
    source: SourceView
    href: str
    href_label: str
    pairs: tuple[PairView, ...]
    confirm_action: str
    """Empty for what stops and for what was confirmed."""
    digest: str
    note: NoteView | None
    problem: str = ""


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
    stopping: tuple[FindingView, ...]
    warnings: tuple[FindingView, ...]
    confirmed: tuple[FindingView, ...]
    dates: tuple[DatesView, ...]
    scopes: tuple[tuple[str, str, bool, None], ...]
    """Up to which heading is looked: (title, address, whether it is this one), without a count."""
    papers_href: str
