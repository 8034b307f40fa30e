"""Asking, answering, rating, and making an article of a good answer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.models import Campaign
from app.accounts.queries import CampaignRow
from app.db import record
from app.errors import Conflict, Forbidden, Missing, Refused
from app.mail.rules import is_address
from app.texts import N_
from quests.help.events import (
    ArticlePublished,
    ArticleWithdrawn,
    AudienceChanged,
    QuestionAnswered,
    QuestionAsked,
)
from quests.help.letters import AnswerGiven
from quests.help.models import Article, Question, QuestionAnswer, Rating
from quests.help.queries import (
    QuestionRow,
    find_asker,
    find_same_question,
    get_question,
    is_last_turn,
    open_questions,
    words_of_thread,
)
from quests.help.stemming import stem_line
from quests.route.library import PackLibrary

LONGEST_QUESTION = 2_000
LONGEST_ANSWER = 8_000
SHORTEST = 5
OPEN_AT_ONCE = 20


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
    """Ask on a step; give the question's number. The same open question twice is kept once.

    Raises Refused for an empty or too long question, or too many open ones; Forbidden without
    the permission.
    """
    if not viewer.may(Permission.QUESTION_ASK, campaign.scope) or viewer.person_id is None:
        raise Forbidden
    _check(words, LONGEST_QUESTION, "question")
    same = find_same_question(session, campaign.id, step_key, words)
    if same is not None:
        return same
    if open_questions(session, campaign.id) >= OPEN_AT_ONCE:
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
    touch(session, campaign.id, now=now)
    session.flush()
    record(session, QuestionAsked(question_id=question.id, campaign_id=campaign.id))
    return question.id


def touch(session: Session, campaign_id: int, *, now: datetime) -> None:
    """Note that the team was here."""
    session.execute(update(Campaign).where(Campaign.id == campaign_id).values(last_active_at=now))


def answer(
    session: Session,
    viewer: Viewer,
    library: PackLibrary,
    question_id: int,
    *,
    words: str,
    now: datetime,
) -> QuestionRow:
    """Answer as one who helps; the asker gets a letter. The same answer twice is kept once.

    Raises Missing when the question is not the viewer's to see, Forbidden when the viewer may
    only read it, Refused for an empty or too long text.
    """
    question = get_question(session, viewer, question_id)
    if not question.may_answer:
        raise Forbidden
    if _add_turn(session, viewer, question, words=words, helps=True, now=now):
        record(session, QuestionAnswered(question_id=question.id, campaign_id=question.campaign_id))
        _tell(session, library, question, words)
    return question


def ask_further(
    session: Session, viewer: Viewer, question_id: int, *, words: str, now: datetime
) -> QuestionRow:
    """Ask on, as the team that asked; the question waits for an answer again.

    Raises Missing when the question is not the viewer's to see, Forbidden when another team
    asked it, Refused for an empty or too long text.
    """
    question = get_question(session, viewer, question_id)
    if not question.own:
        raise Forbidden
    if _add_turn(session, viewer, question, words=words, helps=False, now=now):
        touch(session, question.campaign_id, now=now)
        record(session, QuestionAsked(question_id=question.id, campaign_id=question.campaign_id))
    return question


def _add_turn(
    session: Session,
    viewer: Viewer,
    question: QuestionRow,
    *,
    words: str,
    helps: bool,
    now: datetime,
) -> bool:
    """Add a turn; False when the very same one is already the last, as after a double click."""
    assert viewer.person_id is not None
    _check(words, LONGEST_ANSWER, "answer")
    if is_last_turn(session, question.id, given_by=viewer.person_id, words=words):
        return False
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
    return True


def _tell(session: Session, library: PackLibrary, question: QuestionRow, words: str) -> None:
    asker = find_asker(session, question)
    if asker is None or not is_address(asker.email):
        return
    record(
        session,
        AnswerGiven(
            to=asker.email,
            language=asker.language,
            name=asker.name,
            path=f"/campaigns/{question.campaign_id}/questions/{question.id}",
            step=library.step_title(question.pack_id, question.step_key, asker.language),
            question=question.words,
            answer=words,
        ),
    )


def rate(
    session: Session, viewer: Viewer, question_id: int, *, useful: bool, now: datetime
) -> QuestionRow:
    """Say whether an answer was of use; saying it again changes it.

    Raises Missing when the question is not the viewer's to see, Forbidden for those who answer
    it themselves, Conflict before it is answered.
    """
    question = get_question(session, viewer, question_id)
    if viewer.person_id is None or (question.may_answer and not question.own):
        raise Forbidden
    if question.state != "answered":
        raise Conflict(N_("There is no answer to rate yet."))
    given = {"question_id": question.id, "person_id": viewer.person_id}
    try:
        _keep_rating(session, Rating(**given, useful=useful, rated_at=now))
    except IntegrityError:
        # Pressed twice: our look could not see the row of the other request yet.
        _keep_rating(session, Rating(**given, useful=useful, rated_at=now))
    return question


def _keep_rating(session: Session, rating: Rating) -> None:
    with session.begin_nested():
        session.merge(rating)


def show_to_coalition(
    session: Session, viewer: Viewer, question_id: int, *, now: datetime
) -> QuestionRow:
    """Let the coalition read a question once it is answered. Only those who asked may: others
    were promised to the asker as its only readers.

    Raises Missing, or Forbidden for everybody but the team that asked.
    """
    question = get_question(session, viewer, question_id)
    if not question.own:
        raise Forbidden
    return _set_audience(session, viewer, question, "coalition", now=now)


def hide_from_coalition(
    session: Session, viewer: Viewer, question_id: int, *, now: datetime
) -> QuestionRow:
    """Keep a question to its team and those who answer.

    Raises Missing, or Forbidden for those who neither asked nor may answer it.
    """
    question = get_question(session, viewer, question_id)
    if not (question.may_answer or question.own):
        raise Forbidden
    return _set_audience(session, viewer, question, "private", now=now)


def _set_audience(
    session: Session, viewer: Viewer, question: QuestionRow, audience: str, *, now: datetime
) -> QuestionRow:
    session.execute(update(Question).where(Question.id == question.id).values(audience=audience))
    record(
        session,
        AudienceChanged(
            question_id=question.id,
            campaign_id=question.campaign_id,
            audience=audience,
            by=viewer.person_id,
            at=now,
        ),
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
    written = Article(
        coalition_id=question.coalition_id,
        question_id=question.id,
        pack_id=question.pack_id,
        step_key=question.step_key,
        language=language,
        title=title,
        words=words,
        stems=stem_line(title, words),
        published_by=viewer.person_id,
        published_at=now,
        withdrawn_at=None,
    )
    try:
        article = _keep_article(session, written)
    except IntegrityError:
        # Two coordinators at once: our look could not see the other's article yet.
        article = _keep_article(session, written)
    record(
        session,
        ArticlePublished(
            article_id=article.id,
            campaign_id=question.campaign_id,
            by=viewer.person_id,
            at=now,
        ),
    )
    return article.id


def _keep_article(session: Session, written: Article) -> Article:
    """Put the article in place of the one there is in this language, or add it."""
    known = session.scalar(
        select(Article.id).where(
            Article.question_id == written.question_id, Article.language == written.language
        )
    )
    written.id = known  # type: ignore[assignment]  # A new row gets its number from the database.
    with session.begin_nested():
        return session.merge(written)


def withdraw_article(session: Session, viewer: Viewer, article_id: int, *, now: datetime) -> None:
    """Take an article back; the question stays. Raises Missing when it is not the viewer's."""
    article = session.get(Article, article_id)
    if article is None:
        raise Missing
    question = get_question(session, viewer, article.question_id)
    if not viewer.may(Permission.HELP_EDIT, question.scope):
        raise Missing
    article.withdrawn_at = now
    record(
        session,
        ArticleWithdrawn(
            article_id=article.id,
            campaign_id=question.campaign_id,
            by=viewer.person_id,
            at=now,
        ),
    )


def _check(words: str, longest: int, field: str) -> None:
    if len(words.strip()) < SHORTEST:
        raise Refused(field, N_("Write a few words more."))
    if len(words) > longest:
        raise Refused(field, N_("Too long: at most {longest} characters."), longest=longest)
