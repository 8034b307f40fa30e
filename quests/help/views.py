"""Screens around questions: a campaign's own, the conversation, and the inbox of those who help."""

from __future__ import annotations

from flask import request, url_for
from werkzeug.wrappers import Response

from app import clock
from app.access import Holds, Permission
from app.accounts.queries import get_campaign
from app.errors import Missing, Refused
from app.texts import N_
from app.ui.paging import pages_of
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kernel import kernel, part
from app.web.language import current_language, gettext
from app.web.pages import flash_done, render, see_other
from app.web.routing import Section
from app.web.templating import use_zone
from quests.help import commands, queries
from quests.help.forms import AnswerForm, ArticleForm, QuestionForm
from quests.help.pages import HitView, InboxPage, QuestionLine, QuestionPage, QuestionsPage
from quests.help.queries import QuestionRow
from quests.help.rules import Entry, search
from quests.help.stemming import query_stems
from quests.help.step_help import line_of, seeded_entries, step_title
from quests.route.library import PackLibrary
from quests.route.standing import require_reachable
from quests.route.views import show_step

INBOX_PAGE = 30
MOST_HITS = 20
LONGEST_SEARCH = 200
ASK = Holds(Permission.QUESTION_ASK)
ANSWER = Holds(Permission.QUESTION_ANSWER)

section = Section("help", __name__)


@section.get("/campaigns/<int:campaign_id>/questions", access=Holds(Permission.ROUTE_READ))
def questions(campaign_id: int) -> Response:
    """List what the campaign asked; with ``q``, search help and answers."""
    sought = request.args.get("q", "")[:LONGEST_SEARCH].strip()
    wanted = query_stems(sought)
    with reading() as session:
        campaign = get_campaign(session, viewer(), campaign_id, Permission.ROUTE_READ)
        use_zone(campaign.timezone)
        mine = queries.questions_of_campaign(session, viewer(), campaign.id)
        answered = queries.answered_entries(
            session,
            viewer(),
            coalition_id=campaign.coalition_id,
            pack_id=campaign.pack_id,
            wanted=wanted,
        )
    pack = part(PackLibrary)[campaign.pack_id]
    hits = search((*answered, *seeded_entries(pack, current_language())), wanted, MOST_HITS)
    return render(
        QuestionsPage(
            campaign_id=campaign.id,
            search=sought,
            hits=tuple(_hit(campaign.id, campaign.pack_id, found) for found in hits),
            mine=tuple(_line(one, campaign_id=campaign.id) for one in mine),
            now=clock.now(),
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


@section.get("/campaigns/<int:campaign_id>/questions/<int:question_id>", access=ASK)
def question(campaign_id: int, question_id: int) -> Response:
    """One conversation, as the campaign reads it."""
    return _show(question_id, AnswerForm(formdata=None), campaign_id=campaign_id)


@section.post("/campaigns/<int:campaign_id>/questions/<int:question_id>/answers", access=ASK)
def follow_up(campaign_id: int, question_id: int) -> Response:
    """The team asks further."""
    return _answer(question_id, campaign_id)


@section.post("/campaigns/<int:campaign_id>/questions/<int:question_id>/rating", access=ASK)
def rate(campaign_id: int, question_id: int) -> Response:
    """Say whether the answer helped."""
    useful = request.form.get("useful") == "yes"
    with writing() as session:
        get_campaign(session, viewer(), campaign_id, Permission.QUESTION_ASK)
        commands.rate(session, viewer(), question_id, useful=useful, now=clock.now())
    flash_done(N_("Thank you. Useful answers are shown first."))
    return see_other(_base(campaign_id, question_id))


@section.get("/desk/questions", access=ANSWER)
def inbox() -> Response:
    """Questions that wait, longest waiting first."""
    state = "answered" if request.args.get("state") == "answered" else "open"
    text = request.args.get("page", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    with reading() as session:
        offset = (max(number, 1) - 1) * INBOX_PAGE
        rows, count = queries.inbox(session, viewer(), state=state, limit=INBOX_PAGE, offset=offset)
        other = queries.inbox(session, viewer(), state="open", limit=0, offset=0)[1]
    return render(
        InboxPage(
            tabs=(
                (gettext("Waiting"), url_for("help.inbox"), state == "open", other),
                (
                    gettext("Answered"),
                    url_for("help.inbox", state="answered"),
                    state == "answered",
                    None,
                ),
            ),
            rows=tuple(_line(one, campaign_id=None) for one in rows),
            pages=pages_of(
                number,
                count,
                INBOX_PAGE,
                lambda each: url_for("help.inbox", state=state, page=each),
            ),
            state=state,
            now=clock.now(),
        )
    )


@section.get("/desk/questions/<int:question_id>", access=ANSWER)
def desk_question(question_id: int) -> Response:
    """One conversation, as those who answer read it."""
    return _show(question_id, AnswerForm(formdata=None), campaign_id=None)


@section.post("/desk/questions/<int:question_id>/answers", access=ANSWER)
def answer(question_id: int) -> Response:
    """Answer."""
    return _answer(question_id, None)


@section.post("/desk/questions/<int:question_id>/audience", access=ANSWER)
def set_audience(question_id: int) -> Response:
    """Show a question to the coalition, or hide it from it."""
    public = request.form.get("audience") == "coalition"
    with writing() as session:
        commands.set_audience(session, viewer(), question_id, public=public)
    flash_done(
        N_("Everybody in the coalition can read it now, without names.")
        if public
        else N_("Only the team and those who answer can read it now.")
    )
    return see_other(_base(None, question_id))


@section.post("/desk/questions/<int:question_id>/article", access=Holds(Permission.HELP_EDIT))
def publish(question_id: int) -> Response:
    """Make an article of a good answer."""
    form = ArticleForm()
    if not form.validate_on_submit():
        return _show(question_id, AnswerForm(formdata=None), None, article_form=form, status=422)
    try:
        with writing() as session:
            commands.publish(
                session,
                viewer(),
                question_id,
                title=form.title.data,
                words=form.words.data,
                language=current_language(),
                now=clock.now(),
            )
    except Refused as error:
        form.refuse(error)
        return _show(question_id, AnswerForm(formdata=None), None, article_form=form, status=422)
    flash_done(N_("The article is on the step’s page now."))
    return see_other(_base(None, question_id))


@section.post("/desk/articles/<int:article_id>/withdrawal", access=Holds(Permission.HELP_EDIT))
def withdraw(article_id: int) -> Response:
    """Take an article back."""
    with writing() as session:
        commands.withdraw_article(session, viewer(), article_id, now=clock.now())
    flash_done(N_("The article is no longer shown."))
    return see_other(url_for("help.inbox", state="answered"))


def _answer(question_id: int, campaign_id: int | None) -> Response:
    form = AnswerForm()
    if not form.validate_on_submit():
        return _show(question_id, form, campaign_id, status=422)
    try:
        with writing() as session:
            if campaign_id is not None:
                get_campaign(session, viewer(), campaign_id, Permission.QUESTION_ASK)
            commands.answer(
                session,
                viewer(),
                question_id,
                words=form.answer.data,
                step_title=step_title,
                link=_letter_link,
                now=clock.now(),
            )
    except Refused as error:
        form.refuse(error)
        return _show(question_id, form, campaign_id, status=422)
    flash_done(N_("Sent. The one who asked gets it by mail too."))
    return see_other(_base(campaign_id, question_id))


def _letter_link(found: QuestionRow) -> str:
    path = url_for("help.question", campaign_id=found.campaign_id, question_id=found.id)
    return kernel().settings.base_url + path


def _base(campaign_id: int | None, question_id: int) -> str:
    if campaign_id is None:
        return url_for("help.desk_question", question_id=question_id)
    return url_for("help.question", campaign_id=campaign_id, question_id=question_id)


def _show(
    question_id: int,
    form: AnswerForm,
    campaign_id: int | None,
    *,
    article_form: ArticleForm | None = None,
    status: int = 200,
) -> Response:
    with reading() as session:
        found = queries.get_question(session, viewer(), question_id)
        if campaign_id is None and not found.may_answer:
            raise Missing
        if campaign_id is not None:
            get_campaign(session, viewer(), campaign_id, Permission.QUESTION_ASK)
        turns = queries.thread(session, found)
        articles = queries.articles_on_step(
            session,
            coalition_id=found.coalition_id,
            pack_id=found.pack_id,
            step_key=found.step_key,
            language=current_language(),
        )
    may_publish = viewer().may(Permission.HELP_EDIT, found.scope) and found.state == "answered"
    if may_publish and article_form is None:
        last = next((turn.words for turn in reversed(turns) if turn.helps), "")
        article_form = ArticleForm(formdata=None, title=found.words[:200], words=last)
    at_desk = campaign_id is None
    return render(
        QuestionPage(
            question=found,
            turns=turns,
            step=step_title(found, current_language()),
            step_href=url_for(
                "route.step", campaign_id=campaign_id or found.campaign_id, key=found.step_key
            ),
            back_href=url_for("help.inbox")
            if at_desk
            else url_for("help.questions", campaign_id=campaign_id),
            back_label=gettext("Questions"),
            form=form,
            article_form=article_form if may_publish and at_desk else None,
            articles=tuple((one.id, one.title) for one in articles if one.question_id == found.id),
            base=_base(campaign_id, question_id),
            now=clock.now(),
        ),
        status,
    )


def _line(found: QuestionRow, *, campaign_id: int | None) -> QuestionLine:
    return line_of(found, _base(campaign_id, found.id), current_language())


def _hit(campaign_id: int, pack_id: str, found: Entry) -> HitView:
    words = part(PackLibrary)[pack_id].words_in(current_language())
    href = url_for("route.step", campaign_id=campaign_id, key=found.step_key)
    if found.question_id is not None and found.kind.value == "answered":
        href = _base(campaign_id, found.question_id)
    return HitView(
        kind=found.kind.value,
        title=found.title,
        text=found.text[:240],
        step=words.step[found.step_key].title if found.step_key in words.step else "",
        href=href,
    )
