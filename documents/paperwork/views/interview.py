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
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kernel import part
from app.web.language import current_language, say
from app.web.pages import flash_done, is_fragment, render, see_other
from documents.paperwork.commands.answers import Contested, Typed, save_answers, show_sealed
from documents.paperwork.describing import PREFIX, Asking, question_view
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.pages import AnswerPart, PageLink, QuestionsPage, QuestionView
from documents.paperwork.queries.answers import suggestions
from documents.paperwork.rules.interview import PageState
from documents.paperwork.shape import InterviewPage
from documents.paperwork.views.section import PAPER, WORKS, Work, open_paper, section

UNKNOWN = "u-"
VERSION = "v-"
WAS = "w-"


@section.get(f"{PAPER}/questions/<page>", access=WORKS)
def questions(campaign_id: int, kind: str, page: str) -> Response:
    """One page of questions with what was answered so far."""
    now = clock.now()
    with reading() as session:
        work = open_paper(session, campaign_id, kind, permission=Permission.PAPER_WORK, now=now)
    return render(questions_page(work, _page(work, page).page, _asking(work, complain=False)))


@section.post(f"{PAPER}/questions/<page>", access=WORKS)
def save(campaign_id: int, kind: str, page: str) -> Response:
    """Keep the answers of a page, or the one that is just being typed, and say how they look."""
    now, desk = clock.now(), part(PaperworkDesk)
    typed = _typed(request.form)
    try:
        with writing() as session:
            work = open_paper(session, campaign_id, kind, permission=Permission.PAPER_WORK, now=now)
            keys = frozenset(_page(work, page).page.fields)
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
        return _again(campaign_id, kind, page, typed, refusal=refusal)
    contested = {found.key: found for found in kept.contested}
    if is_fragment():
        return _one_answer(campaign_id, kind, page, typed, contested)
    if contested:
        return _again(campaign_id, kind, page, typed, contested=contested)
    return _onwards(campaign_id, kind, page)


def _onwards(campaign_id: int, kind: str, page: str) -> Response:
    """Go to the next page, back to this one when something on it is wrong, or to the paper."""
    with reading() as session:
        work = open_paper(
            session, campaign_id, kind, permission=Permission.PAPER_WORK, now=clock.now()
        )
    keys = [state.page.key for state in work.interview.pages]
    this = _page(work, page)
    wrong = any(asked.is_in_the_way and asked.given.text for asked in this.questions)
    if wrong:
        return render(questions_page(work, this.page, _asking(work)), 422)
    flash_done(N_("Saved."))
    after = keys.index(page) + 1
    if after < len(keys) and request.form.get("action") != "leave":
        return see_other(_href(work, keys[after]))
    return see_other(url_for("paperwork.show", campaign_id=campaign_id, kind=kind))


def _one_answer(
    campaign_id: int,
    kind: str,
    page: str,
    typed: Mapping[str, Typed],
    contested: Mapping[str, Contested],
) -> Response:
    """Answer a field that was saved while typing: its state only.

    A conflict is answered with 200 here: htmx puts nothing on the page that comes with a refusal.
    """
    with reading() as session:
        work = open_paper(
            session, campaign_id, kind, permission=Permission.PAPER_WORK, now=clock.now()
        )
    key = next(iter(typed), "")
    asked = next((q for q in _page(work, page).questions if q.answer.key == key), None)
    if asked is None:
        raise Missing
    saved = frozenset(typed) - frozenset(contested)
    asking = replace(_asking(work), contested=contested, saved=saved)
    return render(AnswerPart(question=question_view(asked, asking)))


def _again(
    campaign_id: int,
    kind: str,
    page: str,
    typed: Mapping[str, Typed],
    *,
    contested: Mapping[str, Contested] | None = None,
    refusal: Refused | None = None,
) -> Response:
    """Show the page with everything that was typed; sealed texts are typed anew."""
    with reading() as session:
        work = open_paper(
            session, campaign_id, kind, permission=Permission.PAPER_WORK, now=clock.now()
        )
    answers = work.documents.answers
    shown = {
        key: entry.text for key, entry in typed.items() if key in answers and not answers[key].seal
    }
    asking = replace(_asking(work), typed=shown, contested=contested or {})
    found = questions_page(work, _page(work, page).page, asking, refusal=refusal)
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
        state = next((s for s in work.interview.pages if key in s.page.fields), None)
        if answer is None or state is None:
            raise Missing
        text = show_sealed(session, viewer(), campaign_id, answer, seal=desk.seal, now=now)
    asking = replace(_asking(work, complain=False), shown={key: text})
    answer_page = render(questions_page(work, state.page, asking))
    answer_page.headers["Cache-Control"] = "no-store"
    return answer_page


def questions_page(
    work: Work, page: InterviewPage, asking: Asking, *, refusal: Refused | None = None
) -> QuestionsPage:
    """Put one page of the interview into words."""
    words = work.documents.kind_words(work.kind.key, current_language())
    keys = [state.page.key for state in work.interview.pages]
    state = _page(work, page.key)
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
            for found in work.interview.pages
        ),
        number=keys.index(page.key) + 1,
        questions=tuple(
            _refused(question_view(asked, asking), refusal) for asked in state.questions
        ),
        have=work.interview.have,
        needed=work.interview.needed,
        action=_href(work, page.key),
        is_last=page.key == keys[-1],
        refused=say(refusal) if refusal else "",
    )


def _refused(view: QuestionView, refusal: Refused | None) -> QuestionView:
    if refusal is None or refusal.field != view.key:
        return view
    return replace(view, problem=say(refusal))


def _page(work: Work, key: str) -> PageState:
    for state in work.interview.pages:
        if state.page.key == key:
            return state
    raise Missing


def _href(work: Work, page: str) -> str:
    return url_for(
        "paperwork.questions", campaign_id=work.campaign.id, kind=work.kind.key, page=page
    )


def _asking(work: Work, *, complain: bool = True) -> Asking:
    return Asking(
        campaign_id=work.campaign.id,
        documents=work.documents,
        kind=work.kind,
        seal=part(PaperworkDesk).seal,
        suggested=suggestions(work.campaign, work.documents.answers),
        complain=complain,
    )


def _typed(form: Mapping[str, str]) -> dict[str, Typed]:
    """Give what came in for each answer, by the keys of the pack."""
    found: dict[str, Typed] = {}
    for name in form:
        if not name.startswith((PREFIX, UNKNOWN)):
            continue
        key = name[len(PREFIX) :]
        version = form.get(VERSION + key, "")
        found[key] = Typed(
            text=form.get(PREFIX + key, ""),
            unknown=form.get(UNKNOWN + key, "") != "",
            version=int(version) if version.isdecimal() and len(version) < 10 else 0,
            was=form.get(WAS + key),
        )
    return found
