"""The pages of paperwork: one frozen dataclass a template, exactly its fields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.web.pages import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """Where something was read, and how sure we are of it."""

    status: str
    words: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictView:
    """What somebody else has saved meanwhile."""

    theirs: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedView:
    """A question that people really ask beside this one, and its answer."""

    question: str
    answer: str
    source: SourceView


@dataclass(frozen=True, slots=True, kw_only=True)
class CardView:
    """One row of a table in the list of all of them."""

    title: str
    lines: tuple[tuple[str, str], ...]
    """What is in it: (label, text)."""
    problem: str
    href: str
    remove_action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableView:
    """A table as it is answered: row by row, or with “there are none”."""

    cards: tuple[CardView, ...]
    removed: tuple[tuple[str, str], ...]
    """Rows that can be put back: (title, action)."""
    totals: tuple[tuple[str, str], ...]
    none: bool
    none_label: str
    sealed: bool
    """Whether its rows are sealed, and with them that there are none."""
    add_label: str
    add_href: str
    """Empty when there may be no more rows."""
    full: str
    """What to do with more than there is room for, once the last place is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """One question of the interview as it is asked."""

    key: str
    name: str
    type: str
    label: str
    help: str
    options: tuple[tuple[str, str], ...]
    value: str
    was: str
    version: int
    longest: int
    required: bool
    only_if: str
    unknown: bool
    sealed: bool
    hint: str
    """The end of a sealed answer behind dots; empty when there is none."""
    shown: str
    """A sealed answer opened, this once."""
    show_action: str
    suggested: str
    """Where what stands in the place comes from, while nobody has answered; empty otherwise."""
    problem: str
    advice: tuple[str, ...]
    conflict: ConflictView | None
    saved: bool
    source: SourceView | None
    """Of an answer; the places of a row have that of their table."""
    mode: str = ""
    """Which keys a telephone offers: numeric, decimal, tel, email."""
    may_be_unknown: bool = False
    asked: tuple[AskedView, ...] = ()
    table: TableView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalView:
    """A comparison of a form with the official one."""

    by: str
    at: datetime
    note: str
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearingView:
    """Whether a form carries the mark of a draft in an election, and who may take it off."""

    election: str
    version: str
    standing: ApprovalView | None
    """The comparison that took the mark off."""
    earlier: tuple[ApprovalView, ...]
    approve_action: str
    """Empty for whoever may not."""
    revoke_action: str
    problem: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLine:
    """One form that is not official by itself."""

    title: str
    key: str
    draft: str
    clearing: ClearingView


@dataclass(frozen=True, slots=True, kw_only=True)
class FormsPage(Page):
    """The forms of every election whose wording has to be compared with the official ones."""

    template: ClassVar[str] = "paperwork/forms.html"
    elections: tuple[tuple[str, tuple[FormLine, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountView:
    """How much was found in a paper of one severity, and where that is told."""

    count: int
    stops: bool
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """One line of the list of papers."""

    title: str
    href: str
    stage: str
    number: str
    stale: bool
    have: int
    needed: int
    made_here: bool
    what_now: str = ""
    """What has changed since and what to do, where the stage alone does not say so."""
    found: tuple[CountView, ...] = ()
    """What was found in it; of each severity that there is."""
    locked_by: str = ""
    """The step that has to open before the paper does; nothing when it is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperGroup:
    """Papers under one heading."""

    title: str
    why: str
    papers: tuple[PaperLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersPage(Page):
    """All kinds of paper of a campaign."""

    template: ClassVar[str] = "paperwork/papers.html"
    candidate: str
    own: bool
    groups: tuple[PaperGroup, ...]
    not_needed: tuple[PaperLine, ...]
    """Papers that the answers given so far make superfluous, or that nobody must have."""
    have: int
    needed: int
    next_href: str
    """The page of questions to go on with; empty when nothing can be answered now."""
    next_title: str
    links: tuple[tuple[str, str, str], ...]
    """Ways to what else is done with papers: name, address, what one does there."""
    route_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage(Page):
    """What anybody may know who holds a paper with our code on it."""

    template: ClassVar[str] = "paperwork/check.html"
    kind: str
    number: str
    version: int
    is_newest: bool
    state: str
    sha256: str
    pages: int
    issued_at: datetime
    action: str
    given: str
    same: bool | None
    page: int
    """Which page the code stands on; 0: the code does not say, or there is no such page."""
