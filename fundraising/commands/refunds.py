"""Giving money back: the row first, then the provider, then what the provider says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db import record
from app.errors import Refused
from app.jobs.commands import enqueue
from fundraising import errors
from fundraising.commands.booking import about, lock_donation, owed_minor, restate
from fundraising.events import RefundAsked, RefundStuck
from fundraising.gateways.protocol import GivenBack
from fundraising.jobs import REFUND
from fundraising.models import Donation, Refund
from fundraising.rules.states import RefundState


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundToSend:
    """A refund as the provider is asked for it."""

    donation_id: int
    gateway: str
    charge: str
    amount_minor: int
    key: str
    is_made: bool
    """Whether the provider has made it already: then it is only looked at. Providers forget their
    idempotency keys after a day, and a job may be tried for longer."""
    is_again: bool
    """Whether it is asked for anew, after it had failed."""


def ask_refund(
    session: Session,
    donation_id: int,
    *,
    cause: str,
    by: int | None,
    now: datetime,
) -> int:
    """Ask for everything of a gift that is still here to go back; give the sum.

    Raises Refused when there is nothing left, or it is on its way already.
    """
    donation = lock_donation(session, donation_id)
    if donation is None:
        raise Refused(None, errors.NOTHING_TO_RETURN)
    gone = donation.refunded_minor + donation.lost_minor + owed_minor(session, donation)
    left = donation.captured_minor - gone
    if left <= 0 or donation.disputed:
        raise Refused(None, errors.NOTHING_TO_RETURN)
    add_refund(session, donation, left, cause=cause, by=by, now=now)
    restate(session, donation, now=now)
    return left


def add_refund(
    session: Session,
    donation: Donation,
    amount_minor: int,
    *,
    cause: str,
    by: int | None,
    now: datetime,
) -> None:
    """Add a refund and the job that sends it; the caller holds the donation's lock."""
    last = session.scalar(
        select(func.max(Refund.number)).where(
            Refund.campaign_id == donation.campaign_id, Refund.donation_id == donation.id
        )
    )
    row = Refund(
        campaign_id=donation.campaign_id,
        donation_id=donation.id,
        number=(last or 0) + 1,
        amount_minor=amount_minor,
        cause=cause,
        state=RefundState.DUE.value,
        asked_by=by,
        asked_at=now,
        changed_at=now,
    )
    session.add(row)
    session.flush()
    enqueue(session, REFUND, {"refund": row.id}, run_at=now, unique_key=f"{REFUND}:{row.id}:1")
    record(
        session,
        RefundAsked(
            by=by,
            at=now,
            campaign_id=donation.campaign_id,
            donation_id=donation.id,
            amount_minor=amount_minor,
            cause=cause,
        ),
    )


def take_refund(session: Session, refund_id: int, *, now: datetime) -> RefundToSend | None:
    """Mark a refund as being sent and give what to ask; None when that is settled."""
    refund, donation = _lock(session, refund_id)
    if refund.state not in (RefundState.DUE.value, RefundState.SENT.value):
        return None
    if donation.charge_ref is None:
        return None
    refund.state = RefundState.SENT.value
    refund.changed_at = now
    restate(session, donation, now=now)
    key = f"refund:{donation.id}:{refund.number}:{refund.attempt}:{refund.amount_minor}"
    return RefundToSend(
        donation_id=donation.id,
        gateway=donation.gateway,
        charge=donation.charge_ref,
        amount_minor=refund.amount_minor,
        key=key,
        is_made=refund.provider_ref is not None,
        is_again=refund.attempt > 1,
    )


def note_sent(session: Session, refund_id: int, made: GivenBack, *, now: datetime) -> None:
    """Note what the provider said to a refund; the posting follows from the next look."""
    refund, _ = _lock(session, refund_id)
    refund.provider_ref = made.reference
    refund.changed_at = now
    session.flush()
    if made.state is RefundState.FAILED:
        note_stuck(session, refund_id, now=now)


def note_stuck(session: Session, refund_id: int, *, now: datetime) -> None:
    """Note that the provider will not give the money back, so that a person does."""
    refund, donation = _lock(session, refund_id)
    if refund.state == RefundState.DONE.value:
        return
    refund.state = RefundState.FAILED.value
    refund.changed_at = now
    restate(session, donation, now=now)
    record(session, RefundStuck(amount_minor=refund.amount_minor, **about(donation, now)))


def retry_refund(session: Session, donation_id: int, *, now: datetime) -> None:
    """Try the refunds of a gift anew that the provider would not make; a new key for a new try.

    Raises Refused when none has failed.
    """
    donation = lock_donation(session, donation_id)
    failed = session.scalars(
        select(Refund)
        .where(Refund.donation_id == donation_id, Refund.state == RefundState.FAILED.value)
        .order_by(Refund.number)
    ).all()
    if donation is None or not failed:
        raise Refused(None, errors.NOTHING_TO_RETURN)
    for refund in failed:
        refund.state = RefundState.DUE.value
        refund.provider_ref = None
        refund.attempt += 1
        refund.changed_at = now
        key = f"{REFUND}:{refund.id}:{refund.attempt}"
        enqueue(session, REFUND, {"refund": refund.id}, run_at=now, unique_key=key)
    restate(session, donation, now=now)


def _lock(session: Session, refund_id: int) -> tuple[Refund, Donation]:
    """Lock the donation, which stands for all that belongs to it, and read the refund anew."""
    donation_id = session.scalars(select(Refund.donation_id).where(Refund.id == refund_id)).one()
    donation = lock_donation(session, donation_id)
    assert donation is not None, "a refund without its donation breaks a foreign key"
    return session.get_one(Refund, refund_id, populate_existing=True), donation
