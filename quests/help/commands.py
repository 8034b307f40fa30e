"""Asking, answering, rating, and making an article of a good answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.models import Campaign, Person
from app.accounts.queries import CampaignRow
from app.db import record
from app.errors import Conflict, Forbidden, Missing, Refused
from app.mail.commands import send_letter
from app.texts import N_
from app.web.language import translate
from quests.help.events import QuestionAnswered, QuestionAsked
from quests.help.letters import AnswerGiven
from quests.help.models import Article, Question, QuestionAnswer, Rating
from quests.help.queries import QuestionRow, get_question, words_of_thread
from quests.help.stemming import stem_line

LONGEST_QUESTION = 2_000
LONGEST_ANSWER = 8_000
SHORTEST = 5
OPEN_AT_ONCE = 20
LinkOf = Callable[[QuestionRow], str]


def ask(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    step_key: str,
    *,
    words: str,
    public: bool,
    language: str,
    now: datetime,
) -> int:
    """Ask on a step; give the question's number.

    Raises Refused for an empty or too long question, or too many open ones; Forbidden without
    the permission.
    """
    if not viewer.may(Permission.QUESTION_ASK, campaign.scope) or viewer.person_id is None:
        raise Forbidden
    _check(words, LONGEST_QUESTION, "question")
    waiting = session.scalars(
        select(Question.id)
        .where(Question.campaign_id == campaign.id, Question.state == "open")
        .limit(OPEN_AT_ONCE)
    ).all()
    if len(waiting) >= OPEN_AT_ONCE:
        raise Refused("question", N_("Twenty of your questions wait for answers; ask more later."))
    question = Question(
        coalition_id=campaign.coalition_id,
        campaign_id=campaign.id,
        pack_id=campaign.pack_id,
        step_key=step_key,
        asked_by=viewer.person_id,
        asked_at=now,
        language=language,
        words=words,
        audience="coalition" if public else "private",
        state="open",
        stems=stem_line(words),
    )
    session.add(question)
    session.execute(update(Campaign).where(Campaign.id == campaign.id).values(last_active_at=now))
    session.flush()
    record(session, QuestionAsked(question_id=question.id, campaign_id=campaign.id))
    return question.id


def answer(
    session: Session,
    viewer: Viewer,
    question_id: int,
    *,
    words: str,
    step_title: Callable[[QuestionRow, str], str],
    link: LinkOf,
    now: datetime,
) -> QuestionRow:
    """Add a turn: an answer by one who helps, or a further question by the team.

    Raises Missing when the question is not the viewer's to see, Forbidden when the viewer may
    only read it, Refused for an empty or too long text.
    """
    question = get_question(session, viewer, question_id)
    if viewer.person_id is None or not (question.may_answer or question.own):
        raise Forbidden
    _check(words, LONGEST_ANSWER, "answer")
    helps = question.may_answer
    session.add(
        QuestionAnswer(
            campaign_id=question.campaign_id,
            question_id=question.id,
            given_by=viewer.person_id,
            given_at=now,
            helps=helps,
            words=words,
        )
    )
    session.flush()
    session.execute(
        update(Question)
        .where(Question.id == question.id)
        .values(
            state="answered" if helps else "open",
            stems=stem_line(question.words, *words_of_thread(session, question.id)),
        )
    )
    if helps:
        record(session, QuestionAnswered(question_id=question.id, campaign_id=question.campaign_id))
        _tell(session, question, words, step_title, link, now=now)
    return question


def _tell(
    session: Session,
    question: QuestionRow,
    words: str,
    step_title: Callable[[QuestionRow, str], str],
    link: LinkOf,
    *,
    now: datetime,
) -> None:
    asker = session.execute(
        select(Person.email, Person.language).where(Person.id == question.asked_by)
    ).one_or_none()
    if asker is None:
        return
    letter = AnswerGiven(
        step=step_title(question, asker.language),
        question=question.words,
        answer=words,
        link=link(question),
    )
    params = {
        "step": letter.step,
        "question": letter.question,
        "answer": letter.answer,
        "link": letter.link,
    }
    send_letter(
        session,
        to=asker.email,
        language=asker.language,
        subject=translate(asker.language, letter.subject),
        text="\n\n".join(translate(asker.language, line, **params) for line in letter.lines) + "\n",
        now=now,
    )


def rate(
    session: Session, viewer: Viewer, question_id: int, *, useful: bool, now: datetime
) -> QuestionRow:
    """Say whether an answer was of use; saying it again changes it.

    Raises Missing when the question is not the viewer's to see, Conflict before it is answered.
    """
    question = get_question(session, viewer, question_id)
    if question.state != "answered" or viewer.person_id is None:
        raise Conflict(N_("There is no answer to rate yet."))
    session.merge(
        Rating(question_id=question.id, person_id=viewer.person_id, useful=useful, rated_at=now)
    )
    return question


def set_audience(
    session: Session, viewer: Viewer, question_id: int, *, public: bool
) -> QuestionRow:
    """Show a question to the coalition, or to its team only.

    Raises Missing, or Forbidden for those who may neither answer nor asked it.
    """
    question = get_question(session, viewer, question_id)
    if not (question.may_answer or question.own):
        raise Forbidden
    session.execute(
        update(Question)
        .where(Question.id == question.id)
        .values(audience="coalition" if public else "private")
    )
    return question


def publish(
    session: Session,
    viewer: Viewer,
    question_id: int,
    *,
    title: str,
    words: str,
    language: str,
    now: datetime,
) -> int:
    """Make an article of a good answer; give its number. Doing it again replaces the article.

    Raises Missing, Forbidden without the permission, Conflict before there is an answer,
    Refused for an empty or too long text.
    """
    question = get_question(session, viewer, question_id)
    if not viewer.may(Permission.HELP_EDIT, question.scope) or viewer.person_id is None:
        raise Forbidden
    if question.state != "answered":
        raise Conflict(N_("Answer the question first."))
    _check(title, 200, "title")
    _check(words, LONGEST_ANSWER, "words")
    article = session.scalar(
        select(Article).where(Article.question_id == question.id, Article.language == language)
    )
    if article is None:
        article = Article(
            coalition_id=question.coalition_id,
            question_id=question.id,
            pack_id=question.pack_id,
            step_key=question.step_key,
            language=language,
        )
        session.add(article)
    article.title, article.words, article.stems = title, words, stem_line(title, words)
    article.published_by, article.published_at, article.withdrawn_at = viewer.person_id, now, None
    session.flush()
    return article.id


def withdraw_article(session: Session, viewer: Viewer, article_id: int, *, now: datetime) -> None:
    """Take an article back; the question stays. Raises Missing when it is not the viewer's."""
    article = session.get(Article, article_id)
    if article is None:
        raise Missing
    question = get_question(session, viewer, article.question_id)
    if not viewer.may(Permission.HELP_EDIT, question.scope):
        raise Missing
    article.withdrawn_at = now


def _check(words: str, longest: int, field: str) -> None:
    if len(words.strip()) < SHORTEST:
        raise Refused(field, N_("Write a few words more."))
    if len(words) > longest:
        raise Refused(field, N_("Too long: at most {longest} characters."), longest=longest)
