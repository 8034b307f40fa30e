"""The work area of a step and the papers of a campaign, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from app.web.forms import Form
from app.web.pages import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """Where in the form an answer stands, and what it says when it is chosen."""

    name: str
    label: str
    shown: str
    help: str
    warn: str
    stop: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """A file that is there."""

    name: str
    href: str
    about: str
    label: str
    remove_action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """A question of a quiz; ``because`` is told once it was answered."""

    key: str
    text: str
    options: tuple[tuple[str, str], ...]
    chosen: str
    because: str
    right: bool | None
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """A line of a checklist."""

    key: str
    label: str
    help: str
    ticked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One piece of evidence in the work area; which fields matter depends on ``kind``."""

    kind: str
    key: str
    title: str
    state: str
    editable: bool
    reviewed: bool
    note: str = ""
    waiting_for: str = ""
    promised_at: datetime | None = None
    withdraw_action: str = ""
    action: str = ""
    send_action: str = ""
    error: str = ""
    form: Form | None = None
    fields: tuple[FieldView, ...] = ()
    saved_at: datetime | None = None
    saved_by: str = ""
    files: tuple[FileView, ...] = ()
    file_kinds: tuple[tuple[str, str, str, bool, bool], ...] = ()
    need: int = 1
    have: int = 0
    items: tuple[ItemView, ...] = ()
    questions: tuple[QuestionView, ...] = ()
    result: str = ""
    passed: bool = False
    meeting_at: datetime | None = None
    meeting_place: str = ""
    meeting_outcome: str = ""
    meeting_over: bool = False
    text: str = ""
    open: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkArea(Page):
    """Everything to be done on one step, in the pack's order."""

    template: ClassVar[str] = "evidence/_work.html"
    blocks: tuple[Block, ...]
    may_work: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundView:
    """One round of a paper: how it ended and what was said."""

    number: int
    state: str
    handed_in_at: datetime
    by: str
    decided_at: datetime | None
    decided_by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperView:
    """One thing that was handed in or begun."""

    step: str
    href: str
    title: str
    state: str
    changed_at: datetime
    note: str
    answers: tuple[tuple[str, str], ...] = ()
    files: tuple[FileView, ...] = ()
    rounds: tuple[RoundView, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersPage(Page):
    """All documents and answers of a campaign."""

    template: ClassVar[str] = "evidence/papers.html"
    candidate: str
    papers: tuple[PaperView, ...]
    own: bool
    route_href: str
