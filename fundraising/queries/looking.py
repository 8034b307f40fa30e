"""What jobs and messages need to find their gift; the program itself asks, never a page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import Campaign, Election
from fundraising.models import Donation, GatewayEvent, GiftAttempt, StatedLimit
from fundraising.pack import FundPacks
from fundraising.rules.card_testing import Attempt
from fundraising.rules.states import PaymentState

MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftToLookAt:
    """A gift with what its payment and its verdict need."""

    id: int
    campaign_id: int
    gateway: str
    session_ref: str | None
    pack_id: str
    timezone: str
    polling_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFound:
    """A provider's message."""

    gateway: str
    kind: str
    about: str
    received_at: datetime


def find_gift_to_look_at(session: Session, donation_id: int) -> GiftToLookAt | None:
    """Give a gift whoever asks."""
    row = session.execute(
        select(
            Donation.id,
            Donation.campaign_id,
            Donation.gateway,
            Donation.session_ref,
            Election.pack_id,
            Election.timezone,
            Election.polling_day,
        )
        .join(Campaign, Campaign.id == Donation.campaign_id)
        .join(Election, Election.id == Campaign.election_id)
        .where(Donation.id == donation_id)
    ).one_or_none()
    return None if row is None else GiftToLookAt(**row._mapping)


def find_event(session: Session, event_id: int) -> EventFound | None:
    """Give a message that has not been acted on."""
    row = session.execute(
        select(
            GatewayEvent.gateway,
            GatewayEvent.kind,
            GatewayEvent.about,
            GatewayEvent.received_at,
        ).where(GatewayEvent.id == event_id, GatewayEvent.handled_at.is_(None))
    ).one_or_none()
    return None if row is None else EventFound(**row._mapping)


def gifts_to_poll(session: Session, *, since: datetime) -> Sequence[int]:
    """Give the gifts whose pages are open, the oldest first; of ``since`` at most a few hundred."""
    return session.scalars(_open(Donation.created_at >= since)).all()


def gifts_to_close(
    session: Session, *, before: datetime, gateways: Collection[str]
) -> Sequence[int]:
    """Give the gifts of these providers on whose pages nobody paid in time, the oldest first."""
    mine = Donation.gateway.in_(list(gateways))
    return session.scalars(_open(Donation.created_at < before, mine)).all()


def gifts_to_close_on_page(session: Session, donation_id: int) -> Sequence[int]:
    """Give the gifts with open pages of whoever tries cards on the support page of a gift.

    They are those on which a card was declined, and those begun from where one of them was; the
    page of a giver beside them stays open.
    """
    campaign_id = select(Donation.campaign_id).where(Donation.id == donation_id).scalar_subquery()
    mine = GiftAttempt.campaign_id == campaign_id
    declined = (mine, GiftAttempt.kind == Attempt.DECLINED.value)
    networks = select(GiftAttempt.network).where(*declined, GiftAttempt.network != "")
    suspect = select(GiftAttempt.donation_id).where(
        or_(and_(*declined), and_(mine, GiftAttempt.network.in_(networks)))
    )
    return session.scalars(_open(Donation.id.in_(suspect))).all()


def gifts_to_close_of_network(session: Session, donation_id: int) -> Sequence[int]:
    """Give the gifts with open pages, of all campaigns, begun from the network of a gift."""
    network = select(GiftAttempt.network).where(
        GiftAttempt.donation_id == donation_id, GiftAttempt.network != ""
    )
    begun = select(GiftAttempt.donation_id).where(GiftAttempt.network.in_(network))
    return session.scalars(_open(Donation.id.in_(begun))).all()


def _open(*where: ColumnElement[bool]) -> Select[int]:
    return (
        select(Donation.id)
        .where(
            Donation.payment == PaymentState.OPEN.value, Donation.session_ref.is_not(None), *where
        )
        .order_by(Donation.created_at, Donation.id)
        .limit(MOST_AT_ONCE)
    )


def donor_limits(session: Session, packs: FundPacks) -> Sequence[tuple[int, int]]:
    """Give for every campaign with gifts the largest limit of one giver that ever held for it.

    A limit stated lower later does not make unlawful what was lawful before.
    """
    limits: dict[int, int] = {
        row.campaign_id: row.amount_minor
        for row in session.execute(
            select(
                StatedLimit.campaign_id, func.max(StatedLimit.amount_minor).label("amount_minor")
            ).group_by(StatedLimit.campaign_id)
        )
    }
    rows = session.execute(
        select(Donation.campaign_id, Election.pack_id)
        .join(Campaign, Campaign.id == Donation.campaign_id)
        .join(Election, Election.id == Campaign.election_id)
        .group_by(Donation.campaign_id, Election.pack_id)
        .order_by(Donation.campaign_id)
    )
    found = []
    for campaign_id, pack_id in rows:
        known = [check.limit_minor for check in packs[pack_id].checks if check.limit_minor]
        if known or campaign_id in limits:
            found.append((campaign_id, min(known) if known else limits[campaign_id]))
    return found
