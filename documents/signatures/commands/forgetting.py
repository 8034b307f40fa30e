"""Erasing the marks by which voters are recognised, once nobody needs them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.queries import get_campaign
from app.accounts.rules.elections import day_there
from app.db import record
from app.errors import Refused
from documents.signatures import errors
from documents.signatures.commands.recounting import hold_sheets
from documents.signatures.events import MarksForgotten
from documents.signatures.models import SignatureRow
from documents.signatures.rules.days import may_forget


def forget_marks(session: Session, viewer: Viewer, campaign_id: int, *, now: datetime) -> int:
    """Erase the marks by which voters are recognised, after the appeals; give how many.

    Raises Missing; Refused until polling day is over, for what is erased can't be brought back.
    """
    campaign = get_campaign(session, viewer, campaign_id, Permission.SIGNATURES_WORK)
    if not may_forget(day_there(now, campaign.timezone), campaign.polling_day):
        raise Refused(None, errors.MARKS_NEEDED)
    hold_sheets(session, campaign.id)
    gone = session.execute(
        update(SignatureRow)
        .where(SignatureRow.campaign_id == campaign.id, SignatureRow.mark != "")
        .values(mark="")
        .returning(SignatureRow.number)
    ).all()
    if gone:
        record(
            session,
            MarksForgotten(campaign_id=campaign.id, rows=len(gone), by=viewer.person_id, at=now),
        )
    return len(gone)
