"""What the treasurer sees: holds, donations, balances, and one gift with its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.queries import CampaignRow, get_campaign
from app.errors import Missing
from fundraising.models import (
    GONE_MINOR,
    IS_HELD,
    Donation,
    DonationStep,
    LedgerAccount,
    LedgerEntry,
    LedgerTransaction,
    Refund,
    StatedLimit,
    SupportPage,
)
from fundraising.rules.ledger import Account
from fundraising.rules.states import DonationState

ROWS_A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftRow:
    """One gift in a list; its giver is still sealed."""

    id: int
    sealed: str
    amount_minor: int
    captured_minor: int
    cleared_minor: int
    refunded_minor: int
    currency: str
    state: DonationState
    reasons: Sequence[str]
    received_on: date | None
    return_by: date | None
    created_at: datetime
    wished_back_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What a campaign's fund comes to, in minor units."""

    held_minor: int
    held: int
    cleared_minor: int
    cleared: int
    refunded_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedRow:
    """A limit a campaign has stated."""

    check_key: str
    amount_minor: int
    source: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """One transaction of a gift."""

    kind: str
    amount_minor: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundRow:
    """Money asked to be given back."""

    amount_minor: int
    cause: str
    state: str
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftDetails:
    """One gift with everything that happened to it."""

    gift: GiftRow
    steps: tuple[tuple[DonationState, datetime], ...]
    booked: tuple[Booked, ...]
    refunds: tuple[RefundRow, ...]


_ROW = (
    Donation.id,
    Donation.sealed,
    Donation.amount_minor,
    Donation.captured_minor,
    Donation.cleared_minor,
    Donation.refunded_minor,
    Donation.currency,
    Donation.state,
    Donation.reasons,
    Donation.received_on,
    Donation.return_by,
    Donation.created_at,
    Donation.wished_back_at,
)


def held_gifts(
    session: Session, viewer: Viewer, campaign_id: int, *, limit: int, offset: int = 0
) -> tuple[GiftRow, ...]:
    """Give what is held, by the legal clock; raises Missing."""
    campaign = get_campaign(session, viewer, campaign_id, Permission.FUND_READ)
    order = (Donation.return_by, Donation.id)
    return _rows(session, campaign, IS_HELD, order, limit, offset)


def gifts(
    session: Session, viewer: Viewer, campaign_id: int, *, limit: int, offset: int = 0
) -> tuple[GiftRow, ...]:
    """Give all paid gifts, the newest first; raises Missing."""
    campaign = get_campaign(session, viewer, campaign_id, Permission.FUND_READ)
    order = (Donation.created_at.desc(), Donation.id.desc())
    return _rows(session, campaign, Donation.captured_minor > 0, order, limit, offset)


def count_gifts(session: Session, viewer: Viewer, campaign_id: int) -> int:
    """Count the paid gifts; raises Missing."""
    campaign = get_campaign(session, viewer, campaign_id, Permission.FUND_READ)
    where = (Donation.campaign_id == campaign.id, Donation.captured_minor > 0)
    return session.scalar(select(func.count()).where(*where)) or 0


def totals(session: Session, viewer: Viewer, campaign_id: int) -> Totals:
    """Give what the fund comes to; raises Missing."""
    campaign = get_campaign(session, viewer, campaign_id, Permission.FUND_READ)
    held = Donation.captured_minor - GONE_MINOR
    row = session.execute(
        select(
            func.coalesce(func.sum(held), 0),
            func.count().filter(IS_HELD),
            func.coalesce(func.sum(Donation.cleared_minor), 0),
            func.count().filter(Donation.cleared_minor > 0),
            func.coalesce(func.sum(Donation.refunded_minor), 0),
        ).where(Donation.campaign_id == campaign.id, Donation.captured_minor > 0)
    ).one()
    return Totals(
        held_minor=int(row[0]),
        held=row[1],
        cleared_minor=int(row[2]),
        cleared=row[3],
        refunded_minor=int(row[4]),
    )


def account_balances(session: Session, viewer: Viewer, campaign_id: int) -> Mapping[Account, int]:
    """Give the balance of every account of a campaign's ledger; raises Missing."""
    campaign = get_campaign(session, viewer, campaign_id, Permission.FUND_READ)
    rows = session.execute(
        select(LedgerAccount.code, func.sum(LedgerEntry.amount_minor))
        .join(
            LedgerEntry,
            (LedgerEntry.campaign_id == LedgerAccount.campaign_id)
            & (LedgerEntry.account_id == LedgerAccount.id),
        )
        .where(LedgerAccount.campaign_id == campaign.id)
        .group_by(LedgerAccount.code)
    )
    return dict.fromkeys(Account, 0) | {Account(code): int(sum_) for code, sum_ in rows}


def stated(session: Session, viewer: Viewer, campaign_id: int) -> Mapping[str, StatedRow]:
    """Give the limits a campaign has stated, the latest of each; raises Missing."""
    campaign = get_campaign(session, viewer, campaign_id, Permission.FUND_READ)
    rows = session.execute(
        select(StatedLimit.check_key, StatedLimit.amount_minor, StatedLimit.source, StatedLimit.at)
        .where(StatedLimit.campaign_id == campaign.id)
        .order_by(StatedLimit.id)
    )
    return {row.check_key: StatedRow(**row._mapping) for row in rows}


def gift_details(
    session: Session, viewer: Viewer, campaign_id: int, donation_id: int
) -> GiftDetails:
    """Give one gift of a campaign; raises Missing."""
    campaign = get_campaign(session, viewer, campaign_id, Permission.FUND_READ)
    found = _rows(session, campaign, Donation.id == donation_id, (Donation.id,), 1, 0)
    if not found:
        raise Missing
    of_gift = (campaign.id, donation_id)
    return GiftDetails(
        gift=found[0],
        steps=_steps(session, *of_gift),
        booked=_booked(session, *of_gift),
        refunds=_refunds(session, *of_gift),
    )


def own_page(session: Session, viewer: Viewer, campaign_id: int) -> SupportPage | None:
    """Give the support page as its campaign edits it; raises Missing."""
    campaign = get_campaign(session, viewer, campaign_id, Permission.PAGE_WRITE)
    return session.scalars(
        select(SupportPage).where(SupportPage.campaign_id == campaign.id)
    ).one_or_none()


def _rows(
    session: Session,
    campaign: CampaignRow,
    where: ColumnElement[bool],
    order: Sequence[object],
    limit: int,
    offset: int,
) -> tuple[GiftRow, ...]:
    rows = session.execute(
        select(*_ROW)
        .where(Donation.campaign_id == campaign.id, where)
        .order_by(*order)  # type: ignore[arg-type]
        .limit(limit)
        .offset(offset)
    )
    return tuple(GiftRow(**{**row._mapping, "state": DonationState(row.state)}) for row in rows)


def _steps(
    session: Session, campaign_id: int, donation_id: int
) -> tuple[tuple[DonationState, datetime], ...]:
    rows = session.execute(
        select(DonationStep.state, DonationStep.at)
        .where(DonationStep.campaign_id == campaign_id, DonationStep.donation_id == donation_id)
        .order_by(DonationStep.id)
    )
    return tuple((DonationState(row.state), row.at) for row in rows)


def _booked(session: Session, campaign_id: int, donation_id: int) -> tuple[Booked, ...]:
    rows = session.execute(
        select(
            LedgerTransaction.kind,
            func.max(LedgerEntry.amount_minor).label("amount_minor"),
            LedgerTransaction.at,
        )
        .join(
            LedgerEntry,
            (LedgerEntry.campaign_id == LedgerTransaction.campaign_id)
            & (LedgerEntry.transaction_id == LedgerTransaction.id),
        )
        .where(
            LedgerTransaction.campaign_id == campaign_id,
            LedgerTransaction.donation_id == donation_id,
        )
        .group_by(LedgerTransaction.id, LedgerTransaction.kind, LedgerTransaction.at)
        .order_by(LedgerTransaction.id)
    )
    return tuple(Booked(**row._mapping) for row in rows)


def _refunds(session: Session, campaign_id: int, donation_id: int) -> tuple[RefundRow, ...]:
    rows = session.execute(
        select(Refund.amount_minor, Refund.cause, Refund.state, Refund.asked_at)
        .where(Refund.campaign_id == campaign_id, Refund.donation_id == donation_id)
        .order_by(Refund.number)
    )
    return tuple(RefundRow(**row._mapping) for row in rows)
