"""Screens around questions: a campaign's own, the conversation, and the inbox of those who help."""

from __future__ import annotations

from flask import request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import clock
from app.access import Holds, Permission
from app.accounts.queries import CampaignRow, get_campaign
from app.errors import Refused
from app.reach import reach_of_coalitions
from app.texts import N_
from app.ui.paging import page_number, pages_of
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kernel import part
from app.web.language import current_language, gettext
from app.web.pages import flash_done, render, see_other
from app.web.routing import Section
from app.web.templating import use_zone
from quests.help import commands, queries
from quests.help.forms import AnswerForm, ArticleForm, FurtherForm, QuestionForm
from quests.help.pages import HitView, InboxPage, QuestionsPage
from quests.help.question_page import desk_page, team_page
from quests.help.rules import Entry, search, shortened
from quests.help.search_queries import answered_entries
from quests.help.stemming import query_stems
from quests.help.step_help import href_of, line_of, seeded_entries
from quests.route.library import PackLibrary
from quests.route.standing import require_reachable
from quests.route.views import show_step

INBOX_PAGE = 30
MOST_HITS = 20
LONGEST_SEARCH = 200
READ = Holds(Permission.ROUTE_READ)
ASK = Holds(Permission.QUESTION_ASK)
ANSWER = Holds(Permission.QUESTION_ANSWER)
EDIT = Holds(Permission.HELP_EDIT)
SHOWN = N_("Once it is answered, everybody in the coalition can read it, without names.")
HIDDEN = N_("Only the team and those who answer can read it now.")

section = Section("help", __name__)


@section.get("/campaigns/<int:campaign_id>/questions", access=READ)
def questions(campaign_id: int) -> Response:
    """List what the campaign asked; with ``q``, search help and answers."""
    sought = request.args.get("q", "")[:LONGEST_SEARCH].strip()
    wanted = query_stems(sought)
    language = current_language()
    with reading(reach=reach_of_coalitions(viewer())) as session:
        campaign = _campaign(session, campaign_id, Permission.ROUTE_READ)
        mine = queries.questions_of_campaign(session, viewer(), campaign.id)
        answered = answered_entries(session, viewer(), campaign, wanted, language=language)
    pack = part(PackLibrary)[campaign.pack_id]
    hits = search((*answered, *seeded_entries(pack, language)), wanted, MOST_HITS)
    return render(
        QuestionsPage(
            campaign_id=campaign.id,
            search=sought,
            hits=tuple(_hit(campaign, found) for found in hits),
            mine=tuple(line_of(one, href_of(one, campaign.id)) for one in mine),
        )
    )


@section.post("/campaigns/<int:campaign_id>/steps/<key>/questions", access=ASK)
def ask(campaign_id: int, key: str) -> Response:
    """Ask on a step."""
    form = QuestionForm()
    if not form.validate_on_submit():
        return show_step(campaign_id, key, 422, question=form)
    try:
        with writing() as session:
            campaign = get_campaign(session, viewer(), campaign_id, Permission.QUESTION_ASK)
            now = clock.now()
            require_reachable(session, part(PackLibrary), campaign, key, now=now)
            commands.ask(
                session,
                viewer(),
                campaign,
                key,
                words=form.question.data,
                public=form.audience.data == "coalition",
                language=current_language(),
                now=now,
            )
    except Refused as error:
        form.refuse(error)
        return show_step(campaign_id, key, 422, question=form)
    flash_done(N_("Your question is with a human now. The answer comes here and by mail."))
    return see_other(url_for("route.step", campaign_id=campaign_id, key=key) + "#ask")


@section.get("/campaigns/<int:campaign_id>/questions/<int:question_id>", access=READ)
def question(campaign_id: int, question_id: int) -> Response:
    """One conversation, as the campaign reads it."""
    with reading(reach=reach_of_coalitions(viewer())) as session:
        campaign = _campaign(session, campaign_id, Permission.ROUTE_READ)
        return render(team_page(session, campaign, question_id))


@section.post("/campaigns/<int:campaign_id>/questions/<int:question_id>/answers", access=ASK)
def follow_up(campaign_id: int, question_id: int) -> Response:
    """The team asks further."""
    form = FurtherForm()
    try:
        if not form.validate_on_submit():
            return _refused_further(campaign_id, question_id, form)
        with writing() as session:
            _own(session, campaign_id, question_id)
            words, now = form.answer.data, clock.now()
            commands.ask_further(session, viewer(), question_id, words=words, now=now)
    except Refused as error:
        form.refuse(error)
        return _refused_further(campaign_id, question_id, form)
    flash_done(N_("Your question is with a human now. The answer comes here and by mail."))
    return _back(campaign_id, question_id)


@section.post("/campaigns/<int:campaign_id>/questions/<int:question_id>/rating", access=ASK)
def rate(campaign_id: int, question_id: int) -> Response:
    """Say whether the answer helped."""
    useful = request.form.get("useful")
    if useful not in ("yes", "no"):
        raise Refused("useful", N_("Choose whether the answer helped."))
    with writing(reach=reach_of_coalitions(viewer())) as session:
        campaign = get_campaign(session, viewer(), campaign_id, Permission.QUESTION_ASK)
        queries.get_question_for(session, viewer(), campaign, question_id)
        commands.rate(session, viewer(), question_id, useful=useful == "yes", now=clock.now())
    flash_done(N_("Thank you. Useful answers are shown first."))
    return _back(campaign_id, question_id)


@section.post("/campaigns/<int:campaign_id>/questions/<int:question_id>/audience", access=ASK)
def choose_audience(campaign_id: int, question_id: int) -> Response:
    """The team shows its question to the coalition, or keeps it to itself."""
    public = request.form.get("audience") == "coalition"
    command = commands.show_to_coalition if public else commands.hide_from_coalition
    with writing() as session:
        _own(session, campaign_id, question_id)
        command(session, viewer(), question_id, now=clock.now())
    flash_done(SHOWN if public else HIDDEN)
    return _back(campaign_id, question_id)


@section.get("/desk/questions", access=ANSWER)
def inbox() -> Response:
    """Questions that wait, longest waiting first."""
    state = "answered" if request.args.get("state") == "answered" else "open"
    with reading() as session:
        waiting = queries.inbox_count(session, viewer(), state="open")
        count = waiting
        if state == "answered":
            count = queries.inbox_count(session, viewer(), state=state)
        number = page_number(request.args.get("page"))
        pages = pages_of(number, count, INBOX_PAGE, lambda each: _inbox_href(state, each))
        offset = (pages.number - 1) * INBOX_PAGE
        rows = queries.inbox(session, viewer(), state=state, limit=INBOX_PAGE, offset=offset)
    return render(
        InboxPage(
            tabs=(
                (gettext("Waiting"), _inbox_href("open"), state == "open", waiting),
                (gettext("Answered"), _inbox_href("answered"), state == "answered", None),
            ),
            rows=tuple(
                line_of(one, url_for("help.desk_question", question_id=one.id)) for one in rows
            ),
            pages=pages,
            state=state,
            now=clock.now(),
        )
    )


@section.get("/desk/questions/<int:question_id>", access=ANSWER)
def desk_question(question_id: int) -> Response:
    """One conversation, as those who answer read it."""
    with reading() as session:
        return render(desk_page(session, question_id))


@section.post("/desk/questions/<int:question_id>/answers", access=ANSWER)
def answer(question_id: int) -> Response:
    """Answer."""
    form = AnswerForm()
    try:
        if not form.validate_on_submit():
            return _refused_answer(question_id, form)
        with writing() as session:
            words, now = form.answer.data, clock.now()
            commands.answer(session, viewer(), part(PackLibrary), question_id, words=words, now=now)
    except Refused as error:
        form.refuse(error)
        return _refused_answer(question_id, form)
    flash_done(N_("Sent. The one who asked gets it by mail too."))
    return _back_to_desk(question_id)


@section.post("/desk/questions/<int:question_id>/audience", access=ANSWER)
def hide(question_id: int) -> Response:
    """Hide a question from the coalition."""
    with writing() as session:
        commands.hide_from_coalition(session, viewer(), question_id, now=clock.now())
    flash_done(HIDDEN)
    return _back_to_desk(question_id)


@section.post("/desk/questions/<int:question_id>/article", access=EDIT)
def publish(question_id: int) -> Response:
    """Make an article of a good answer."""
    form = ArticleForm()
    try:
        if not form.validate_on_submit():
            return _refused_article(question_id, form)
        with writing() as session:
            commands.publish(
                session,
                viewer(),
                question_id,
                title=form.title.data,
                words=form.words.data,
                language=form.language.data,
                now=clock.now(),
            )
    except Refused as error:
        form.refuse(error)
        return _refused_article(question_id, form)
    flash_done(N_("The article is on the step’s page now."))
    return _back_to_desk(question_id)


@section.post("/desk/articles/<int:article_id>/withdrawal", access=EDIT)
def withdraw(article_id: int) -> Response:
    """Take an article back."""
    with writing() as session:
        commands.withdraw_article(session, viewer(), article_id, now=clock.now())
    flash_done(N_("The article is no longer shown."))
    return see_other(_inbox_href("answered"))


def _campaign(session: Session, campaign_id: int, permission: Permission) -> CampaignRow:
    campaign = get_campaign(session, viewer(), campaign_id, permission)
    use_zone(campaign.timezone)
    return campaign


def _own(session: Session, campaign_id: int, question_id: int) -> None:
    campaign = get_campaign(session, viewer(), campaign_id, Permission.QUESTION_ASK)
    queries.get_own_question(session, viewer(), campaign, question_id)


def _refused_further(campaign_id: int, question_id: int, form: FurtherForm) -> Response:
    with reading(reach=reach_of_coalitions(viewer())) as session:
        campaign = _campaign(session, campaign_id, Permission.QUESTION_ASK)
        return render(team_page(session, campaign, question_id, form), 422)


def _refused_answer(question_id: int, form: AnswerForm) -> Response:
    with reading() as session:
        return render(desk_page(session, question_id, form=form), 422)


def _refused_article(question_id: int, form: ArticleForm) -> Response:
    with reading() as session:
        return render(desk_page(session, question_id, article_form=form), 422)


def _back(campaign_id: int, question_id: int) -> Response:
    return see_other(url_for("help.question", campaign_id=campaign_id, question_id=question_id))


def _back_to_desk(question_id: int) -> Response:
    return see_other(url_for("help.desk_question", question_id=question_id))


def _inbox_href(state: str, number: int = 1) -> str:
    wanted = None if state == "open" else state
    return url_for("help.inbox", state=wanted, page=number if number > 1 else None)


def _hit(campaign: CampaignRow, found: Entry) -> HitView:
    step = part(PackLibrary).step_title(campaign.pack_id, found.step_key, current_language())
    href = url_for("route.step", campaign_id=campaign.id, key=found.step_key)
    if found.question_id is not None:
        href = url_for("help.question", campaign_id=campaign.id, question_id=found.question_id)
    return HitView(kind=found.kind.value, title=shortened(found.title), step=step, href=href)
