"""One paper of a campaign: where it stands, issuing it and sending it to be checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask import request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app import clock
from app.access import Permission
from app.addresses import step_address
from app.errors import Conflict, Forbidden, Refused
from app.reviews import commands as reviews
from app.reviews.promising import say_sent
from app.reviews.rules import Queue, may_decide_in, route_queue
from app.texts import N_
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.kernel import part
from app.web.language import current_language
from app.web.pages import flash_done, flash_warn, render, see_other
from documents.paperwork.commands import issuing, scans
from documents.paperwork.describing import source_view
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.pages import ClearingView
from documents.paperwork.paper_pages import BarrierView, IssueView, PaperPage
from documents.paperwork.queries.changes import saved_when
from documents.paperwork.queries.opening import opening
from documents.paperwork.queries.papers import IssueRow, find_paper, press_errors
from documents.paperwork.remarks import Remarked
from documents.paperwork.rules.standing import SUBJECT_KIND, IssueState
from documents.paperwork.standing import Standing, as_open_to, as_read, standing_of
from documents.paperwork.views import telling
from documents.paperwork.views.barring import barrier_view
from documents.paperwork.views.clearing import clearing_view
from documents.paperwork.views.failing import failure_view
from documents.paperwork.views.reading import found_above
from documents.paperwork.views.section import (
    PAPER,
    READS,
    WORKS,
    Work,
    open_paper,
    section,
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
    refusal: Refused | Conflict | Forbidden | None = None,
    file_errors: tuple[str, ...] = (),
) -> Response:
    """Show a paper, with what was refused when something was; ``file_errors``: file by file."""
    now, desk = clock.now(), part(PaperworkDesk)
    with reading() as session:
        work = open_paper(session, campaign_id, kind, permission=Permission.PAPER_READ, now=now)
        whole = standing_of(
            session,
            desk,
            work.campaign,
            work.kind,
            work.interview,
            now,
            is_needed=work.is_needed,
        )
        opened = opening(session, viewer(), work.campaign)
        read = whole if opened.everything else as_read(whole, work.documents.answers)
        standing = as_open_to(read, opened)
        said = Said(
            refusal=refusal,
            file_errors=file_errors,
            clearing=clearing_view(
                session, work, refusal if isinstance(refusal, Refused) else None
            ),
            barrier=barrier_view(session, work, standing, now=now),
            saved=saved_when(session, campaign_id, telling.sealed_changes(work, standing)),
            remarked=found_above(session, work, now=now),
            failed=_failed(session, whole),
            newest=whole.newest.id if whole.newest else None,
            closed=bool(whole.issues) and not standing.issues,
        )
    return render(paper_page(work, standing, said), status)


def _failed(session: Session, standing: Standing) -> Mapping[int, str]:
    """Ask why files could not be made, where there are such."""
    if standing.paper is None or all(
        issue.state is not IssueState.FAILED for issue in standing.issues
    ):
        return {}
    campaign_id = standing.issues[0].campaign_id
    return press_errors(session, campaign_id, standing.paper.id)


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
            desk.gates.require_takes_papers(
                session, viewer(), work.campaign, work.kind.step, now=now
            )
            review = scans.hand_in(
                session,
                viewer(),
                work.campaign,
                work.kind,
                anyway=bool(request.form.get("anyway")),
                now=now,
            )
    except Refused as refusal:
        return show_paper(campaign_id, kind, 422, refusal=refusal)
    except Conflict as conflict:
        # What changed meanwhile is said where the photos are, with the way to mend it.
        return show_paper(campaign_id, kind, 409, refusal=conflict)
    except Forbidden as forbidden:
        return show_paper(campaign_id, kind, 403, refusal=forbidden)
    say_sent(review, work.campaign.timezone)
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
            subject_kind=SUBJECT_KIND,
            step_key=work.kind.step,
            now=now,
        )
    flash_warn(N_("Taken back. You can change it and send it again."))
    return _back(campaign_id, kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said on the page of a paper besides where it stands."""

    refusal: Refused | Conflict | Forbidden | None
    file_errors: tuple[str, ...]
    clearing: ClearingView | None
    barrier: BarrierView | None
    saved: Mapping[str, datetime]
    """When the sealed answers that changed were saved."""
    remarked: Remarked | None
    failed: Mapping[int, str]
    """The codes of the press by version."""
    newest: int | None
    """The version to be printed, also when it is not open to the viewer."""
    closed: bool
    """Whether what was issued is not open to the viewer."""


def _issue_view(issue: IssueRow, work: Work, here: telling.Addresses, said: Said) -> IssueView:
    failed = issue.state is IssueState.FAILED
    return telling.issue_view(
        issue,
        here,
        newest=said.newest,
        failure=failure_view(said.failed.get(issue.id, ""), work, here) if failed else None,
        editable=work.kind.editable,
    )


def _back(campaign_id: int, kind: str) -> Response:
    return see_other(telling.Addresses(campaign_id=campaign_id, kind=kind).still("show"))


def _decides(work: Work) -> bool:
    """Say whether the viewer sits at the desk that decides about this paper.

    What a reviewer writes about a paper may name what is on it.
    """
    asked, campaign = Queue(work.kind.queue), work.campaign
    queue = route_queue(asked, organisation_id=campaign.organisation_id)
    return may_decide_in(viewer(), campaign.scope, queue)


def paper_page(work: Work, standing: Standing, said: Said) -> PaperPage:
    """Put one paper into words, as far as it is open to the viewer."""
    campaign, kind, documents = work.campaign, work.kind, work.documents
    language = current_language()
    words = documents.kind_words(kind.key, language)
    here = telling.Addresses(campaign_id=campaign.id, kind=kind.key)
    own = viewer().may(Permission.PAPER_WORK, campaign.scope)
    day = standing.paper.accepted_day if standing.paper else None
    issues = tuple(_issue_view(issue, work, here, said) for issue in standing.issues)
    printed = work.interview.printed() if own else telling.opened_answers(standing)
    return PaperPage(
        title=words.title,
        candidate=campaign.candidate_name,
        why=words.why,
        draft=words.draft if work.edition and not work.edition.official else "",
        stage=standing.told,
        stale=standing.is_stale,
        barrier=said.barrier,
        doubt=telling.doubt_view(standing, said.refusal),
        note=standing.paper.note if standing.paper and (own or _decides(work)) else "",
        steps=telling.steps(standing),
        own=own,
        # A number that changes with a sealed answer tells what it says: for those who work on it.
        have=work.interview.have if own else 0,
        needed=work.interview.needed if own else 0,
        in_the_way=telling.in_the_way(work, here) if own else (),
        questions_href=here.questions(work) if own else "",
        review_href=here.first_page(work),
        preview_action=here.still("preview"),
        issue_action=here.still("issue"),
        again_action=here.still("try_again"),
        issues=tuple(issue for issue in issues if not issue.earlier),
        earlier=tuple(issue for issue in issues if issue.earlier),
        differences=telling.difference_views(work, standing, said.saved),
        form_changed=standing.form_changed,
        made_here=kind.is_printed,
        needed_now=standing.is_needed,
        signers=tuple(
            documents.words_in(language).signer.get(signer, "") for signer in kind.signers
        )
        if len(kind.signers) > 1
        else (),
        certify_action=here.still("certify") if kind.certify else "",
        clearing=said.clearing,
        remarked=said.remarked,
        closed=said.closed,
        sign=words.sign,
        hand=tuple((words.hand[place.key], source_view(place, documents)) for place in kind.hand),
        phrases=tuple(
            (telling.phrase_words(work, phrase, printed), source_view(phrase, documents))
            for phrase in kind.phrase
        ),
        scans=tuple(telling.scan_view(scan, here, newest=said.newest) for scan in standing.scans),
        scan_action=here.still("add_scan"),
        send_action=here.still("send"),
        withdraw_action=here.still("withdraw"),
        pages_told=telling.pages_view(standing),
        compare_href=here.still("compare") if standing.scans else "",
        refused=telling.refusal_words(work, said.refusal) if said.refusal else "",
        file_errors=said.file_errors or telling.file_errors(said.refusal),
        accepted_on=date.fromordinal(day) if day else None,
        here=here.still("show"),
        index_href=url_for("paperwork.index", campaign_id=campaign.id),
        step_href=step_address(campaign.id, kind.step),
    )
