"""Questions, answers and articles as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from markupsafe import Markup

from app.ui.paging import Pages
from app.web.pages import Page
from quests.help.forms import AnswerForm, ArticleForm, FurtherForm, QuestionForm
from quests.help.queries import QuestionRow, Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLine:
    """A question in a list."""

    text: str
    href: str
    step: str
    state: str
    public: bool
    about: str
    asked_at: datetime
    useful: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeededView:
    """A newcomer's question of the pack with its answer, when one may be shown."""

    ask: str
    answer: Markup
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """An article of the coalition on a step."""

    title: str
    words: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class StepQuestions(Page):
    """What a step's page shows below the work: articles, questions, and the way to a human."""

    template: ClassVar[str] = "help/_step_questions.html"
    articles: tuple[ArticleView, ...]
    seeded: tuple[SeededView, ...]
    asked: tuple[QuestionLine, ...]
    form: QuestionForm
    action: str
    may_ask: bool
    all_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HitView:
    """Something a search found."""

    kind: str
    title: str
    step: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsPage(Page):
    """A campaign's questions, and the search over help and answers."""

    template: ClassVar[str] = "help/questions.html"
    campaign_id: int
    search: str
    hits: tuple[HitView, ...]
    mine: tuple[QuestionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage(Page):
    """One question with its conversation."""

    template: ClassVar[str] = "help/question.html"
    question: QuestionRow
    turns: tuple[Turn, ...]
    step: str
    step_href: str
    back_href: str
    base: str
    at_desk: bool
    form: AnswerForm | FurtherForm | None
    may_rate: bool
    may_hide: bool
    may_show: bool
    article_form: ArticleForm | None
    articles: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage(Page):
    """Questions that wait for an answer."""

    template: ClassVar[str] = "help/inbox.html"
    tabs: tuple[tuple[str, str, bool, int | None], ...]
    rows: tuple[QuestionLine, ...]
    pages: Pages
    state: str
    now: datetime
