"""Confirming a warning after comparing, and noting the days on signed papers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.queries import CampaignRow
from app.db import record
from app.errors import Conflict, Forbidden, Missing, Refused
from documents.clerk import errors
from documents.clerk.events import ConfirmationRevoked, FindingConfirmed
from documents.clerk.models import ClerkConfirmation, ClerkDate
from documents.clerk.rules.case import Finding
from documents.clerk.shape import Severity
from documents.paperwork.models import PaperScan
from documents.paperwork.rules.texts import kept

LONGEST_NOTE = 500


def confirm_finding(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    finding: Finding,
    digest: str,
    *,
    note: str,
    now: datetime,
) -> None:
    """Note that the viewer has compared what the clerk warned of; twice is once.

    ``digest`` is the mark of the finding as it stands. Raises Forbidden, Conflict for a finding
    that stops, Refused beside ``note`` for one that is too long.
    """
    _require_work(viewer, campaign)
    if finding.severity is not Severity.WARN:
        raise Conflict(errors.ONLY_WARNINGS)
    said = kept(note, lines=True)
    if len(said) > LONGEST_NOTE:
        raise Refused("note", errors.TOO_LONG, longest=LONGEST_NOTE)
    new = (
        insert(ClerkConfirmation)
        .values(
            campaign_id=campaign.id,
            rule=finding.rule,
            digest=digest,
            note=said,
            confirmed_at=now,
            confirmed_by=viewer.person_id,
        )
        .returning(ClerkConfirmation.id)
    )
    try:
        with session.begin_nested():
            made = session.execute(new).scalar_one()
    except IntegrityError:
        return
    record(
        session,
        FindingConfirmed(
            campaign_id=campaign.id,
            confirmation_id=made,
            rule=finding.rule,
            by=viewer.person_id,
            at=now,
        ),
    )


def revoke_confirmation(
    session: Session, viewer: Viewer, campaign: CampaignRow, number: int, *, now: datetime
) -> None:
    """Let a warning count again; twice is once. Raises Forbidden, Missing."""
    _require_work(viewer, campaign)
    this = (ClerkConfirmation.campaign_id == campaign.id) & (ClerkConfirmation.id == number)
    rule = session.execute(
        update(ClerkConfirmation)
        .where(this, ClerkConfirmation.revoked_at.is_(None))
        .values(revoked_at=now, revoked_by=viewer.person_id)
        .returning(ClerkConfirmation.rule)
    ).scalar_one_or_none()
    if rule is None:
        if session.execute(select(ClerkConfirmation.id).where(this)).first() is None:
            raise Missing
        return
    record(
        session,
        ConfirmationRevoked(
            campaign_id=campaign.id,
            confirmation_id=number,
            rule=rule,
            by=viewer.person_id,
            at=now,
        ),
    )


def tell_dates(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    scan_id: int,
    days: Mapping[str, date | None],
    *,
    now: datetime,
) -> None:
    """Keep the days that are written by hand on a scan, by place; None takes one away.

    The caller knows that the paper has these places. Raises Forbidden, Missing.
    """
    _require_work(viewer, campaign)
    there = select(PaperScan.id).where(
        PaperScan.campaign_id == campaign.id,
        PaperScan.id == scan_id,
        PaperScan.removed_at.is_(None),
    )
    if session.execute(there.with_for_update()).first() is None:
        raise Missing
    session.execute(
        delete(ClerkDate).where(
            ClerkDate.campaign_id == campaign.id,
            ClerkDate.scan_id == scan_id,
            ClerkDate.place.in_(days),
        )
    )
    rows = [
        {
            "campaign_id": campaign.id,
            "scan_id": scan_id,
            "place": place,
            "day": day,
            "told_at": now,
            "told_by": viewer.person_id,
        }
        for place, day in days.items()
        if day is not None
    ]
    if rows:
        session.execute(insert(ClerkDate), rows)


def _require_work(viewer: Viewer, campaign: CampaignRow) -> None:
    if not viewer.may(Permission.PAPER_WORK, campaign.scope):
        raise Forbidden
