"""Help as a step's page shows it: the coalition's articles, the questions, the way to a human."""

from __future__ import annotations

from functools import lru_cache

from flask import url_for
from markupsafe import Markup

from app.access import Permission
from app.reach import reach_of_coalitions
from app.web.access import viewer
from app.web.database import reading
from app.web.kernel import part
from app.web.language import current_language
from app.web.pages import markup
from app.web.prose import prose, without_title
from quests.help import queries
from quests.help.forms import QuestionForm
from quests.help.pages import ArticleView, QuestionLine, SeededView, StepQuestions
from quests.help.queries import QuestionRow
from quests.help.rules import Entry, HitKind, entry, shortened
from quests.route.library import PackLibrary
from quests.route.pack import RoutePack
from quests.route.pages import AskedView
from quests.route.standing import Position

ON_STEP = 12
ON_ROUTE = 3


def line_of(found: QuestionRow, href: str) -> QuestionLine:
    """Give a question as one line of a list."""
    return QuestionLine(
        text=shortened(found.words),
        href=href,
        step=part(PackLibrary).step_title(found.pack_id, found.step_key, current_language()),
        state=found.state,
        public=found.public,
        about=found.campaign_title,
        asked_at=found.asked_at,
        useful=found.useful,
    )


@lru_cache(maxsize=16)
def seeded_entries(pack: RoutePack, language: str) -> tuple[Entry, ...]:
    """Give a pack's help articles and shown questions as things a search can find."""
    found = []
    for step in pack.steps:
        title, text = without_title(pack.help_of(step.key, language))
        if text:
            found.append(entry(HitKind.ARTICLE, step.key, title, text))
    for question in pack.questions.get(language, ()):
        answer = question.answer if question.is_shown else ""
        found.append(entry(HitKind.SEEDED, question.step, question.ask, answer))
    return tuple(found)


def step_questions(position: Position, step_key: str, form: QuestionForm | None = None) -> Markup:
    """Give the part of a step's page that holds help and questions."""
    campaign, language = position.campaign, current_language()
    with reading(reach=reach_of_coalitions(viewer())) as session:
        asked = queries.questions_on_step(session, viewer(), campaign, step_key, limit=ON_STEP)
        articles = queries.articles_on_step(session, campaign, step_key, language=language)
    page = StepQuestions(
        articles=tuple(ArticleView(title=one.title, words=prose(one.words, 4)) for one in articles),
        seeded=_seeded(position.pack, step_key, language),
        asked=tuple(line_of(one, href_of(one, campaign.id)) for one in asked),
        form=form or QuestionForm(formdata=None),
        action=url_for("help.ask", campaign_id=campaign.id, key=step_key),
        may_ask=viewer().may(Permission.QUESTION_ASK, campaign.scope),
        all_href=url_for("help.questions", campaign_id=campaign.id),
    )
    return Markup(markup(page))  # noqa: S704 - a rendered template, escaped where it must be.


def asked_at(position: Position, step_key: str) -> tuple[AskedView, ...]:
    """Give a few questions for the route's side: people's first, then the pack's."""
    campaign, language = position.campaign, current_language()
    with reading(reach=reach_of_coalitions(viewer())) as session:
        asked = queries.questions_on_step(session, viewer(), campaign, step_key, limit=ON_ROUTE)
    found = [AskedView(text=shortened(one.words), href=href_of(one, campaign.id)) for one in asked]
    step = url_for("route.step", campaign_id=campaign.id, key=step_key)
    found += [
        AskedView(text=one.ask, href=f"{step}#questions")
        for one in position.pack.questions.get(language, ())
        if one.step == step_key
    ]
    return tuple(found[:ON_ROUTE])


def href_of(found: QuestionRow, campaign_id: int) -> str:
    """Give where a question on a campaign's page leads: those who answer it go to their desk."""
    if found.may_answer and not found.own:
        return url_for("help.desk_question", question_id=found.id)
    return url_for("help.question", campaign_id=campaign_id, question_id=found.id)


@lru_cache(maxsize=512)
def _seeded(pack: RoutePack, step_key: str, language: str) -> tuple[SeededView, ...]:
    return tuple(
        SeededView(
            ask=one.ask,
            answer=prose(one.answer, 4) if one.is_shown else Markup(),
            status=one.status.name.lower(),
        )
        for one in pack.questions.get(language, ())
        if one.step == step_key
    )
