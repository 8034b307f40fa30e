"""What was tried at the till lately; no viewer: givers have no account."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fundraising.models import GiftAttempt
from fundraising.rules.card_testing import WITHIN, Attempt, Tried


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
