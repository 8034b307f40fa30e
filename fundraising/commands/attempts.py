"""Counting what is tried at the till, and closing it for a while when cards are being tried."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.errors import Unavailable
from app.jobs.commands import enqueue
from app.sealing import Seal
from fundraising import errors
from fundraising.jobs import CLOSE_PAGES
from fundraising.models import Donation, GiftAttempt
from fundraising.queries.attempts import tried_from_network, tried_on_page, unpaid_gifts
from fundraising.rules.card_testing import (
    KEPT_FOR,
    MARK_OF_NETWORK,
    MARK_OF_RANGE,
    MOST_BEGUN_FROM_A_NETWORK,
    MOST_BEGUN_ON_A_PAGE,
    Attempt,
    Closed,
    Tried,
    is_flooded,
    minutes_until_free,
    most_unpaid_from_network,
    network_is_closed,
    network_of,
    page_is_closed,
    range_of,
)


def network_mark(seal: Seal, address: str) -> str:
    """Give the mark of the network of an address; the address itself is never kept.

    It begins with what networks of one range have in common.
    """
    if not address:
        return ""
    around = seal.mark("giver's range", range_of(address))
    own = seal.mark("giver's network", network_of(address))
    return around[:MARK_OF_RANGE] + own[:MARK_OF_NETWORK]


def require_open_till(tried: Tried) -> None:
    """Refuse when too many cards were declined. Raises Unavailable with words."""
    if network_is_closed(tried):
        raise Unavailable(errors.NETWORK_CLOSED)
    if page_is_closed(tried):
        raise Unavailable(errors.PAGE_CLOSED)


def require_open_page(session: Session, campaign_id: int, *, now: datetime) -> None:
    """Refuse a page on which cards are being tried. Raises Unavailable."""
    require_open_till(tried_on_page(session, campaign_id, now=now))


def require_room(session: Session, campaign_id: int, network: str, *, now: datetime) -> None:
    """Refuse a page that is full of unpaid gifts, and a network that has its share of them there.

    ``network`` is its mark; one that is not known has no share, only the page's bound. Raises
    Unavailable with words that say for how long.
    """
    on_page = unpaid_gifts(session, campaign_id=campaign_id, most=MOST_BEGUN_ON_A_PAGE, now=now)
    if len(on_page) >= MOST_BEGUN_ON_A_PAGE:
        raise Unavailable(errors.PAGE_FULL, minutes=minutes_until_free(on_page[-1], now))
    if network:
        most = most_unpaid_from_network(len(on_page))
        here = unpaid_gifts(session, campaign_id=campaign_id, network=network, most=most, now=now)
        _require_fewer(here, most, now)
    if network and is_flooded(len(on_page)):
        # Who has a range of networks to themselves is one network to a flooded page.
        most, around = MOST_BEGUN_FROM_A_NETWORK, network[:MARK_OF_RANGE]
        near = unpaid_gifts(session, campaign_id=campaign_id, network=around, most=most, now=now)
        _require_fewer(near, most, now)


def require_room_for_network(session: Session, network: str, *, now: datetime) -> None:
    """Refuse a network that has begun too many gifts on all pages and paid none of them.

    The session has to reach everything. Raises Unavailable with words that say for how long.
    """
    if network:
        most = MOST_BEGUN_FROM_A_NETWORK
        _require_fewer(unpaid_gifts(session, network=network, most=most, now=now), most, now)


def _require_fewer(unpaid: Sequence[datetime], most: int, now: datetime) -> None:
    if len(unpaid) >= most:
        raise Unavailable(errors.NETWORK_FULL, minutes=minutes_until_free(unpaid[-1], now))


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
    """Note that a card was declined on a gift; the same message twice is one decline.

    With the one that closes the page or the network, and with every one after it, the pages that
    are open at the provider close too. The session has to reach everything.
    """
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
        return
    closed = {
        Closed.PAGE: page_is_closed(tried_on_page(session, begun.campaign_id, now=now)),
        Closed.NETWORK: bool(begun.network)
        and network_is_closed(tried_from_network(session, begun.network, now=now)),
    }
    for what, is_closed in closed.items():
        if is_closed:
            asked = {"donation": donation_id, "closed": what.value}
            enqueue(session, CLOSE_PAGES, asked, run_at=now)


def forget_attempts(session: Session, *, now: datetime) -> None:
    """Delete what is older than a day."""
    session.execute(delete(GiftAttempt).where(GiftAttempt.at < now - KEPT_FOR))
