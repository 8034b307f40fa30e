"""The papers of a campaign: the list, one of them, issuing it and sending it to be checked."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from flask import url_for
from werkzeug.wrappers import Response

from app import clock
from app.access import Permission
from app.accounts.queries import get_campaign
from app.errors import Conflict, Refused
from app.reviews import commands as reviews
from app.texts import N_
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kernel import part
from app.web.language import current_language, say
from app.web.pages import flash_done, flash_warn, render, see_other
from app.web.templating import use_zone
from documents.paperwork.commands import issuing, scans
from documents.paperwork.describing import source_view
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.pages import PaperLine, PaperPage, PapersPage
from documents.paperwork.queries.papers import find_paper
from documents.paperwork.standing import Standing, standing_of, standings_of
from documents.paperwork.views import telling
from documents.paperwork.views.section import (
    PAPER,
    PAPERS,
    READS,
    WORKS,
    Work,
    open_paper,
    section,
)


@section.get(PAPERS, access=READS)
def index(campaign_id: int) -> Response:
    """Every kind of paper the campaign needs, and how far each is."""
    now, desk = clock.now(), part(PaperworkDesk)
    with reading() as session:
        campaign = get_campaign(session, viewer(), campaign_id, Permission.PAPER_READ)
        found = standings_of(session, desk, campaign, now)
    use_zone(campaign.timezone)
    documents = desk.kinds.find(campaign.pack_id)
    words = documents.words_in(current_language()).kind if documents else {}
    return render(
        PapersPage(
            candidate=campaign.candidate_name,
            own=viewer().may(Permission.PAPER_WORK, campaign.scope),
            papers=tuple(
                PaperLine(
                    title=words[standing.kind.key].title,
                    href=url_for("paperwork.show", campaign_id=campaign.id, kind=standing.kind.key),
                    stage=standing.stage.value,
                    number=standing.newest.number if standing.newest else "",
                    stale=standing.is_stale,
                )
                for standing in found
            ),
            route_href=f"/campaigns/{campaign.id}",
        )
    )


@section.get(PAPER, access=READS)
def show(campaign_id: int, kind: str) -> Response:
    """One paper: where it stands and what to do now."""
    return show_paper(campaign_id, kind)


def show_paper(
    campaign_id: int,
    kind: str,
    status: int = 200,
    *,
    refusal: Refused | None = None,
) -> Response:
    """Show a paper, with what was refused when something was."""
    now, desk = clock.now(), part(PaperworkDesk)
    with reading() as session:
        work = open_paper(session, campaign_id, kind, permission=Permission.PAPER_READ, now=now)
        standing = standing_of(session, desk, work.campaign, work.kind, work.interview, now)
    return render(paper_page(work, standing, refusal), status)


@section.post(f"{PAPER}/issue", access=WORKS)
def issue(campaign_id: int, kind: str) -> Response:
    """Issue the paper as the answers stand."""
    now, desk = clock.now(), part(PaperworkDesk)
    try:
        with writing() as session:
            work = open_paper(session, campaign_id, kind, permission=Permission.PAPER_WORK, now=now)
            made = issuing.issue(
                session,
                viewer(),
                work.campaign,
                work.form,
                work.interview,
                desk=desk,
                now=now,
            )
    except Refused as refusal:
        return show_paper(campaign_id, kind, 422, refusal=refusal)
    flash_done(N_("Issued as {number}. The file is being made."), number=made.number)
    return _back(campaign_id, kind)


@section.post(f"{PAPER}/again", access=WORKS)
def try_again(campaign_id: int, kind: str) -> Response:
    """Have the newest version typeset once more."""
    now, desk = clock.now(), part(PaperworkDesk)
    with writing() as session:
        work = open_paper(session, campaign_id, kind, permission=Permission.PAPER_WORK, now=now)
        issuing.try_again(session, viewer(), work.campaign, kind, desk=desk, now=now)
    return _back(campaign_id, kind)


@section.post(f"{PAPER}/send", access=WORKS)
def send(campaign_id: int, kind: str) -> Response:
    """Send the signed paper to be checked."""
    now, desk = clock.now(), part(PaperworkDesk)
    try:
        with writing() as session:
            work = open_paper(session, campaign_id, kind, permission=Permission.PAPER_WORK, now=now)
            desk.gates.require_workable(session, viewer(), work.campaign, work.kind.step, now=now)
            review = scans.hand_in(session, viewer(), work.campaign, work.kind, now=now)
    except Refused as refusal:
        return show_paper(campaign_id, kind, 422, refusal=refusal)
    local = review.promised_at.astimezone(ZoneInfo(work.campaign.timezone))
    flash_done(
        N_("Sent to be checked. We promise an answer by {moment}."),
        moment=f"{local:%d.%m.%Y %H:%M}",
    )
    return _back(campaign_id, kind)


@section.post(f"{PAPER}/withdraw", access=WORKS)
def withdraw(campaign_id: int, kind: str) -> Response:
    """Take back what is waiting to be checked."""
    now = clock.now()
    with writing() as session:
        work = open_paper(session, campaign_id, kind, permission=Permission.PAPER_WORK, now=now)
        paper = find_paper(session, campaign_id, kind)
        if paper is None or paper.review_id is None:
            raise Conflict(N_("There is nothing to take back."))
        reviews.withdraw(
            session,
            viewer(),
            campaign_id,
            paper.review_id,
            step_key=work.kind.step,
            now=now,
        )
    flash_warn(N_("Taken back. You can change it and send it again."))
    return _back(campaign_id, kind)


def _back(campaign_id: int, kind: str) -> Response:
    return see_other(url_for("paperwork.show", campaign_id=campaign_id, kind=kind))


def paper_page(work: Work, standing: Standing, refusal: Refused | None) -> PaperPage:
    """Put one paper into words."""
    campaign, kind, documents = work.campaign, work.kind, work.documents
    language = current_language()
    words = documents.kind_words(kind.key, language)
    here = telling.Addresses(campaign_id=campaign.id, kind=kind.key)
    own = viewer().may(Permission.PAPER_WORK, campaign.scope)
    day = standing.paper.accepted_day if standing.paper else None
    return PaperPage(
        title=words.title,
        candidate=campaign.candidate_name,
        why=words.why,
        draft="" if work.form.version.official else words.draft,
        stage=standing.stage.value,
        note=standing.paper.note if standing.paper else "",
        steps=telling.steps(standing),
        own=own,
        have=work.interview.have,
        needed=work.interview.needed,
        in_the_way=telling.in_the_way(work, here),
        questions_href=here.questions(work),
        review_href=here.first_page(work),
        preview_action=here.to("preview"),
        issue_action=here.to("issue"),
        again_action=here.to("try_again"),
        issues=tuple(telling.issue_view(found, here) for found in standing.issues),
        differences=telling.difference_views(work, standing),
        form_changed=standing.form_changed,
        sign=words.sign,
        hand=tuple((words.hand[place.key], source_view(place, documents)) for place in kind.hand),
        phrases=tuple(
            (telling.phrase_words(work, phrase), source_view(phrase, documents))
            for phrase in kind.phrase
        ),
        scans=tuple(telling.scan_view(scan, here) for scan in standing.scans),
        scan_action=here.to("add_scan"),
        send_action=here.to("send"),
        withdraw_action=here.to("withdraw"),
        pages_missing=standing.pages_missing,
        refused=telling.refusal_words(work, refusal) if refusal else "",
        file_error=say(refusal) if refusal and refusal.field == "file" else "",
        accepted_on=date.fromordinal(day) if day else None,
        here=here.to("show"),
        index_href=url_for("paperwork.index", campaign_id=campaign.id),
        step_href=f"/campaigns/{campaign.id}/steps/{kind.step}",
    )
