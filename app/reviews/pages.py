"""The pages of reviews, one frozen dataclass a template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.reviews.forms import ReturnForm
from app.reviews.queries import ReviewRow
from app.reviews.subjects import HandedIn
from app.web.pages import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLine:
    """One row of the queue, in words."""

    id: int
    href: str
    candidate: str
    place: str
    step: str
    note: str
    waiting: str
    promised: str
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice of a filter."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Where in a long list a page is; addresses are None at the ends."""

    number: int
    last: int
    earlier: str | None
    later: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoable:
    """A decision of the viewer that can still be taken back."""

    words: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage(Page):
    """What waits on the viewer's desk."""

    template: ClassVar[str] = "reviews/queue.html"
    lines: tuple[QueueLine, ...]
    total: int
    late_total: int
    tabs: tuple[tuple[str, str, bool, int | None], ...]
    organisations: tuple[Option, ...]
    steps: tuple[Option, ...]
    queue: str
    late: bool
    filtered: bool
    pages: Pages
    undoable: tuple[Undoable, ...]
    accept_action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage(Page):
    """One review: what was handed in, what changed, and the decision."""

    template: ClassVar[str] = "reviews/review.html"
    review: ReviewRow
    step: str
    candidate: str
    place: str
    queue: str
    handed_in: HandedIn
    earlier: tuple[ReviewRow, ...]
    late: bool
    may_decide: bool
    why_not: str
    may_undo: bool
    form: ReturnForm
    step_href: str
    queue_href: str
