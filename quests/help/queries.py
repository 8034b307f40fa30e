"""Reading questions, answers and articles; what is not the viewer's to see is not found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from app.access import Permission, Scope, Viewer
from app.accounts.models import Campaign, Person, TeamMember
from app.accounts.queries import CampaignRow, visible_campaigns
from app.errors import Missing
from quests.help.models import Article, Question, QuestionAnswer, Rating


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
class Asker:
    """Whom the letter about an answer goes to."""

    email: str
    language: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """An article of the coalition."""

    id: int
    title: str
    words: str
    language: str


# Counted per question: a grouped join would count everybody's ratings for every page.
_RATINGS = select(func.count()).where(Rating.question_id == Question.id).correlate(Question)
_USEFUL = _RATINGS.where(Rating.useful).scalar_subquery().label("useful")
_RATED = _RATINGS.scalar_subquery().label("rated")
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
        _USEFUL,
        _RATED,
    )
    .join(Campaign, Campaign.id == Question.campaign_id)
    .join(Person, Person.id == Question.asked_by)
)


_IS_PUBLIC = and_(Question.audience == "coalition", Question.state == "answered")


def seen_by(viewer: Viewer) -> ColumnElement[bool]:
    """Their own team's questions, those they may answer, and their coalitions' public ones.

    A public question is everybody's only once it is answered, for then a human has read it.
    """
    coalitions = sorted({grant.coalition_id for grant in viewer.grants})
    return or_(
        visible_campaigns(viewer, Permission.QUESTION_ASK),
        visible_campaigns(viewer, Permission.QUESTION_ANSWER),
        and_(is_public(), Question.coalition_id.in_(coalitions)),
    )


def is_public() -> ColumnElement[bool]:
    """Give the condition of being shown to the whole coalition."""
    return _IS_PUBLIC


def get_question(session: Session, viewer: Viewer, question_id: int) -> QuestionRow:
    """Give one question. Raises Missing when it is absent or not the viewer's to see."""
    row = session.execute(
        _QUESTIONS.where(Question.id == question_id, seen_by(viewer))
    ).one_or_none()
    if row is None:
        raise Missing
    return _question(row, viewer)


def get_question_for(
    session: Session, viewer: Viewer, campaign: CampaignRow, question_id: int
) -> QuestionRow:
    """Give one question as a campaign's pages show it: its own, or a public one beside it.

    Raises Missing for every other, also for those the viewer may see elsewhere.
    """
    found = get_question(session, viewer, question_id)
    shown = found.public and found.state == "answered"
    is_beside = shown and found.coalition_id == campaign.coalition_id
    if found.campaign_id != campaign.id and not is_beside:
        raise Missing
    return found


def get_own_question(
    session: Session, viewer: Viewer, campaign: CampaignRow, question_id: int
) -> QuestionRow:
    """Give one of a campaign's own questions. Raises Missing for every other."""
    found = get_question(session, viewer, question_id)
    if found.campaign_id != campaign.id:
        raise Missing
    return found


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


def open_questions(session: Session, campaign_id: int) -> int:
    """Give how many of a campaign's questions wait."""
    return (
        session.scalar(
            select(func.count()).where(
                Question.campaign_id == campaign_id, Question.state == "open"
            )
        )
        or 0
    )


def find_same_question(session: Session, campaign_id: int, step_key: str, words: str) -> int | None:
    """Give the number of a campaign's open question with the very same words on a step."""
    return session.scalar(
        select(Question.id)
        .where(
            Question.campaign_id == campaign_id,
            Question.step_key == step_key,
            Question.state == "open",
            Question.words == words,
        )
        .limit(1)
    )


def is_last_turn(session: Session, question_id: int, *, given_by: int, words: str) -> bool:
    """Say whether the last turn under a question is this person's with these words."""
    last = session.execute(
        select(QuestionAnswer.given_by, QuestionAnswer.words)
        .where(QuestionAnswer.question_id == question_id)
        .order_by(QuestionAnswer.id.desc())
        .limit(1)
    ).one_or_none()
    return last is not None and last.given_by == given_by and last.words == words


def find_asker(session: Session, question: QuestionRow) -> Asker | None:
    """Give whom to write to about a question; None once they have left the team."""
    row = session.execute(
        select(Person.email, Person.language, Person.name)
        .join(TeamMember, TeamMember.person_id == Person.id)
        .where(TeamMember.campaign_id == question.campaign_id, Person.id == question.asked_by)
        .limit(1)
    ).one_or_none()
    return None if row is None else Asker(**row._mapping)


def questions_of_campaign(
    session: Session, viewer: Viewer, campaign_id: int
) -> tuple[QuestionRow, ...]:
    """Give what a campaign's team asked, latest first."""
    return _all(
        session,
        viewer,
        _QUESTIONS.where(Question.campaign_id == campaign_id, seen_by(viewer))
        .order_by(Question.id.desc())
        .limit(200),
    )


_IS_OWN = Question.campaign_id == bindparam("campaign")
_OF_STEP = (
    _QUESTIONS.where(
        Question.coalition_id == bindparam("coalition"),
        Question.pack_id == bindparam("pack"),
        Question.step_key == bindparam("step"),
    )
    .order_by(_IS_OWN.desc(), _USEFUL.desc(), Question.id.desc())
    .limit(bindparam("most"))
)
_ON_STEP = _OF_STEP.where(or_(_IS_OWN, _IS_PUBLIC))
_PUBLIC_ON_STEP = _OF_STEP.where(_IS_PUBLIC)


def questions_on_step(
    session: Session, viewer: Viewer, campaign: CampaignRow, step_key: str, *, limit: int
) -> tuple[QuestionRow, ...]:
    """Give a step's questions for a campaign: its own first, then the useful public ones.

    The rule of ``seen_by`` for one campaign, decided before the statement, which is built once.
    """
    if not any(grant.coalition_id == campaign.coalition_id for grant in viewer.grants):
        return ()
    sees_own = viewer.may(Permission.QUESTION_ASK, campaign.scope) or viewer.may(
        Permission.QUESTION_ANSWER, campaign.scope
    )
    rows = session.execute(
        _ON_STEP if sees_own else _PUBLIC_ON_STEP,
        {
            "campaign": campaign.id,
            "coalition": campaign.coalition_id,
            "pack": campaign.pack_id,
            "step": step_key,
            "most": limit,
        },
    )
    return tuple(_question(row, viewer) for row in rows)


def inbox(
    session: Session, viewer: Viewer, *, state: str, limit: int, offset: int
) -> tuple[QuestionRow, ...]:
    """Give the questions the viewer may answer: open ones oldest first, answered ones last."""
    order = Question.id if state == "open" else Question.id.desc()
    wanted = _QUESTIONS.where(*_in_inbox(viewer, state)).order_by(order)
    return _all(session, viewer, wanted.limit(limit).offset(offset))


def inbox_count(session: Session, viewer: Viewer, *, state: str) -> int:
    """Give how many questions the viewer may answer are in a state."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Question)
            .join(Campaign, Campaign.id == Question.campaign_id)
            .where(*_in_inbox(viewer, state))
        )
        or 0
    )


def _in_inbox(viewer: Viewer, state: str) -> tuple[ColumnElement[bool], ...]:
    return visible_campaigns(viewer, Permission.QUESTION_ANSWER), Question.state == state


_ARTICLES = (
    select(Article.id, Article.title, Article.words, Article.language)
    .where(Article.withdrawn_at.is_(None))
    .order_by(Article.id)
)


_ARTICLES_ON_STEP = _ARTICLES.where(
    Article.coalition_id == bindparam("coalition"),
    Article.pack_id == bindparam("pack"),
    Article.step_key == bindparam("step"),
    Article.language == bindparam("language"),
)


def articles_on_step(
    session: Session, campaign: CampaignRow, step_key: str, *, language: str
) -> tuple[ArticleRow, ...]:
    """Give the articles of a campaign's coalition on a step in a language, oldest first."""
    rows = session.execute(
        _ARTICLES_ON_STEP,
        {
            "coalition": campaign.coalition_id,
            "pack": campaign.pack_id,
            "step": step_key,
            "language": language,
        },
    )
    return tuple(ArticleRow(**row._mapping) for row in rows)


def articles_of_question(session: Session, question: QuestionRow) -> tuple[ArticleRow, ...]:
    """Give the articles made of a question's answer, in every language."""
    rows = session.execute(_ARTICLES.where(Article.question_id == question.id))
    return tuple(ArticleRow(**row._mapping) for row in rows)


def beside(campaign: CampaignRow) -> tuple[ColumnElement[bool], ...]:
    """Give the conditions of belonging to a campaign's coalition and kind of election."""
    return Question.coalition_id == campaign.coalition_id, Question.pack_id == campaign.pack_id


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
