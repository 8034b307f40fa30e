"""Issuing a paper: answers and form frozen, numbered, and sent to be typeset."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.queries import CampaignRow
from app.db import record
from app.errors import Conflict, Forbidden, Missing, Refused
from documents.paperwork import errors
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.events import (
    PaperIssued,
    PapersTouched,
    PaperSuperseded,
    SealedAnswersPreviewed,
)
from documents.paperwork.models import Paper, PaperIssue
from documents.paperwork.printing import Copies, Form, Identity, Snapshot, compose
from documents.paperwork.queries.papers import IssueRow, PaperRow, find_paper, issues_of
from documents.paperwork.rules.interview import Interview
from documents.paperwork.rules.scans import CHECK_PATH
from documents.paperwork.rules.standing import IssueState, State, number_of
from documents.sheets import Sheet
from documents.typesetting.commands import want, want_instead
from documents.typesetting.rules import Purpose

TOKEN_BYTES = 18
PREVIEW_WIDTH_PX = 1000
MOST_CERTIFIED = 100
"""Pages of a copy: each line is set and drawn, and others wait for the press meanwhile."""


def hold_paper(
    session: Session, viewer: Viewer, campaign: CampaignRow, kind: str, *, now: datetime
) -> PaperRow:
    """Find or begin a paper and lock its row."""
    if not viewer.may(Permission.PAPER_WORK, campaign.scope):
        raise Forbidden
    record(session, PapersTouched(touched=campaign.id))
    if find_paper(session, campaign.id, kind) is None:
        new = insert(Paper).values(
            campaign_id=campaign.id,
            kind=kind,
            state=State.DRAFT.value,
            note="",
            changed_at=now,
            changed_by=viewer.person_id,
        )
        try:
            with session.begin_nested():
                session.execute(new)
        except IntegrityError:
            # Another request of the same team began it a moment earlier: use its row.
            pass
    session.execute(
        select(Paper.id)
        .where(Paper.campaign_id == campaign.id, Paper.kind == kind)
        .with_for_update()
    )
    found = find_paper(session, campaign.id, kind)
    if found is None:
        raise Missing
    return found


def preview(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    form: Form,
    interview: Interview,
    *,
    desk: PaperworkDesk,
    now: datetime,
) -> str:
    """Ask for the form as it would look now; give what the preview is found by.

    Nothing has to be complete: one sees what is still missing. Raises Forbidden.
    """
    if not viewer.may(Permission.PAPER_WORK, campaign.scope):
        raise Forbidden
    composed = compose(form, interview.printed(), None, tables=interview.printed_tables())
    _note_sealed(session, viewer, campaign, form, now)
    return _want_to_see(session, desk, campaign, composed.sheet, now)


def _want_to_see(
    session: Session, desk: PaperworkDesk, campaign: CampaignRow, sheet: Sheet, now: datetime
) -> str:
    """Ask for a preview in the place of one of the same kind that still waits."""
    wide = replace(sheet, raster_width_px=PREVIEW_WIDTH_PX)
    return want_instead(session, desk.seal, campaign.id, wide, now=now)


def _note_sealed(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    form: Form,
    now: datetime,
) -> None:
    """Write down that somebody is about to read sealed answers; one event for the whole form."""
    if form.shows_sealed:
        by = viewer.person_id
        record(
            session,
            SealedAnswersPreviewed(campaign_id=campaign.id, kind=form.kind.key, by=by, at=now),
        )


def issue(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    form: Form,
    interview: Interview,
    *,
    desk: PaperworkDesk,
    now: datetime,
) -> IssueRow:
    """Freeze the form as the answers stand, give it a number and have it typeset.

    An accepted paper is no longer accepted then: see decision 0015.
    Raises Refused beside the answer that is missing, wrong or too long for its place; Conflict
    while the version before is being typeset or checked, or says exactly the same.
    """
    for question in interview.in_the_way:
        problem = question.verdict.problem
        assert problem is not None
        raise Refused(question.answer.key, problem.message, **problem.params)
    paper = hold_paper(session, viewer, campaign, form.kind.key, now=now)
    if paper.state is State.WAITING:
        # A reviewer would accept what is no longer the newest version.
        raise Conflict(errors.BEING_CHECKED)
    earlier = issues_of(session, campaign.id, paper.id)
    printed, tables = interview.printed(), interview.printed_tables()
    _check_is_new(desk, earlier, form, Snapshot(answers=printed, sheet="", tables=tables))
    version = 1 + max((found.version for found in earlier), default=0)
    number = number_of(form.kind.code, campaign.id, version)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    address = f"{desk.base_url}{CHECK_PATH}{token}"
    identity = Identity(number=number, check_address=address)
    composed = compose(form, printed, identity, tables=tables)
    for key in composed.too_long:
        raise Refused(key, errors.TOO_LONG, longest=_room(form, key))
    snapshot = Snapshot(answers=printed, sheet=composed.sheet.as_json(), tables=tables)
    digest = want(session, desk.seal, campaign.id, composed.sheet, purpose=Purpose.ISSUE, now=now)
    session.execute(
        insert(PaperIssue).values(
            campaign_id=campaign.id,
            paper_id=paper.id,
            version=version,
            number=number,
            check_token=token,
            form_version=form.version.id,
            official=form.official,
            snapshot=desk.seal.close(snapshot.as_json()),
            digest=digest,
            state=IssueState.WANTED.value,
            sha256="",
            pages=0,
            issued_at=now,
            issued_by=viewer.person_id,
        )
    )
    if paper.state is State.ACCEPTED:
        _supersede(session, viewer, campaign, paper, now=now)
    record(
        session,
        PaperIssued(
            campaign_id=campaign.id,
            document_id=paper.id,
            kind=paper.kind,
            number=number,
            version=version,
            by=viewer.person_id,
            at=now,
        ),
    )
    return issues_of(session, campaign.id, paper.id)[0]


def _supersede(
    session: Session, viewer: Viewer, campaign: CampaignRow, paper: PaperRow, *, now: datetime
) -> None:
    """Let a paper be unsigned again: what was accepted says something else than the newest."""
    session.execute(
        update(Paper)
        .where(Paper.campaign_id == campaign.id, Paper.id == paper.id)
        .values(
            state=State.DRAFT.value,
            accepted_day=None,
            changed_at=now,
            changed_by=viewer.person_id,
        )
    )
    record(
        session,
        PaperSuperseded(
            campaign_id=campaign.id,
            document_id=paper.id,
            kind=paper.kind,
            by=viewer.person_id,
            at=now,
        ),
    )


def try_again(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    kind: str,
    *,
    desk: PaperworkDesk,
    now: datetime,
) -> None:
    """Have the newest version typeset once more after the press has failed.

    Raises Missing, and Conflict while pages of the version before are being checked.
    Pressed twice, the second time finds it wanted already, and changes nothing.
    """
    paper = hold_paper(session, viewer, campaign, kind, now=now)
    newest = next(iter(issues_of(session, campaign.id, paper.id)), None)
    if newest is None:
        raise Missing
    if newest.state is not IssueState.FAILED:
        return
    if paper.state is State.WAITING:
        # A reviewer would accept what is no longer the newest version.
        raise Conflict(errors.BEING_CHECKED)
    snapshot = Snapshot.from_json(desk.seal.open(newest.snapshot))
    sheet = Sheet.from_json(snapshot.sheet)
    want(session, desk.seal, campaign.id, sheet, purpose=Purpose.ISSUE, now=now)
    session.execute(
        update(PaperIssue)
        .where(PaperIssue.campaign_id == campaign.id, PaperIssue.id == newest.id)
        .values(state=IssueState.WANTED.value)
    )


def _check_is_new(
    desk: PaperworkDesk, earlier: tuple[IssueRow, ...], form: Form, wanted: Snapshot
) -> None:
    """Refuse what would only repeat the newest version: a second press of the button."""
    if not earlier:
        return
    newest = earlier[0]
    if newest.state is IssueState.WANTED:
        raise Conflict(errors.STILL_TYPESETTING)
    if newest.state is not IssueState.READY or newest.form_version != form.version.id:
        return
    if newest.official != form.official:
        return
    issued = Snapshot.from_json(desk.seal.open(newest.snapshot))
    if issued.says_the_same(wanted):
        raise Conflict(errors.NOTHING_CHANGED)


def certifying_lines(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    form: Form,
    interview: Interview,
    *,
    copies: Copies,
    desk: PaperworkDesk,
    now: datetime,
) -> str:
    """Ask for the sheet of lines that certify the pages of a copy; give what it is found by.

    It has no number: it is written on by hand, once for every page of the copy. Raises Forbidden,
    and Refused for more pages than are worth the press's time.
    """
    if not viewer.may(Permission.PAPER_WORK, campaign.scope):
        raise Forbidden
    if copies.pages > MOST_CERTIFIED:
        raise Refused("file", errors.CERTIFIES_TOO_MANY, pages=copies.pages, most=MOST_CERTIFIED)
    composed = compose(
        form, interview.printed(), None, tables=interview.printed_tables(), copies=copies
    )
    _note_sealed(session, viewer, campaign, form, now)
    return _want_to_see(session, desk, campaign, composed.sheet, now)


def _room(form: Form, key: str) -> int:
    return next(place.room for place in form.kind.field if place.answer == key)
