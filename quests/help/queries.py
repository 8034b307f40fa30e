"""Reading questions, answers and articles; what is not the viewer's to see is not found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from app.access import Permission, Scope, Viewer
from app.accounts.models import Campaign, Person
from app.accounts.queries import visible_campaigns
from app.errors import Missing
from quests.help.models import Article, Question, QuestionAnswer, Rating
from quests.help.rules import Entry, HitKind

MOST_SEARCHED = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow:
    """A question as its viewer may see it; ``asker`` is empty for readers from elsewhere."""

    id: int
    coalition_id: int
    campaign_id: int
    pack_id: str
    step_key: str
    asked_by: int
    asked_at: datetime
    words: str
    language: str
    public: bool
    state: str
    asker: str
    campaign_title: str
    useful: int
    useless: int
    own: bool
    may_answer: bool
    scope: Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One turn of the conversation."""

    author: str
    given_at: datetime
    helps: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """An article of the coalition."""

    id: int
    title: str
    words: str
    question_id: int


_USEFUL = (
    select(
        Rating.question_id,
        func.sum(case((Rating.useful, 1), else_=0)).label("useful"),
        func.count().label("all"),
    )
    .group_by(Rating.question_id)
    .subquery()
)
_QUESTIONS = (
    select(
        Question.id,
        Question.coalition_id,
        Question.campaign_id,
        Question.pack_id,
        Question.step_key,
        Question.asked_by,
        Question.asked_at,
        Question.words,
        Question.language,
        Question.audience,
        Question.state,
        Person.name.label("asker"),
        Campaign.title.label("campaign_title"),
        Campaign.organisation_id,
        func.coalesce(_USEFUL.c.useful, 0).label("useful"),
        func.coalesce(_USEFUL.c.all, 0).label("rated"),
    )
    .join(Campaign, Campaign.id == Question.campaign_id)
    .join(Person, Person.id == Question.asked_by)
    .outerjoin(_USEFUL, _USEFUL.c.question_id == Question.id)
)


def _seen_by(viewer: Viewer) -> ColumnElement[bool]:
    """Their own team's questions, those they may answer, and their coalitions' public ones."""
    coalitions = sorted({grant.coalition_id for grant in viewer.grants})
    return or_(
        visible_campaigns(viewer, Permission.QUESTION_ASK),
        visible_campaigns(viewer, Permission.QUESTION_ANSWER),
        and_(Question.audience == "coalition", Question.coalition_id.in_(coalitions)),
    )


def get_question(session: Session, viewer: Viewer, question_id: int) -> QuestionRow:
    """Give one question. Raises Missing when it is absent or not the viewer's to see."""
    row = session.execute(
        _QUESTIONS.where(Question.id == question_id, _seen_by(viewer))
    ).one_or_none()
    if row is None:
        raise Missing
    return _question(row, viewer)


def thread(session: Session, question: QuestionRow) -> tuple[Turn, ...]:
    """Give the turns under a question, oldest first; names only to those who know them."""
    rows = session.execute(
        select(Person.name, QuestionAnswer.given_at, QuestionAnswer.helps, QuestionAnswer.words)
        .join(Person, Person.id == QuestionAnswer.given_by)
        .where(QuestionAnswer.question_id == question.id)
        .order_by(QuestionAnswer.id)
    )
    known = question.own or question.may_answer
    return tuple(
        Turn(
            author=row.name if known or row.helps else "",
            given_at=row.given_at,
            helps=row.helps,
            words=row.words,
        )
        for row in rows
    )


def words_of_thread(session: Session, question_id: int) -> Sequence[str]:
    """Give the texts under a question, for its search stems."""
    return session.scalars(
        select(QuestionAnswer.words)
        .where(QuestionAnswer.question_id == question_id)
        .order_by(QuestionAnswer.id)
    ).all()


def questions_of_campaign(
    session: Session, viewer: Viewer, campaign_id: int
) -> tuple[QuestionRow, ...]:
    """Give what a campaign's team asked, latest first."""
    return _all(
        session,
        viewer,
        _QUESTIONS.where(Question.campaign_id == campaign_id, _seen_by(viewer))
        .order_by(Question.id.desc())
        .limit(200),
    )


def questions_on_step(
    session: Session, viewer: Viewer, *, campaign_id: int, pack_id: str, step_key: str, limit: int
) -> tuple[QuestionRow, ...]:
    """Give a step's questions for a campaign: its own first, then the useful public ones."""
    answered_public = and_(Question.audience == "coalition", Question.state == "answered")
    own = Question.campaign_id == campaign_id
    return _all(
        session,
        viewer,
        _QUESTIONS.where(
            Question.pack_id == pack_id,
            Question.step_key == step_key,
            _seen_by(viewer),
            or_(own, answered_public),
        )
        .order_by(own.desc(), func.coalesce(_USEFUL.c.useful, 0).desc(), Question.id.desc())
        .limit(limit),
    )


def inbox(
    session: Session, viewer: Viewer, *, state: str, limit: int, offset: int
) -> tuple[tuple[QuestionRow, ...], int]:
    """Give the questions the viewer may answer in a state, longest waiting first, and how many."""
    mine = and_(visible_campaigns(viewer, Permission.QUESTION_ANSWER), Question.state == state)
    order = Question.id if state == "open" else Question.id.desc()
    rows = _all(session, viewer, _QUESTIONS.where(mine).order_by(order).limit(limit).offset(offset))
    count = session.scalar(
        select(func.count())
        .select_from(Question)
        .join(Campaign, Campaign.id == Question.campaign_id)
        .where(mine)
    )
    return rows, int(count or 0)


def articles_on_step(
    session: Session, *, coalition_id: int, pack_id: str, step_key: str, language: str
) -> tuple[ArticleRow, ...]:
    """Give a coalition's own articles on a step in a language, oldest first."""
    rows = session.execute(
        select(Article.id, Article.title, Article.words, Article.question_id)
        .where(
            Article.coalition_id == coalition_id,
            Article.pack_id == pack_id,
            Article.step_key == step_key,
            Article.language == language,
            Article.withdrawn_at.is_(None),
        )
        .order_by(Article.id)
    )
    return tuple(ArticleRow(**row._mapping) for row in rows)


def answered_entries(
    session: Session, viewer: Viewer, *, coalition_id: int, pack_id: str, wanted: Sequence[str]
) -> tuple[Entry, ...]:
    """Give answered questions and articles that have any of the wanted stems, newest first.

    The stored stems are compared by the database, so that only likely rows are read.
    """
    if not wanted:
        return ()
    found = [
        Entry(
            kind=HitKind.ARTICLE,
            step_key=row.step_key,
            title=row.title,
            text=row.words,
            title_stems=row.stems,
            stems=row.stems,
            question_id=row.question_id,
        )
        for row in session.execute(_article_hits(coalition_id, pack_id, wanted))
    ]
    rows = session.execute(
        select(Question.id, Question.step_key, Question.words, Question.stems)
        .join(Campaign, Campaign.id == Question.campaign_id)
        .where(
            Question.coalition_id == coalition_id,
            Question.pack_id == pack_id,
            Question.state == "answered",
            _seen_by(viewer),
            or_(*(Question.stems.contains(f" {one} ", autoescape=True) for one in wanted)),
        )
        .order_by(Question.id.desc())
        .limit(MOST_SEARCHED)
    )
    found += [
        Entry(
            kind=HitKind.ANSWERED,
            step_key=row.step_key,
            title=row.words,
            text="",
            title_stems="",
            stems=row.stems,
            question_id=row.id,
        )
        for row in rows
    ]
    return tuple(found)


def _article_hits(
    coalition_id: int, pack_id: str, wanted: Sequence[str]
) -> Select[str, str, str, str, int]:
    return (
        select(Article.step_key, Article.title, Article.words, Article.stems, Article.question_id)
        .where(
            Article.coalition_id == coalition_id,
            Article.pack_id == pack_id,
            Article.withdrawn_at.is_(None),
            or_(*(Article.stems.contains(f" {one} ", autoescape=True) for one in wanted)),
        )
        .order_by(Article.id.desc())
        .limit(MOST_SEARCHED)
    )


def _all(
    session: Session, viewer: Viewer, wanted: Select[*tuple[Any, ...]]
) -> tuple[QuestionRow, ...]:
    return tuple(_question(row, viewer) for row in session.execute(wanted))


def _question(row: Row[*tuple[Any, ...]], viewer: Viewer) -> QuestionRow:
    scope = Scope(
        coalition_id=row.coalition_id,
        organisation_id=row.organisation_id,
        campaign_id=row.campaign_id,
    )
    own = viewer.may(Permission.QUESTION_ASK, scope)
    may_answer = viewer.may(Permission.QUESTION_ANSWER, scope)
    known = own or may_answer
    return QuestionRow(
        id=row.id,
        coalition_id=row.coalition_id,
        campaign_id=row.campaign_id,
        pack_id=row.pack_id,
        step_key=row.step_key,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        words=row.words,
        language=row.language,
        public=row.audience == "coalition",
        state=row.state,
        asker=row.asker if known else "",
        campaign_title=row.campaign_title if known else "",
        useful=row.useful,
        useless=row.rated - row.useful,
        own=own,
        may_answer=may_answer,
        scope=scope,
    )
