"""Counting what is tried at the till, and closing it for a while when cards are being tried."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.errors import Unavailable
from app.sealing import Seal
from fundraising import errors
from fundraising.models import Donation, GiftAttempt
from fundraising.queries.attempts import tried_on_page
from fundraising.rules.card_testing import (
    KEPT_FOR,
    Attempt,
    Tried,
    network_is_closed,
    network_of,
    page_is_closed,
)


def network_mark(seal: Seal, address: str) -> str:
    """Give the mark of the network of an address; the address itself is never kept."""
    return seal.mark("giver's network\x1f" + network_of(address)) if address else ""


def require_open_till(tried: Tried) -> None:
    """Refuse when too many cards were declined. Raises Unavailable with words."""
    if network_is_closed(tried):
        raise Unavailable(errors.NETWORK_CLOSED)
    if page_is_closed(tried):
        raise Unavailable(errors.PAGE_CLOSED)


def require_open_page(session: Session, campaign_id: int, *, now: datetime) -> None:
    """Refuse a page on which cards are being tried. Raises Unavailable."""
    require_open_till(tried_on_page(session, campaign_id, now=now))


def note_begun(session: Session, donation: Donation, network: str, *, now: datetime) -> None:
    """Note that a gift was begun; ``network`` is the mark of where."""
    session.execute(
        insert(GiftAttempt).values(
            campaign_id=donation.campaign_id,
            donation_id=donation.id,
            kind=Attempt.BEGUN.value,
            network=network,
            at=now,
        )
    )


def note_declined(session: Session, donation_id: int, event_id: int, *, now: datetime) -> None:
    """Note that a card was declined on a gift; the same message twice is one decline."""
    begun = session.execute(
        select(Donation.campaign_id, GiftAttempt.network)
        .outerjoin(
            GiftAttempt,
            (GiftAttempt.campaign_id == Donation.campaign_id)
            & (GiftAttempt.donation_id == Donation.id)
            & (GiftAttempt.kind == Attempt.BEGUN.value),
        )
        .where(Donation.id == donation_id)
    ).first()
    if begun is None:
        return
    values = {
        "campaign_id": begun.campaign_id,
        "donation_id": donation_id,
        "kind": Attempt.DECLINED.value,
        "network": begun.network or "",
        "event_id": event_id,
        "at": now,
    }
    try:
        with session.begin_nested():
            session.execute(insert(GiftAttempt).values(values))
    except IntegrityError:
        # The job ran before and was killed after this was written.
        pass


def forget_attempts(session: Session, *, now: datetime) -> None:
    """Delete what is older than a day."""
    session.execute(delete(GiftAttempt).where(GiftAttempt.at < now - KEPT_FOR))
