"""The screens of the overview as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from app.ui.paging import Pages
from app.web.pages import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One entry of a filter."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CountView:
    """How many campaigns have a paper at one place, and where they are listed."""

    label: str
    count: int
    href: str
    """Empty where there are none."""
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KindView:
    """One kind of paper over all campaigns."""

    title: str
    due: str
    counts: tuple[CountView, ...]
    issuable: int
    bulk_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """A heading of the matrix with its kinds."""

    title: str
    kinds: tuple[KindView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkLink:
    """One bulk issue in a list."""

    title: str
    href: str
    state: str
    tone: str
    asked_at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPage(Page):
    """Every kind of paper and how many campaigns are where with it."""

    template: ClassVar[str] = "overview/papers.html"
    title: str
    pack: str
    packs: tuple[tuple[str, str, bool, int], ...]
    organisations: tuple[Choice, ...]
    dues: tuple[Choice, ...]
    headers: tuple[str, ...]
    groups: tuple[GroupView, ...]
    filtered: bool
    late: str
    faulty: tuple[str, ...]
    """Who is left out because the rules about them raise, by name."""
    bulks: tuple[BulkLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperChip:
    """One paper of a campaign in a line."""

    title: str
    href: str
    stage: str
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """One campaign and its papers at the place that was asked for."""

    name: str
    href: str
    place: str
    organisation: str
    papers: tuple[PaperChip, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage(Page):
    """Whose papers are at a place."""

    template: ClassVar[str] = "overview/people.html"
    title: str
    index_href: str
    pack: str
    tabs: tuple[tuple[str, str, bool, int], ...]
    kinds: tuple[Choice, ...]
    organisations: tuple[Choice, ...]
    dues: tuple[Choice, ...]
    place: str
    rows: tuple[PersonLine, ...]
    pages: Pages
    late: str
    faulty: tuple[str, ...]
    """Who is left out because the rules about them raise, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkPage(Page):
    """What issuing a paper for many would do, before it is done."""

    template: ClassVar[str] = "overview/bulk.html"
    title: str
    index_href: str
    here: str
    pack: str
    kind: str
    organisation: str
    organisations: tuple[Choice, ...]
    token: str
    draft: str
    due: tuple[date, ...]
    issuable: int
    """How many would be issued; at most so many while ``is_exact`` is not said."""
    is_exact: bool
    issuable_href: str
    locked: int
    """How many have answered everything and have not come to a step of this paper."""
    lacking: int
    lacking_href: str
    rest: int
    refused: str
    late: str
    faulty: tuple[str, ...]
    """Who is left out because the rules about them raise, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLine:
    """How it ended for one campaign."""

    name: str
    href: str
    place: str
    state: str
    tone: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPage(Page):
    """How far a bulk issue is."""

    template: ClassVar[str] = "overview/run.html"
    title: str
    index_href: str
    here: str
    running: bool
    stopped: bool
    moving: bool
    done: int
    total: int
    issued: int
    files_ready: int
    files_failed: int
    again_href: str
    """Where those whose file could not be made are issued again."""
    reasons: tuple[tuple[str, int], ...]
    """Why some were not issued, and how many."""
    left_out: int
    """Those that had not had their turn when it was stopped."""
    stop_action: str
    rows: tuple[RunLine, ...]
    pages: Pages
