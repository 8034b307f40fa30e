"""The pages of signatures: one frozen dataclass a template, exactly its fields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.web.forms import Form
from app.web.pages import Page
from documents.paperwork.pages import ClearingView, SourceView

Option = tuple[str, str]
"""Value and words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersView:
    """How many are needed and how many may be handed in."""

    required: int
    maximum: int
    published_where: str
    """Empty when the numbers were reckoned."""
    formula: str
    rules: tuple[tuple[str, SourceView], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChanceView:
    """What could be handed in now, and the chance that it passes."""

    words: str
    total: int
    expected: int
    needed: int
    assumption: str
    source: SourceView


@dataclass(frozen=True, slots=True, kw_only=True)
class HandView:
    """How somebody collects."""

    name: str
    good: int
    out: int
    share: str
    judgement: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPage(Page):
    """How the collecting stands and what to do next."""

    template: ClassVar[str] = "signatures/overview.html"
    candidate: str
    own: bool
    next_words: str
    next_label: str
    next_href: str
    numbers: NumbersView | None
    good: int
    target: int
    missing: str
    per_day: str
    sums: tuple[tuple[str, int, str], ...]
    chance: ChanceView | None
    hands: tuple[HandView, ...]
    links_to: tuple[tuple[str, str, str | None], ...]
    forget_action: str
    """Empty until the appeals may be over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage(Page):
    """The numbers and days."""

    template: ClassVar[str] = "signatures/plan.html"
    form: Form
    action: str
    own: bool
    shown: tuple[tuple[str, str], ...]
    """The plan for whoever may only look."""
    meanwhile: tuple[tuple[str, str], ...]
    """What somebody else has saved while this was typed."""
    rules: tuple[tuple[str, SourceView], ...]
    example: tuple[str, str, str]
    """A day of the collecting: in full, with digits only, with a dot."""
    overview_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectorView:
    """Somebody on the list."""

    id: int
    name: str
    ended: bool
    note: str
    show_action: str
    end_action: str
    details: tuple[tuple[str, str], ...]
    """Opened on request, this once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectorsPage(Page):
    """Everybody who collects."""

    template: ClassVar[str] = "signatures/collectors.html"
    form: Form
    action: str
    own: bool
    collectors: tuple[CollectorView, ...]
    hands_words: str
    least: int
    """Years of age."""
    rule: tuple[str, SourceView]
    """Who may collect."""
    overview_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLine:
    """A batch in the list."""

    numbers: str
    count: int
    collector: str
    state: str
    official: bool
    ordered_at: datetime
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchesPage(Page):
    """What was printed, and the form to order more."""

    template: ClassVar[str] = "signatures/batches.html"
    form: Form
    action: str
    own: bool
    missing: tuple[str, ...]
    """Answers that the head still lacks."""
    papers_href: str
    head: tuple[str, ...]
    sentence: str
    draft: str
    """Why the form is a draft; empty when somebody has compared it."""
    source: SourceView
    hands_words: str
    batches: tuple[BatchLine, ...]
    clearing: tuple[tuple[str, ClearingView], ...]
    overview_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPage(Page):
    """One batch: its files, and how to print it."""

    template: ClassVar[str] = "signatures/batch.html"
    title: str
    count: int
    sides: int
    rows: int
    collector: str
    state: str
    official: bool
    ordered_at: datetime
    sheet_href: str
    cover_href: str
    sha256: str
    again_action: str
    give_href: str
    own: bool
    here: str
    batches_href: str
    overview_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """A sheet in the list."""

    number: int
    href: str
    state: str
    tone: str
    collector: str
    signed: int
    good: int
    counted: bool
    folder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetsPage(Page):
    """The list of sheets, some at a time."""

    template: ClassVar[str] = "signatures/sheets.html"
    tabs: tuple[tuple[str, str, bool, int | None], ...]
    sheets: tuple[SheetLine, ...]
    earlier_href: str
    later_href: str
    give_href: str
    batches_href: str
    overview_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GivePage(Page):
    """Giving sheets to a collector."""

    template: ClassVar[str] = "signatures/give.html"
    form: Form
    action: str
    here: str
    """The numbers of the sheets that lie here."""
    sheets_href: str
    overview_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """One row of a sheet as it is counted."""

    number: int
    state: str
    day: str
    marked: bool
    passport: str
    """Only what was just typed and could not be saved."""
    noted: tuple[str, ...]
    found: tuple[tuple[str, str], ...]
    """What the check found by itself: (code, words)."""
    day_problem: str
    passport_problem: str
    defects_problem: str
    meanwhile: str
    """What somebody else has saved while this was typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage(Page):
    """Counting one sheet row by row."""

    template: ClassVar[str] = "signatures/sheet.html"
    number: int
    state: str
    tone: str
    summary: str
    editable: bool
    action: str
    spoil_action: str
    version: int
    collectors: tuple[tuple[str, str, bool], ...]
    collector_problem: str
    rows: tuple[RowView, ...]
    row_codes: tuple[Option, ...]
    sheet_codes: tuple[Option, ...]
    noted: tuple[str, ...]
    found: tuple[tuple[str, str], ...]
    certified_on: str
    certified_problem: str
    candidate_on: str
    candidate_problem: str
    defects_problem: str
    problem: str
    """What is wrong with all of it."""
    refused: tuple[tuple[str, str, str], ...]
    """Every field that was refused: its id, its label, why."""
    period: str
    digits: str
    """A day of the collecting as it can be typed, with digits only."""
    dotted: str
    """The same day with a dot."""
    folder: str
    next_href: str
    sheets_href: str
    overview_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderView:
    """A folder that is packed."""

    number: str
    sheets: int
    signatures: int
    numbers: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocolView:
    """A protocol that was made."""

    made_at: datetime
    sheets: int
    signatures: int
    official: bool
    stale: bool
    state: str
    href: str
    again_action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandInPage(Page):
    """Which sheets to hand in, the folders, and the protocol."""

    template: ClassVar[str] = "signatures/hand_in.html"
    own: bool
    numbers: NumbersView | None
    plan_href: str
    chance: ChanceView | None
    chosen: str
    left_out: str
    strike_first: str
    """What to do about sheets on which a signature with a defect is not struck yet."""
    assume_action: str
    missed: str
    missed_problem: str
    form: Form
    pack_action: str
    unpack_action: str
    folders: tuple[FolderView, ...]
    sheets: int
    signatures: int
    gone_bad: str
    """The same of sheets in folders on which a signature has gone bad since they were packed."""
    protocols: tuple[ProtocolView, ...]
    protocol_action: str
    protocol_key: str
    protocol_words: str
    protocol_source: SourceView
    preparing: bool
    here: str
    problem: str
    overview_href: str
