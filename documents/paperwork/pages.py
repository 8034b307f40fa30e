"""The pages of paperwork: one frozen dataclass a template, exactly its fields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
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
    suggested: bool
    problem: str
    advice: tuple[str, ...]
    conflict: ConflictView | None
    saved: bool
    source: SourceView


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """A page of the interview in the list of all of them."""

    title: str
    href: str
    done: bool
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsPage(Page):
    """One small page of the interview."""

    template: ClassVar[str] = "paperwork/questions.html"
    title: str
    paper: str
    paper_href: str
    pages: tuple[PageLink, ...]
    number: int
    questions: tuple[QuestionView, ...]
    have: int
    needed: int
    action: str
    is_last: bool
    refused: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPart(Page):
    """What is said of one answer, put in place by itself while one types."""

    template: ClassVar[str] = "paperwork/_answer_part.html"
    question: QuestionView


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceView:
    """An answer that the issued paper says otherwise."""

    label: str
    before: str
    after: str


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
    official: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanView:
    """One file of the signed paper."""

    name: str
    about: str
    href: str
    remove_action: str
    verdict: str
    verdict_tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPage(Page):
    """One kind of paper of a campaign: where it stands and what to do now."""

    template: ClassVar[str] = "paperwork/paper.html"
    title: str
    candidate: str
    why: str
    draft: str
    stage: str
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
    differences: tuple[DifferenceView, ...]
    form_changed: bool
    sign: tuple[str, ...]
    hand: tuple[tuple[str, SourceView], ...]
    phrases: tuple[tuple[str, SourceView], ...]
    scans: tuple[ScanView, ...]
    scan_action: str
    send_action: str
    withdraw_action: str
    pages_missing: int
    refused: str
    file_error: str
    accepted_on: date | None
    here: str
    index_href: str
    step_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """One line of the list of papers."""

    title: str
    href: str
    stage: str
    number: str
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersPage(Page):
    """All kinds of paper of a campaign."""

    template: ClassVar[str] = "paperwork/papers.html"
    candidate: str
    own: bool
    papers: tuple[PaperLine, ...]
    route_href: str


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
