"""Issuing one kind of paper for many campaigns: asked once, each campaign done at most once."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Permission, Scope, Viewer
from app.accounts.models import Campaign
from app.accounts.queries import CampaignRow
from app.accounts.queries.campaigns import find_campaign
from app.db import record
from app.errors import Conflict, Forbidden, MandatError, Missing, Refused
from app.jobs.commands import enqueue
from documents.overview import errors
from documents.overview.acting import in_the_place_of
from documents.overview.bulk_queries import BulkRow
from documents.overview.events import BulkAsked, BulkEnded, BulkStopped
from documents.overview.keeping import may_issue
from documents.overview.models import PaperBulk, PaperBulkLine
from documents.overview.rules import BulkState, Issuable, LineState, Reason, Seen
from documents.paperwork import errors as paper_errors
from documents.paperwork.commands.issuing import issue
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.editions import form_of
from documents.paperwork.queries.answers import given_answers
from documents.paperwork.rules.interview import interview, is_needed
from documents.paperwork.shape import DocumentKind
from documents.paperwork.standing import Standing, circumstances_of, standing_of

ISSUE = "overview.issue"
log = logging.getLogger("mandat.overview")


def ask_bulk(
    session: Session,
    viewer: Viewer,
    kind: DocumentKind,
    pack_id: str,
    campaigns: Sequence[Seen],
    *,
    token: str,
    now: datetime,
) -> int:
    """Have a paper issued for these campaigns by a job; give the number of the bulk issue.

    ``token`` is the page's: sent twice, the second time gives the first bulk issue. Raises Refused
    with nothing to issue, or for campaigns of several organisations that are not of one coalition
    to the viewer; Forbidden for a campaign that is not the viewer's to coordinate.
    """
    if not kind.is_printed:
        raise Refused(None, errors.NOT_PRINTED)
    known = _asked_before(session, viewer, token)
    if known is not None:
        return known
    if not campaigns:
        raise Refused(None, errors.NOTHING_TO_ISSUE)
    scope = _scope(session, viewer, [one.id for one in campaigns])
    values = {
        "coalition_id": scope.coalition_id,
        "organisation_id": scope.organisation_id,
        "pack_id": pack_id,
        "kind": kind.key,
        "token": token,
        "state": BulkState.RUNNING.value,
        "asked_by": viewer.person_id,
        "asked_at": now,
    }
    try:
        with session.begin_nested():
            bulk_id = session.execute(
                insert(PaperBulk).values(values).returning(PaperBulk.id)
            ).scalar_one()
    except IntegrityError:
        # The same button, pressed twice: the first press was a moment faster.
        known = _asked_before(session, viewer, token)
        if known is None:
            raise
        return known
    session.execute(
        insert(PaperBulkLine),
        [
            {
                "bulk_id": bulk_id,
                "campaign_id": one.id,
                "state": LineState.WAITING.value,
                "reason": "",
            }
            for one in campaigns
        ],
    )
    enqueue(session, ISSUE, {"bulk": bulk_id}, run_at=now)
    record(
        session,
        BulkAsked(
            bulk_id=bulk_id,
            coalition_id=scope.coalition_id,
            kind=kind.key,
            campaigns=len(campaigns),
            by=viewer.person_id,
            at=now,
        ),
    )
    return bulk_id


def stop_bulk(session: Session, viewer: Viewer, bulk: BulkRow, *, now: datetime) -> None:
    """Leave out the campaigns that have not had their turn. Raises Conflict once it has ended."""
    ended = session.execute(
        update(PaperBulk)
        .where(PaperBulk.id == bulk.id, PaperBulk.state == BulkState.RUNNING.value)
        .values(state=BulkState.STOPPED.value, ended_at=now)
        .returning(PaperBulk.id)
    ).first()
    if ended is None:
        raise Conflict(errors.ENDED)
    left = session.execute(
        update(PaperBulkLine)
        .where(PaperBulkLine.bulk_id == bulk.id, PaperBulkLine.state == LineState.WAITING.value)
        .values(state=LineState.STOPPED.value, ended_at=now)
        .returning(PaperBulkLine.campaign_id)
    ).all()
    record(
        session,
        BulkStopped(
            bulk_id=bulk.id,
            coalition_id=bulk.coalition_id,
            kind=bulk.kind,
            left=len(left),
            by=viewer.person_id,
            at=now,
        ),
    )


def issue_line(
    session: Session, desk: PaperworkDesk, bulk: BulkRow, campaign_id: int, *, now: datetime
) -> None:
    """Issue the paper for one campaign of a bulk issue, and write down how it ended.

    Its line is locked first, and both are one transaction: whatever dies, and whoever else runs
    the same job, the paper is issued at most once.
    """
    line = session.execute(
        select(PaperBulkLine.campaign_id)
        .where(
            PaperBulkLine.bulk_id == bulk.id,
            PaperBulkLine.campaign_id == campaign_id,
            PaperBulkLine.state == LineState.WAITING.value,
        )
        .with_for_update()
    ).first()
    if line is None:
        return
    outcome = _outcome(session, desk, bulk, campaign_id, now)
    made = isinstance(outcome, int)
    session.execute(
        update(PaperBulkLine)
        .where(PaperBulkLine.bulk_id == bulk.id, PaperBulkLine.campaign_id == campaign_id)
        .values(
            state=LineState.ISSUED.value if made else LineState.REFUSED.value,
            reason="" if made else str(outcome),
            issue_id=outcome if made else None,
            ended_at=now,
        )
    )


def end_bulk(session: Session, bulk: BulkRow, *, now: datetime) -> None:
    """Say that every campaign has had its turn; said once, whoever comes to say it."""
    ended = session.execute(
        update(PaperBulk)
        .where(PaperBulk.id == bulk.id, PaperBulk.state == BulkState.RUNNING.value)
        .values(state=BulkState.DONE.value, ended_at=now)
        .returning(PaperBulk.id)
    ).first()
    if ended is None:
        return
    counts: Mapping[str, int] = dict(
        session.execute(
            select(PaperBulkLine.state, func.count())
            .where(PaperBulkLine.bulk_id == bulk.id)
            .group_by(PaperBulkLine.state)
        ).all()
    )
    record(
        session,
        BulkEnded(
            bulk_id=bulk.id,
            coalition_id=bulk.coalition_id,
            kind=bulk.kind,
            issued=counts.get(LineState.ISSUED.value, 0),
            refused=counts.get(LineState.REFUSED.value, 0),
            by=bulk.asked_by,
            at=now,
        ),
    )


def _outcome(
    session: Session, desk: PaperworkDesk, bulk: BulkRow, campaign_id: int, now: datetime
) -> int | Reason:
    """Give the number of the issued version, or why there is none."""
    campaign = find_campaign(session, campaign_id)
    if campaign is None or campaign.state != "active" or campaign.pack_id != bulk.pack_id:
        return Reason.GONE
    try:
        # What was begun for a paper that is refused in the end goes with it.
        with session.begin_nested():
            return _issue(session, desk, bulk, campaign, now)
    except Refused as refusal:
        return Reason.TOO_LONG if refusal.message == paper_errors.TOO_LONG else Reason.ANSWERS
    except _NotNow as refusal:
        return refusal.reason
    except (Conflict, Missing):
        return Reason.LOCKED
    except MandatError:
        return Reason.BROKEN
    except Exception:
        # One campaign that can't be issued must not keep all that come after it from theirs.
        log.exception("a paper could not be issued", extra={"campaign": campaign_id})
        return Reason.BROKEN


class _NotNow(Exception):
    """The paper is not to be issued for this campaign now."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def _issue(
    session: Session, desk: PaperworkDesk, bulk: BulkRow, campaign: CampaignRow, now: datetime
) -> int:
    kind = desk.kind(bulk.pack_id, bulk.kind)
    desk.require_open(session, campaign, kind, now=now)
    standing = _standing(session, desk, campaign, kind, now)
    match may_issue(standing):
        case Issuable.NO:
            raise _NotNow(Reason.NOTHING_NEW)
        case Issuable.ANSWERS_MISSING:
            raise _NotNow(Reason.ANSWERS)
    form = form_of(session, desk, campaign, kind, now=now)
    acting = in_the_place_of(campaign, by=bulk.asked_by)
    made = issue(session, acting, campaign, form, standing.interview, desk=desk, now=now)
    return made.id


def _standing(
    session: Session,
    desk: PaperworkDesk,
    campaign: CampaignRow,
    kind: DocumentKind,
    now: datetime,
) -> Standing:
    documents = desk.documents(campaign.pack_id)
    given = given_answers(
        session,
        desk.seal,
        campaign.id,
        keys=documents.read_by[kind.key],
        tables=documents.tables_read_by[kind.key],
    )
    found = interview(kind, documents.answers, given, circumstances_of(campaign, now))
    needed = is_needed(kind, given)
    return standing_of(session, desk, campaign, kind, found, now, is_needed=needed)


def _asked_before(session: Session, viewer: Viewer, token: str) -> int | None:
    return session.scalar(
        select(PaperBulk.id).where(PaperBulk.asked_by == viewer.person_id, PaperBulk.token == token)
    )


def _scope(session: Session, viewer: Viewer, campaign_ids: Sequence[int]) -> Scope:
    """Give whose campaigns these are: one coalition's, or one organisation's of it."""
    rows = session.execute(
        select(Campaign.id, Campaign.coalition_id, Campaign.organisation_id).where(
            Campaign.id.in_(campaign_ids)
        )
    ).all()
    for row in rows:
        of = Scope(
            coalition_id=row.coalition_id, organisation_id=row.organisation_id, campaign_id=row.id
        )
        if not viewer.may(Permission.PAPERS_DESK, of):
            raise Forbidden
    coalitions = {row.coalition_id for row in rows}
    owners = {row.organisation_id for row in rows}
    if len(coalitions) > 1:
        raise Refused(None, errors.ONE_ORGANISATION)
    coalition_id = coalitions.pop()
    if len(owners) == 1:
        return Scope(coalition_id=coalition_id, organisation_id=owners.pop())
    whole = Scope(coalition_id=coalition_id)
    if not viewer.may(Permission.PAPERS_DESK, whole):
        raise Refused(None, errors.ONE_ORGANISATION)
    return whole
