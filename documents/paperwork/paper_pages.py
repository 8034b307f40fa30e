"""The page of one paper, and of its preview, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from app.web.pages import Page
from documents.paperwork.pages import ClearingView, SourceView
from documents.paperwork.remarks import Remarked


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceView:
    """An answer that the issued paper says otherwise."""

    label: str
    before: str
    after: str
    became: str = ""
    """What became of a sealed answer, in words; then nothing of it is told before or after."""
    at: datetime | None = None
    """When it was saved, where that is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureView:
    """Why a file could not be made, what to do, and whether trying again may help by itself."""

    why: str
    do: str
    places: tuple[tuple[str, str, str], ...]
    """The longest tables of the paper: (name, address, how long it is)."""
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueView:
    """One issued version."""

    id: int
    number: str
    version: int
    state: str
    pages: int
    sha256: str
    issued_at: datetime
    by: str
    href: str
    check_href: str
    editable_href: str
    """Empty unless this kind of paper is offered as an editable file too."""
    official: bool
    earlier: bool
    """Whether a later version was issued: kept for the record, not to be printed."""
    failure: FailureView | None
    """Why it has no file; None unless making it has failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanView:
    """One file of the signed paper."""

    name: str
    about: str
    href: str
    remove_action: str
    verdict: str
    verdict_tone: str
    move_action: str
    shape_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BarrierView:
    """What keeps a paper from being handed in although it can be prepared."""

    why: str
    before: str
    """The words before the list of what opens the step; empty without a list."""
    steps: tuple[tuple[str, str], ...]
    """(name, address); no address for what can't be reached itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtView:
    """What is asked about before the signed paper is sent."""

    wrong: tuple[tuple[str, str], ...]
    """Files whose code is of something else: (name, what it says)."""
    asked: str
    """Why the tick is needed, once it was sent without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPage(Page):
    """One kind of paper of a campaign: where it stands and what to do now."""

    template: ClassVar[str] = "paperwork/paper.html"
    title: str
    candidate: str
    why: str
    draft: str
    stage: str
    stale: bool
    """Whether what was printed is out of date."""
    barrier: BarrierView | None
    """Why it can't be handed in yet; None: it can, or was."""
    doubt: DoubtView | None
    """What is asked before it is sent; None: nothing is."""
    note: str
    steps: tuple[tuple[str, str, bool, bool], ...]
    own: bool
    have: int
    needed: int
    in_the_way: tuple[tuple[str, str, str], ...]
    questions_href: str
    review_href: str
    preview_action: str
    issue_action: str
    again_action: str
    issues: tuple[IssueView, ...]
    earlier: tuple[IssueView, ...]
    """Versions that a later one has replaced."""
    differences: tuple[DifferenceView, ...]
    form_changed: bool
    made_here: bool
    needed_now: bool
    signers: tuple[str, ...]
    certify_action: str
    """Empty unless the pages of this copy have to be certified."""
    clearing: ClearingView | None
    remarked: Remarked | None
    """What somebody has come to the page for; None: to work on the paper."""
    closed: bool
    """Whether something was issued that is not open to this viewer."""
    sign: tuple[str, ...]
    hand: tuple[tuple[str, SourceView], ...]
    phrases: tuple[tuple[str, SourceView], ...]
    scans: tuple[ScanView, ...]
    scan_action: str
    send_action: str
    withdraw_action: str
    pages_told: tuple[str, ...]
    """Which pages have not come, and which came more than once, a sentence each."""
    compare_href: str
    """The pages side by side; empty when there is nothing to look at."""
    refused: str
    file_errors: tuple[str, ...]
    """Why files were not taken, each with its name."""
    accepted_on: date | None
    here: str
    index_href: str
    step_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewPage(Page):
    """How the paper would look if it were issued now."""

    template: ClassVar[str] = "paperwork/preview.html"
    paper: str
    paper_href: str
    here: str
    state: str
    pictures: tuple[str, ...]
    pdf_href: str
    issue_action: str
    complete: bool
    made_here: bool
    failure: FailureView | None
    """Why there is none; None while it is made or there."""
