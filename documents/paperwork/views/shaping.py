"""Pages of the signed paper: their order, turning and cropping, and all of them side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import request
from werkzeug.wrappers import Response

from app import clock
from app.access import Permission
from app.errors import Missing, Refused, Unavailable
from app.texts import N_
from app.web.access import viewer
from app.web.database import reading, writing
from app.web.errors import answer_refusal
from app.web.kept import note_handed_out, send_kept
from app.web.kernel import part
from app.web.language import current_language, say
from app.web.pages import flash_done, flash_warn, render, see_other
from documents.paperwork import errors
from documents.paperwork.commands import scans
from documents.paperwork.describing import code_words
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.queries.drawing import PDF
from documents.paperwork.queries.opening import get_issue, get_scan, opening
from documents.paperwork.queries.papers import IssueRow, ScanRow, find_paper, scans_of
from documents.paperwork.reshaping.client import reshaped
from documents.paperwork.reshaping.drawings import AGAIN_AFTER_S, MEDIA_TYPE, Page
from documents.paperwork.rules.scans import CodeVerdict, Place, side_by_side
from documents.paperwork.rules.shaping import MOST_CUT, Shape, read_shape
from documents.paperwork.scan_pages import ComparePage, PairView, ShapePage
from documents.paperwork.standing import Standing, as_open_to, standing_of
from documents.paperwork.views.files import scanned_of
from documents.paperwork.views.section import PAPER, READS, WORKS, Work, open_paper, section
from documents.paperwork.views.telling import Addresses, pages_view, scan_view

SCAN = f"{PAPER}/scans/<int:scan_id>"
SCAN_SHOWN, ISSUE_SHOWN = "page of a scan shown", "page of an issued paper shown"
"""What the log says of whoever looked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mine:
    """A scan that is there now, of a paper the viewer works on."""

    work: Work
    scan: ScanRow


@section.post(f"{SCAN}/move", access=WORKS)
def move_scan(campaign_id: int, kind: str, scan_id: int) -> Response:
    """Move a page by one place."""
    now = clock.now()
    with writing() as session:
        work = open_paper(session, campaign_id, kind, permission=Permission.PAPER_WORK, now=now)
        scans.move_scan(
            session,
            viewer(),
            work.campaign,
            work.kind,
            scan_id,
            up=request.form.get("to") == "up",
            now=now,
        )
    return see_other(_paper(campaign_id, kind))


@section.get(f"{SCAN}/shape", access=WORKS)
def shape_scan(campaign_id: int, kind: str, scan_id: int) -> Response:
    """One page large, with what can be done to it."""
    return _shape_page(_mine(campaign_id, kind, scan_id))


@section.post(f"{SCAN}/shape", access=WORKS)
def keep_shape(campaign_id: int, kind: str, scan_id: int) -> Response:
    """Turn and crop a page, always beginning with what came."""
    mine, now = _mine(campaign_id, kind, scan_id), clock.now()
    shape = read_shape(request.form)
    try:
        if shape is None:
            raise Refused("file", errors.SHAPE_WRONG)
        store = part(PaperworkDesk).store
        came = store.get(mine.scan.original_sha256 or mine.scan.sha256)
        scanned = scanned_of(came if shape.is_plain else reshaped(came, shape), mine.scan.name)
        with writing() as session:
            work = open_paper(session, campaign_id, kind, permission=Permission.PAPER_WORK, now=now)
            found = scans.reshape_scan(
                session, viewer(), work.campaign, work.kind, scan_id, scanned, shape, now=now
            )
    except Refused as refusal:
        return _shape_page(mine, shape, refused=say(refusal), status=422)
    if mine.work.kind.is_printed:
        words = code_words(found.verdict, found.number)
        flash = flash_done if found.verdict is CodeVerdict.MATCH else flash_warn
        flash(N_("The page is kept; {verdict}."), verdict=words)
    else:
        flash_done(N_("The page is kept."))
    here = Addresses(campaign_id=campaign_id, kind=kind)
    return see_other(here.still("shape_scan", scan_id=scan_id))


def _mine(campaign_id: int, kind: str, scan_id: int) -> _Mine:
    """Find a scan that is there now. Raises Missing."""
    with reading() as session:
        work = open_paper(
            session, campaign_id, kind, permission=Permission.PAPER_WORK, now=clock.now()
        )
        paper = find_paper(session, campaign_id, kind)
        there = scans_of(session, campaign_id, paper.id) if paper else ()
    found = next((scan for scan in there if scan.id == scan_id), None)
    if found is None:
        raise Missing
    return _Mine(work=work, scan=found)


def _shape_page(
    mine: _Mine, typed: Shape | None = None, *, refused: str = "", status: int = 200
) -> Response:
    scan, kind = mine.scan, mine.work.kind.key
    here = Addresses(campaign_id=mine.work.campaign.id, kind=kind)
    left, top, right, bottom = typed.crop if typed else scan.crop
    return render(
        ShapePage(
            paper=mine.work.documents.kind_words(kind, current_language()).title,
            paper_href=here.still("show"),
            name=scan.name,
            picture=_shown(scan, 1, here),
            file_href=here.to("scan", scan_id=scan.id),
            pages=scan.pages,
            turn=typed.turn if typed else scan.turn,
            crop=(left, top, right, bottom),
            most=MOST_CUT,
            action=here.still("keep_shape", scan_id=scan.id),
            refused=refused,
        ),
        status,
    )


def _shown(scan: ScanRow, number: int, here: Addresses) -> str:
    """Give the address of a page's picture; empty when it is known to take too much."""
    if part(PaperworkDesk).drawings.is_too_heavy(Page(scan.sha256, number)):
        return ""
    return here.to("scan_picture", scan_id=scan.id, number=number)


@section.get(f"{SCAN}/page-<int:number>", access=READS)
def scan_picture(campaign_id: int, kind: str, scan_id: int, number: int) -> Response:
    """A page of a scan as a picture."""
    with reading() as session:
        found = get_scan(session, viewer(), campaign_id, scan_id)
    if not 1 <= number <= found.pages:
        raise Missing
    if found.media_type != PDF:
        note_handed_out(SCAN_SHOWN, campaign_id, scan_id)
        return send_kept(part(PaperworkDesk).store.get(found.sha256), found.media_type)
    return _drawn(Page(found.sha256, number), SCAN_SHOWN, campaign_id, scan_id)


@section.get(f"{PAPER}/issued/<int:issue_id>/page-<int:number>", access=READS)
def issued_picture(campaign_id: int, kind: str, issue_id: int, number: int) -> Response:
    """A page of an issued version as a picture."""
    with reading() as session:
        found = get_issue(session, viewer(), campaign_id, issue_id)
    if not found.sha256 or not 1 <= number <= found.pages:
        raise Missing
    return _drawn(Page(found.sha256, number), ISSUE_SHOWN, campaign_id, issue_id)


def _drawn(page: Page, what: str, campaign_id: int, file_id: int) -> Response:
    """Give a page as a picture; one that is not drawn yet is asked for again by its page.

    Nothing is drawn here: whoever looks waits for nobody. Raises Refused for a page that takes
    too much.
    """
    try:
        picture = part(PaperworkDesk).drawings.find(page)
    except Unavailable as refusal:
        answer = answer_refusal(refusal)
        answer.headers["Retry-After"] = str(AGAIN_AFTER_S)
        return answer
    note_handed_out(what, campaign_id, file_id)
    return send_kept(picture, MEDIA_TYPE)


@section.get(f"{PAPER}/compare", access=READS)
def compare(campaign_id: int, kind: str) -> Response:
    """The pages that came back, large, beside those that were issued."""
    now, desk = clock.now(), part(PaperworkDesk)
    with reading() as session:
        work = open_paper(session, campaign_id, kind, permission=Permission.PAPER_READ, now=now)
        whole = standing_of(session, desk, work.campaign, work.kind, work.interview, now)
        standing = as_open_to(whole, opening(session, viewer(), work.campaign))
    if not standing.scans:
        raise Missing
    here = Addresses(campaign_id=campaign_id, kind=kind)
    newest = standing.newest
    return render(
        ComparePage(
            paper=work.documents.kind_words(kind, current_language()).title,
            paper_href=here.still("show"),
            number=newest.number if newest else "",
            issued_pages=newest.pages if newest else 0,
            pages_told=pages_view(standing),
            verdicts=tuple(
                (said.name, said.verdict, said.verdict_tone)
                for scan in standing.scans
                if scan.issue_id is not None
                for said in [scan_view(scan, here, newest=newest.id if newest else None)]
            ),
            pairs=_pairs(standing, here),
        )
    )


def _pairs(standing: Standing, here: Addresses) -> tuple[PairView, ...]:
    newest = standing.newest if standing.newest and standing.newest.sha256 else None
    # A page of an earlier version stands beside no page of this one.
    came = [
        scan if scan in standing.signed else replace(scan, code=CodeVerdict.OLDER)
        for scan in standing.scans
    ]
    issued = newest.pages if newest else 0
    return tuple(
        _pair(place, standing, here, newest if place.number <= issued else None)
        for place in side_by_side(issued=issued, came=came)
    )


def _pair(place: Place, standing: Standing, here: Addresses, issue: IssueRow | None) -> PairView:
    """Put one page beside the other; ``issue``: the version that has this page, if one has."""
    scan = standing.scans[place.file] if place.file is not None else None
    return PairView(
        number=place.number,
        issued=here.to("issued_picture", issue_id=issue.id, number=place.number) if issue else "",
        issued_file=here.to("issued_file", issue_id=issue.id) if issue else "",
        signed=_shown(scan, place.page, here) if scan else "",
        signed_name=scan.name if scan else "",
        signed_file=here.to("scan", scan_id=scan.id) if scan else "",
        again=place.again,
    )


def _paper(campaign_id: int, kind: str) -> str:
    return Addresses(campaign_id=campaign_id, kind=kind).still("show") + "#signed"
