"""The interview: small pages of questions, saved as one types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flask import request, url_for
from werkzeug.wrappers import Response

from app import clock
from app.access import Holds, Permission
from app.errors import Missing, Refused
from app.texts import N_
from app.web.access import SIGN_IN, viewer
from app.web.database import reading, writing
from app.web.kernel import part
from app.web.language import current_language, say
from app.web.pages import flash_done, flash_warn, is_fragment, render, see_other
from documents.paperwork.commands.answers import Contested, Typed, save_answers, show_sealed
from documents.paperwork.describing import Asking, question_view
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.interview_pages import AnswerPart, PageLink, QuestionsPage
from documents.paperwork.pages import QuestionView
from documents.paperwork.views.asking import (
    OpenPage,
    find_page,
    open_page,
    owner_of,
    page_with,
    questions_href,
    typed_in,
)
from documents.paperwork.views.section import PAPER, WORKS, Work, open_paper, section


@section.get(f"{PAPER}/questions/<page>", access=WORKS)
def questions(campaign_id: int, kind: str, page: str) -> Response:
    """One page of questions with what was answered so far."""
    now = clock.now()
    with reading() as session:
        opened = open_page(session, campaign_id, kind, page, now=now)
    return render(questions_page(opened, opened.asking(complain=False)))


@section.post(f"{PAPER}/questions/<page>", access=WORKS)
def save(campaign_id: int, kind: str, page: str) -> Response:
    """Keep the answers of a page, or the one that is just being typed, and say how they look."""
    now, desk = clock.now(), part(PaperworkDesk)
    typed = typed_in(request.form)
    try:
        with writing() as session:
            work = open_paper(session, campaign_id, kind, permission=Permission.PAPER_WORK, now=now)
            keys = frozenset(find_page(work, page).page.fields)
            kept = save_answers(
                session,
                viewer(),
                work.campaign,
                work.documents.answers,
                {key: entry for key, entry in typed.items() if key in keys},
                seal=desk.seal,
                now=now,
            )
    except Refused as refusal:
        if is_fragment():
            return _one_answer(campaign_id, kind, page, typed, {}, refusal=refusal)
        return _again(campaign_id, kind, page, typed, refusal=refusal)
    contested = {found.key: found for found in kept.contested}
    if is_fragment():
        return _one_answer(campaign_id, kind, page, typed, contested)
    if contested:
        return _again(campaign_id, kind, page, typed, contested=contested)
    return _onwards(campaign_id, kind, page, typed)


def _onwards(campaign_id: int, kind: str, page: str, typed: Mapping[str, Typed]) -> Response:
    """Go to the next page, back to this one when something on it is wrong, or to the paper."""
    with reading() as session:
        opened = open_page(session, campaign_id, kind, page, now=clock.now())
    work = opened.work
    wrong = [
        asked.answer.key
        for asked in opened.state.questions
        if asked.is_in_the_way and asked.is_there
    ]
    if wrong:
        # What is to be mended stands in its place, also where else only dots do.
        shown = {key: typed[key].text for key in wrong if key in typed}
        return render(questions_page(opened, replace(opened.asking(), typed=shown)), 422)
    remarked = opened.remarked
    if remarked is not None:
        (flash_warn if remarked.remarks else flash_done)("{words}", words=remarked.verdict)
        return see_other(remarked.back_href)
    flash_done(N_("Saved."))
    keys = [state.page.key for state in work.interview.pages if state.is_asked]
    # A page that the answer just saved made superfluous is no longer among them.
    after = [key for key in keys if _place(work, key) > _place(work, page)]
    if after and request.form.get("action") != "leave":
        return see_other(_href(work, after[0]))
    return see_other(url_for("paperwork.show", campaign_id=campaign_id, kind=kind))


def _place(work: Work, page: str) -> int:
    return [one.key for one in work.kind.page].index(page)


def _one_answer(
    campaign_id: int,
    kind: str,
    page: str,
    typed: Mapping[str, Typed],
    contested: Mapping[str, Contested],
    *,
    refusal: Refused | None = None,
) -> Response:
    """Answer a field that was saved while typing: its state only.

    A conflict and a refusal are answered with 200 here: htmx puts nothing on the page that comes
    with another status.
    """
    with reading() as session:
        opened = open_page(session, campaign_id, kind, page, now=clock.now())
    key = next(iter(typed), "")
    asked = next((q for q in opened.state.questions if q.answer.key == key), None)
    if asked is None:
        raise Missing
    saved = frozenset() if refusal else frozenset(typed) - frozenset(contested)
    asking = replace(opened.asking(), contested=contested, saved=saved)
    remarked = opened.remarked if opened.remarked and opened.remarked.answer == key else None
    question = _refused(question_view(asked, asking), refusal)
    return render(AnswerPart(question=question, remarked=remarked))


def _again(
    campaign_id: int,
    kind: str,
    page: str,
    typed: Mapping[str, Typed],
    *,
    contested: Mapping[str, Contested] | None = None,
    refusal: Refused | None = None,
) -> Response:
    """Show the page with everything that was typed, but for sealed texts that were kept."""
    with reading() as session:
        opened = open_page(session, campaign_id, kind, page, now=clock.now())
    answers = opened.work.documents.answers
    unkept = typed if refusal else contested or {}
    shown = {
        key: entry.text
        for key, entry in typed.items()
        if key in answers and (key in unkept or not answers[key].seal)
    }
    asking = replace(opened.asking(), typed=shown, contested=contested or {})
    found = questions_page(opened, asking, refusal=refusal)
    return render(found, 422 if refusal else 409)


@section.post(
    f"{PAPER}/answers/<key>/show",
    access=Holds(Permission.SEALED_READ),
)
def show_sealed_answer(campaign_id: int, kind: str, key: str) -> Response:
    """Show one sealed answer this once; that it was looked at is written down."""
    now, desk = clock.now(), part(PaperworkDesk)
    with writing() as session:
        work = open_paper(session, campaign_id, kind, permission=Permission.PAPER_WORK, now=now)
        answer = work.documents.answers.get(key)
        if answer is None:
            raise Missing
        opened = open_page(session, campaign_id, kind, page_with(work, key).page.key, now=now)
        text = show_sealed(session, viewer(), campaign_id, answer, seal=desk.seal, now=now)
    asking = replace(opened.asking(complain=False), shown={key: text})
    answer_page = render(questions_page(opened, asking))
    answer_page.headers["Cache-Control"] = "no-store"
    return answer_page


def questions_page(
    opened: OpenPage, asking: Asking, *, refusal: Refused | None = None
) -> QuestionsPage:
    """Put one page of the interview into words."""
    work, page = opened.work, opened.state.page
    words = work.documents.kind_words(work.kind.key, current_language())
    # The page one stands on stays in the list, also when its questions are no longer asked.
    pages = [
        state for state in work.interview.pages if state.is_asked or state.page.key == page.key
    ]
    keys = [state.page.key for state in pages]
    return QuestionsPage(
        title=words.page[page.key],
        paper=words.title,
        paper_href=url_for("paperwork.show", campaign_id=work.campaign.id, kind=work.kind.key),
        pages=tuple(
            PageLink(
                title=words.page[found.page.key],
                href=_href(work, found.page.key),
                done=found.is_done,
                current=found.page.key == page.key,
            )
            for found in pages
        ),
        number=keys.index(page.key) + 1,
        questions=tuple(
            _refused(question_view(asked, asking), refusal) for asked in opened.state.questions
        ),
        have=work.interview.have,
        needed=work.interview.needed,
        action=questions_href(work, page.key),
        is_last=page.key == keys[-1],
        refused=say(refusal) if refusal else "",
        owner=owner_of(work),
        sign_in=url_for(SIGN_IN),
        remarked=opened.remarked,
    )


def _refused(view: QuestionView, refusal: Refused | None) -> QuestionView:
    if refusal is None or refusal.field != view.key:
        return view
    return replace(view, problem=say(refusal))


def _href(work: Work, page: str) -> str:
    return url_for(
        "paperwork.questions", campaign_id=work.campaign.id, kind=work.kind.key, page=page
    )
