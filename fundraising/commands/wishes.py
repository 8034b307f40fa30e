"""A giver wants the money back: at once while it is held, by the treasurer when it counts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.db import record
from app.errors import Refused
from fundraising import errors
from fundraising.commands.booking import about, lock_donation
from fundraising.commands.refunds import ask_refund
from fundraising.events import RefundWished
from fundraising.models import Donation


def ask_back(session: Session, donation_id: int, *, now: datetime) -> bool:
    """Give a held gift back; of one that counts, tell the treasurer. True: it goes back at once.

    Raises Refused when there is nothing to give back, or it was asked for already.
    """
    donation = lock_donation(session, donation_id)
    if donation is None:
        raise Refused(None, errors.NOTHING_TO_RETURN)
    if not donation.cleared_minor:
        ask_refund(session, donation_id, cause="donor", by=None, now=now)
        return True
    if donation.wished_back_at is not None:
        raise Refused(None, errors.NOTHING_TO_RETURN)
    session.execute(update(Donation).where(Donation.id == donation_id).values(wished_back_at=now))
    record(session, RefundWished(amount_minor=donation.cleared_minor, **about(donation, now)))
    return False
