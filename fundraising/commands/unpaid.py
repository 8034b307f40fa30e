"""Forgetting gifts that were begun and never paid, and the givers of whom nothing else is known."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from fundraising.models import Donation, DonationStep, Donor, GiftAttempt
from fundraising.rules.states import UNPAID_FOR_GOOD
from fundraising.rules.unpaid import KEPT_UNPAID, KEPT_WITHOUT_AN_ANSWER

MOST_AT_ONCE = 500


def forget_unpaid(session: Session, *, now: datetime) -> int:
    """Delete old gifts that nobody paid and nobody can pay; give how many, at most MOST_AT_ONCE.

    What they told of their givers goes with them. The session has to reach everything.
    """
    over = or_(
        Donation.payment.in_([state.value for state in UNPAID_FOR_GOOD]),
        # It never got a page, or its giver was never sent there.
        Donation.session_ref.is_(None),
        Donation.created_at < now - KEPT_WITHOUT_AN_ANSWER,
    )
    rows = session.execute(
        select(Donation.id, Donation.donor_id)
        .where(
            Donation.captured_minor == 0,
            Donation.created_at < now - KEPT_UNPAID,
            over,
            ~select(DonationStep.id).where(DonationStep.donation_id == Donation.id).exists(),
        )
        .order_by(Donation.created_at, Donation.id)
        .limit(MOST_AT_ONCE)
        .with_for_update()
    ).all()
    if not rows:
        return 0
    gone = [row.id for row in rows]
    session.execute(delete(GiftAttempt).where(GiftAttempt.donation_id.in_(gone)))
    session.execute(delete(Donation).where(Donation.id.in_(gone)))
    _forget_givers(session, sorted({row.donor_id for row in rows}))
    return len(gone)


def _forget_givers(session: Session, donor_ids: list[int]) -> None:
    # Held first: whoever begins another gift at this moment holds the row before it is looked at.
    session.execute(
        select(Donor.id).where(Donor.id.in_(donor_ids)).order_by(Donor.id).with_for_update()
    ).all()
    gives = select(Donation.id).where(Donation.donor_id == Donor.id).exists()
    session.execute(
        delete(Donor)
        .where(Donor.id.in_(donor_ids), ~gives)
        .execution_options(synchronize_session=False)
    )
