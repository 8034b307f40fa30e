"""The signed paper coming back: its scans, and handing them in to be checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Viewer
from app.accounts.queries import CampaignRow
from app.db import record
from app.errors import Conflict, Missing, Refused
from app.files.inspection import Inspected
from app.files.names import shown_name
from app.jobs.commands import enqueue
from app.reviews import commands as reviews
from app.reviews.commands import HandedInReview
from app.reviews.rules import Queue
from documents.paperwork import errors
from documents.paperwork.codes.client import Codes
from documents.paperwork.commands.issuing import hold_paper
from documents.paperwork.events import PaperHandedIn
from documents.paperwork.models import Paper, PaperRound, PaperScan
from documents.paperwork.queries.papers import (
    IssueRow,
    PaperRow,
    issues_of,
    scans_of,
)
from documents.paperwork.rules.scans import (
    MOST_SCANS,
    CodeFound,
    CodeVerdict,
    KnownCode,
    is_doubtful,
    judge_code,
    page_numbers,
)
from documents.paperwork.rules.shaping import Shape, moved
from documents.paperwork.rules.standing import SUBJECT_KIND, IssueState, State
from documents.paperwork.shape import DocumentKind

DRAW = "paper.draw"
"""The job that draws the pages that are yet to be drawn, whichever they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """A file of a signed paper as it came: inspected, stored, its codes read."""

    file: Inspected
    sha256: str
    given_name: str
    codes: Codes | None
    """None when it could not be read."""
    known: tuple[KnownCode, ...] = ()
    """The papers of this portal that the codes belong to, of this campaign or another."""


def add_scan(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    kind: DocumentKind,
    scanned: Scanned,
    *,
    now: datetime,
) -> CodeFound:
    """Put a page of the signed paper there; give what its code says.

    A code that does not fit, or none, is only told: photos are taken by people.
    Raises Refused for the file, Conflict before anything is issued and while it is being checked.
    """
    paper = hold_paper(session, viewer, campaign, kind.key, now=now)
    newest = _issued(session, campaign, paper, kind)
    there = scans_of(session, campaign.id, paper.id)
    if len(there) >= MOST_SCANS:
        raise Refused("file", errors.TOO_MANY_SCANS, most=MOST_SCANS)
    found = _judged(scanned, campaign, paper, newest)
    fallback = newest.number if newest else kind.code
    new = insert(PaperScan).values(
        **_file_values(scanned, found, newest),
        campaign_id=campaign.id,
        paper_id=paper.id,
        issue_id=newest.id if newest else None,
        name=shown_name(scanned.given_name, scanned.file.media_type, fallback=fallback),
        position=_next_position(session, campaign.id, paper.id),
        uploaded_at=now,
        uploaded_by=viewer.person_id,
    )
    try:
        with session.begin_nested():
            session.execute(new)
    except IntegrityError:
        raise Refused("file", errors.FILE_THERE) from None
    enqueue(session, DRAW, {}, run_at=now)
    return found


def move_scan(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    kind: DocumentKind,
    scan_id: int,
    *,
    up: bool,
    now: datetime,
) -> None:
    """Move a page of the signed paper by one place.

    Raises Missing, and Conflict while it is being checked.
    """
    paper = hold_paper(session, viewer, campaign, kind.key, now=now)
    _issued(session, campaign, paper, kind)
    ids = [scan.id for scan in scans_of(session, campaign.id, paper.id)]
    if scan_id not in ids:
        raise Missing
    for position, each in enumerate(moved(ids, scan_id, up=up), 1):
        session.execute(
            update(PaperScan)
            .where(PaperScan.campaign_id == campaign.id, PaperScan.id == each)
            .values(position=position)
        )


def reshape_scan(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    kind: DocumentKind,
    scan_id: int,
    scanned: Scanned,
    shape: Shape,
    *,
    now: datetime,
) -> CodeFound:
    """Put a turned and cropped page in the place of what came; give what its code says now.

    What came is kept until the paper is handed in, so that every change begins with it.
    Raises Missing, Refused for a page that is there already, Conflict while it is being checked.
    """
    paper = hold_paper(session, viewer, campaign, kind.key, now=now)
    newest = _issued(session, campaign, paper, kind)
    there = {scan.id: scan for scan in scans_of(session, campaign.id, paper.id)}
    if scan_id not in there:
        raise Missing
    found = _judged(scanned, campaign, paper, newest)
    before = there[scan_id]
    values = {
        **_file_values(scanned, found, newest),
        "turn": shape.turn,
        "crop": shape.crop,
        "original_sha256": "" if shape.is_plain else before.original_sha256 or before.sha256,
    }
    change = (
        update(PaperScan)
        .where(PaperScan.campaign_id == campaign.id, PaperScan.id == scan_id)
        .values(values)
    )
    try:
        with session.begin_nested():
            session.execute(change)
    except IntegrityError:
        raise Refused("file", errors.FILE_THERE) from None
    enqueue(session, DRAW, {}, run_at=now)
    return found


def _file_values(scanned: Scanned, found: CodeFound, newest: IssueRow | None) -> dict[str, Any]:
    """Give what a row says of the file itself and of the codes on it, however it came to be."""
    read = None
    if newest is not None and found.verdict is CodeVerdict.MATCH:
        read = page_numbers(scanned.codes, token=newest.check_token, issued=newest.pages)
    return {
        "sha256": scanned.sha256,
        "media_type": scanned.file.media_type,
        "size_bytes": len(scanned.file.data),
        "pages": scanned.file.pages,
        "code": found.verdict.value,
        "code_number": found.number,
        "page_numbers": read,
    }


def _judged(
    scanned: Scanned, campaign: CampaignRow, paper: PaperRow, newest: IssueRow | None
) -> CodeFound:
    if newest is None:
        # Nothing of ours is on a paper made elsewhere, so nothing is looked for.
        return CodeFound(verdict=CodeVerdict.NONE)
    return judge_code(
        None if scanned.codes is None else chain.from_iterable(scanned.codes),
        scanned.known,
        campaign_id=campaign.id,
        paper_id=paper.id,
        newest_issue_id=newest.id,
    )


def _next_position(session: Session, campaign_id: int, paper_id: int) -> int:
    last = select(func.max(PaperScan.position)).where(
        PaperScan.campaign_id == campaign_id,
        PaperScan.paper_id == paper_id,
        PaperScan.removed_at.is_(None),
    )
    return 1 + (session.execute(last).scalar_one() or 0)


def remove_scan(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    kind: DocumentKind,
    scan_id: int,
    *,
    now: datetime,
) -> None:
    """Take a scan away; it stays with the rounds it was handed in with.

    Raises Missing, and Conflict while it is being checked.
    """
    paper = hold_paper(session, viewer, campaign, kind.key, now=now)
    _issued(session, campaign, paper, kind)
    gone = session.execute(
        update(PaperScan)
        .where(
            PaperScan.campaign_id == campaign.id,
            PaperScan.paper_id == paper.id,
            PaperScan.id == scan_id,
            PaperScan.removed_at.is_(None),
        )
        .values(removed_at=now)
        .returning(PaperScan.id)
    ).first()
    if gone is None:
        raise Missing


def hand_in(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    kind: DocumentKind,
    *,
    anyway: bool,
    now: datetime,
) -> HandedInReview:
    """Send the signed paper to the queue of its kind.

    Raises Refused without a scan, and unless it is to be sent ``anyway`` with pages missing or of
    another paper; Conflict before anything is issued or while it is being checked.
    """
    paper = hold_paper(session, viewer, campaign, kind.key, now=now)
    newest = _issued(session, campaign, paper, kind)
    # Pages of an earlier version stay where they are: nobody may take them for this one.
    scans = [
        scan
        for scan in scans_of(session, campaign.id, paper.id)
        if newest is None or scan.issue_id == newest.id
    ]
    if not scans:
        raise Refused("file", errors.NO_SCANS)
    doubtful = newest is not None and is_doubtful(issued=newest.pages, came=scans)
    if doubtful and not anyway:
        raise Refused("anyway", errors.SEND_ANYWAY)
    review = reviews.submit(
        session,
        viewer,
        campaign,
        subject_kind=SUBJECT_KIND,
        subject_id=paper.id,
        step_key=kind.step,
        queue=Queue(kind.queue),
        now=now,
    )
    session.execute(
        insert(PaperRound).values(
            campaign_id=campaign.id,
            paper_id=paper.id,
            issue_id=newest.id if newest else None,
            review_id=review.review_id,
            round=review.round,
            scans=[scan.id for scan in scans],
            handed_in_at=now,
        )
    )
    _forget_originals(session, campaign.id, paper.id)
    session.execute(
        update(Paper)
        .where(Paper.campaign_id == campaign.id, Paper.id == paper.id)
        .values(
            state=State.WAITING.value,
            review_id=review.review_id,
            note="",
            changed_at=now,
            changed_by=viewer.person_id,
        )
    )
    record(
        session,
        PaperHandedIn(
            campaign_id=campaign.id,
            document_id=paper.id,
            kind=kind.key,
            round=review.round,
            by=viewer.person_id,
            at=now,
        ),
    )
    return review


def _forget_originals(session: Session, campaign_id: int, paper_id: int) -> None:
    """Let what is handed in be the page itself: nobody asks any more how it came."""
    session.execute(
        update(PaperScan)
        .where(PaperScan.campaign_id == campaign_id, PaperScan.paper_id == paper_id)
        .values(original_sha256="", turn=0, crop=[0, 0, 0, 0])
    )


def _issued(
    session: Session, campaign: CampaignRow, paper: PaperRow, kind: DocumentKind
) -> IssueRow | None:
    """Give the issued version that scans are of; None for a paper made elsewhere."""
    if paper.state is State.WAITING:
        raise Conflict(errors.BEING_CHECKED)
    if not kind.is_printed:
        _require_open(paper, None)
        return None
    newest = next(iter(issues_of(session, campaign.id, paper.id)), None)
    if newest is not None and newest.state is IssueState.WANTED:
        # Pages of the version before would be accepted as if they were those of this one.
        raise Conflict(errors.STILL_TYPESETTING)
    if newest is None or newest.state is not IssueState.READY:
        raise Conflict(errors.NOTHING_ISSUED)
    _require_open(paper, newest)
    return newest


def _require_open(paper: PaperRow, newest: IssueRow | None) -> None:
    """Refuse to change pages that a reviewer has accepted: they are kept as they were looked at."""
    handed_in = paper.review_id is not None
    same = newest is None or paper.handed_issue_id == newest.id
    if paper.state is State.ACCEPTED and handed_in and same:
        raise Conflict(errors.ACCEPTED_AS_IT_IS)
