"""What was tried at the till lately; no viewer: givers have no account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fundraising.models import Donation, GiftAttempt
from fundraising.rules.card_testing import BEGUN_WITHIN, WITHIN, Attempt, Tried


def tried_on_page(session: Session, campaign_id: int, *, now: datetime) -> Tried:
    """Give how many gifts were begun and how many cards declined on a campaign's page."""
    rows = session.execute(
        select(GiftAttempt.kind, func.count())
        .where(GiftAttempt.campaign_id == campaign_id, GiftAttempt.at > now - WITHIN)
        .group_by(GiftAttempt.kind)
    )
    found = {Attempt(kind): number for kind, number in rows}
    return Tried(
        begun_on_page=found.get(Attempt.BEGUN, 0),
        declined_on_page=found.get(Attempt.DECLINED, 0),
    )


def tried_from_network(session: Session, network: str, *, now: datetime) -> Tried:
    """Give how many cards were declined on gifts begun from a network, on all pages.

    ``network`` is its mark. The session has to reach everything.
    """
    number = session.scalar(
        select(func.count()).where(
            GiftAttempt.network == network,
            GiftAttempt.at > now - WITHIN,
            GiftAttempt.kind == Attempt.DECLINED.value,
        )
    )
    return Tried(declined_from_network=number or 0)


def unpaid_gifts(
    session: Session,
    *,
    most: int,
    now: datetime,
    campaign_id: int | None = None,
    network: str | None = None,
) -> Sequence[datetime]:
    """Give when the gifts were begun that nobody has paid, the latest first; at most ``most``.

    Of a campaign's page, of a network's mark (or a range's, its beginning), or of both; only
    those that count still. Over all pages the session has to reach everything.
    """
    wanted = (
        select(GiftAttempt.at)
        .join(
            Donation,
            (Donation.campaign_id == GiftAttempt.campaign_id)
            & (Donation.id == GiftAttempt.donation_id),
        )
        .where(
            GiftAttempt.kind == Attempt.BEGUN.value,
            GiftAttempt.at > now - BEGUN_WITHIN,
            Donation.captured_minor == 0,
        )
        .order_by(GiftAttempt.at.desc(), GiftAttempt.id.desc())
        .limit(most)
    )
    if campaign_id is not None:
        wanted = wanted.where(GiftAttempt.campaign_id == campaign_id)
    if network is not None:
        # By the order of the index: a whole mark stands for itself, its beginning for a range.
        # No digit of a mark comes after "f".
        wanted = wanted.where(GiftAttempt.network >= network, GiftAttempt.network < network + "g")
    return session.scalars(wanted).all()
