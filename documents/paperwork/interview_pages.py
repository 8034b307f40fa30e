"""The pages of the interview: one frozen dataclass a template, exactly its fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.web.pages import Page
from documents.paperwork.pages import QuestionView
from documents.paperwork.remarks import Remarked


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
    owner: str
    """Who answers for which campaign: answers that wait in a browser are only theirs."""
    sign_in: str
    remarked: Remarked | None
    """What was found at the answer for which somebody has come here; None: just the interview."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPart(Page):
    """What is said of one answer, put in place by itself while one types."""

    template: ClassVar[str] = "paperwork/_answer_part.html"
    question: QuestionView
    remarked: Remarked | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPage(Page):
    """One row of a table on a small page of its own."""

    template: ClassVar[str] = "paperwork/row.html"
    title: str
    paper: str
    paper_href: str
    page_title: str
    back_href: str
    questions: tuple[QuestionView, ...]
    action: str
    remove_action: str
    is_new: bool
    """Whether nothing of the row is kept yet."""
    refused: str
    owner: str
    sign_in: str
