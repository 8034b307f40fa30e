"""What visitors and givers see: a public page, and a gift by its own link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from app.accounts.models import Campaign, District, Election
from fundraising.models import Donation, Refund, SupportPage
from fundraising.rules.states import DonationState


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPage:
    """A support page as visitors see it."""

    campaign_id: int
    slug: str
    shown: Mapping[str, Any]
    candidate: str
    council: str
    district_number: str
    district_name: str
    polling_day: date
    pack_id: str
    timezone: str
    raised_minor: int
    """What counts so far."""
    givers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftToOpen:
    """A gift that still needs a page of its provider."""

    id: int
    attempt: int
    amount_minor: int
    currency: str
    language: str
    gateway: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnGift:
    """A gift as its giver sees it."""

    id: int
    campaign_id: int
    pack_id: str
    candidate: str
    slug: str | None
    timezone: str
    state: DonationState
    amount_minor: int
    cleared_minor: int
    refunded_minor: int
    currency: str
    gateway: str
    page_address: str | None
    reasons: Sequence[str]
    return_by: date | None
    sealed: str
    language: str
    created_at: datetime
    cleared_at: datetime | None
    wished_back_at: datetime | None
    receipt_digest: str | None
    refund_pending_minor: int
    refund_cause: str | None
    """What or who asked for the last refund; None when nobody here did."""

    @property
    def told_reasons(self) -> Sequence[str]:
        """Why it is held, or what sent it back: not the rules, where somebody asked for it."""
        wished = self.refund_cause in ("donor", "treasurer")
        return () if wished and self.state is not DonationState.PAID_HELD else self.reasons

    @property
    def shown_receipt(self) -> str | None:
        """The digest of the receipt; a gift of which nothing counts any more has none to show."""
        return self.receipt_digest if self.cleared_minor else None


# Built once, of plain tables: visitors ask for the page again and again.
_campaign, _district = Campaign.__table__, District.__table__
_donation, _election, _page = Donation.__table__, Election.__table__, SupportPage.__table__
_CAMPAIGN_OF = select(_page.c.campaign_id).where(
    _page.c.slug == bindparam("slug"), _page.c.shown.is_not(None)
)
_COUNTS = (_donation.c.campaign_id == _page.c.campaign_id) & (_donation.c.cleared_minor > 0)
_RAISED = select(func.coalesce(func.sum(_donation.c.cleared_minor), 0)).where(_COUNTS)
_GIVERS = select(func.count(_donation.c.donor_id.distinct())).where(_COUNTS)
_PUBLIC = (
    select(
        _page.c.campaign_id,
        _page.c.slug,
        _page.c.shown,
        _campaign.c.title.label("candidate"),
        _district.c.council,
        _district.c.number.label("district_number"),
        _district.c.name.label("district_name"),
        _election.c.polling_day,
        _election.c.pack_id,
        _election.c.timezone,
        _RAISED.scalar_subquery().label("raised_minor"),
        _GIVERS.scalar_subquery().label("givers"),
    )
    .join(_campaign, _campaign.c.id == _page.c.campaign_id)
    .join(_election, _election.c.id == _campaign.c.election_id)
    .join(_district, _district.c.id == _campaign.c.district_id)
    .where(
        _page.c.campaign_id == bindparam("campaign_id"),
        _page.c.shown.is_not(None),
        _campaign.c.state == "active",
    )
)
_TO_OPEN = (
    select(
        Donation.id,
        Donation.attempt,
        Donation.amount_minor,
        Donation.currency,
        Donation.language,
        Donation.gateway,
        Campaign.title,
    )
    .join(Campaign, Campaign.id == Donation.campaign_id)
    .where(
        Donation.id == bindparam("donation_id"),
        Donation.session_ref.is_(None),
        Donation.payment == "open",
    )
)
_PENDING = (
    select(func.coalesce(func.sum(Refund.amount_minor), 0))
    .where(
        Refund.campaign_id == Donation.campaign_id,
        Refund.donation_id == Donation.id,
        Refund.state.in_(("due", "sent", "failed")),
    )
    .scalar_subquery()
)
_CAUSE = (
    select(Refund.cause)
    .where(Refund.campaign_id == Donation.campaign_id, Refund.donation_id == Donation.id)
    .order_by(Refund.number.desc())
    .limit(1)
    .scalar_subquery()
)
_OWN = (
    select(
        Donation.id,
        Donation.campaign_id,
        Election.pack_id,
        Campaign.title.label("candidate"),
        SupportPage.slug,
        Election.timezone,
        Donation.state,
        Donation.amount_minor,
        Donation.cleared_minor,
        Donation.refunded_minor,
        Donation.currency,
        Donation.gateway,
        Donation.page_address,
        Donation.reasons,
        Donation.return_by,
        Donation.sealed,
        Donation.language,
        Donation.created_at,
        Donation.cleared_at,
        Donation.wished_back_at,
        Donation.receipt_digest,
        _PENDING.label("refund_pending_minor"),
        _CAUSE.label("refund_cause"),
    )
    .join(Campaign, Campaign.id == Donation.campaign_id)
    .join(Election, Election.id == Campaign.election_id)
    .outerjoin(SupportPage, SupportPage.campaign_id == Donation.campaign_id)
    .where(Donation.id == bindparam("donation_id"))
)


def campaign_of_page(session: Session, slug: str) -> int | None:
    """Give the campaign whose public page an address is, if there is one."""
    return session.scalar(_CAMPAIGN_OF, {"slug": slug})


def find_public_page(session: Session, campaign_id: int) -> PublicPage | None:
    """Give a campaign's accepted page and what counts on it so far."""
    row = session.execute(_PUBLIC, {"campaign_id": campaign_id}).one_or_none()
    if row is None:
        return None
    return PublicPage(**{**row._mapping, "raised_minor": int(row.raised_minor)})


def find_gift_to_open(session: Session, donation_id: int) -> GiftToOpen | None:
    """Give a gift that has no page yet."""
    row = session.execute(_TO_OPEN, {"donation_id": donation_id}).one_or_none()
    return None if row is None else GiftToOpen(**row._mapping)


def find_own_gift(session: Session, donation_id: int) -> OwnGift | None:
    """Give a gift to whoever proved to be its giver by the link."""
    row = session.execute(_OWN, {"donation_id": donation_id}).one_or_none()
    if row is None:
        return None
    return OwnGift(**{**row._mapping, "state": DonationState(row.state)})


def find_gift_of_receipt(session: Session, campaign_id: int, digest: str) -> int | None:
    """Give the gift whose receipt is typeset from this sheet; None for any other sheet."""
    return session.scalar(
        select(Donation.id).where(
            Donation.campaign_id == campaign_id, Donation.receipt_digest == digest
        )
    )
