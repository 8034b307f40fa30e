"""The tables of gifts: who gave, what became of it, what was checked and given back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.append_only import append_only
from app.db import Base, BigId, IdKey, UtcDateTime

STATES = (
    "'started', 'expired', 'failed', 'cancelled', 'paid_held', 'cleared', 'refund_due', "
    "'refunding', 'refunded', 'part_refunded', 'refund_failed', 'disputed', 'lost'"
)
_HELD = text("captured_minor > cleared_minor + refunded_minor + lost_minor")
_OPEN = text("payment = 'open'")


def _campaign() -> ForeignKey:
    return ForeignKey("campaign.id")


def _of_donation() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["campaign_id", "donation_id"], ["donation.campaign_id", "donation.id"]
    )


class Donor(Base):
    """A giver of one campaign, as little of them as the law asks for, and that sealed."""

    __tablename__ = "donor"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        UniqueConstraint("campaign_id", "mark"),
        Index("ix_donor_email_mark", "campaign_id", "email_mark"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, _campaign())
    mark: Mapped[str] = mapped_column(
        String(64), comment="keyed hash of the pack's identity questions: recognises, tells nothing"
    )
    email_mark: Mapped[str] = mapped_column(String(64), comment="keyed hash of the address")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Donation(Base):
    """One gift. Its sums say what happened; its state is folded from them by the rules."""

    __tablename__ = "donation"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        UniqueConstraint("campaign_id", "once_key"),
        UniqueConstraint("gateway", "session_ref"),
        UniqueConstraint("gateway", "charge_ref"),
        ForeignKeyConstraint(["campaign_id", "donor_id"], ["donor.campaign_id", "donor.id"]),
        CheckConstraint(f"state IN ({STATES})", name="state"),
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint(
            "cleared_minor >= 0 AND refunded_minor >= 0 AND lost_minor >= 0 AND "
            "cleared_minor + refunded_minor + lost_minor <= captured_minor",
            name="parts_of_the_captured",
        ),
        Index("ix_donation_shown", "campaign_id", "cleared_minor", "donor_id"),
        Index("ix_donation_donor", "campaign_id", "donor_id"),
        Index(
            "ix_donation_held",
            "campaign_id",
            "return_by",
            "id",
            sqlite_where=_HELD,
            postgresql_where=_HELD,
        ),
        Index("ix_donation_open", "created_at", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, _campaign())
    donor_id: Mapped[int] = mapped_column(BigId)
    once_key: Mapped[str] = mapped_column(
        String(64), comment="SHA-256 of the form's own token: sent twice, kept once"
    )
    sealed: Mapped[str] = mapped_column(
        Text, comment="sealed JSON: email and the answers to the pack's questions"
    )
    language: Mapped[str] = mapped_column(String(2), comment="in which the giver is written to")
    currency: Mapped[str] = mapped_column(String(3))
    amount_minor: Mapped[int] = mapped_column(BigId, comment="minor units, as asked of the giver")
    gateway: Mapped[str] = mapped_column(String(20))
    attempt: Mapped[int] = mapped_column(default=1, comment="part of the idempotency key")
    payment: Mapped[str] = mapped_column(String(12), comment="what the provider's page came to")
    session_ref: Mapped[str | None] = mapped_column(String(255), comment="the provider's page")
    page_address: Mapped[str | None] = mapped_column(Text, comment="where the giver pays")
    charge_ref: Mapped[str | None] = mapped_column(String(255), comment="the provider's payment")
    captured_minor: Mapped[int] = mapped_column(BigId, default=0)
    cleared_minor: Mapped[int] = mapped_column(BigId, default=0, comment="of it, what counts")
    refunded_minor: Mapped[int] = mapped_column(BigId, default=0)
    lost_minor: Mapped[int] = mapped_column(BigId, default=0, comment="taken back by a bank")
    disputed: Mapped[bool] = mapped_column(default=False)
    received_on: Mapped[date | None] = mapped_column(
        Date, comment="day of the payment in the election's zone: the legal clock's first day"
    )
    return_by: Mapped[date | None] = mapped_column(Date, comment="last lawful day to return it")
    reasons: Mapped[list[str]] = mapped_column(
        JSON, comment="keys of the pack's checks that hold it or turned it down"
    )
    warned_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="when the treasurer was reminded of the legal clock"
    )
    receipt_digest: Mapped[str | None] = mapped_column(
        String(64), comment="the typeset sheet of its receipt"
    )
    wished_back_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="when the giver asked for a gift back that counts already"
    )
    state: Mapped[str] = mapped_column(String(14))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    cleared_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


GONE_MINOR = Donation.cleared_minor + Donation.refunded_minor + Donation.lost_minor
"""What of a gift is settled: it counts, has gone back, or was lost to a dispute."""
IS_HELD = Donation.captured_minor > GONE_MINOR
"""Whether something of a gift has arrived and is not settled yet."""


@append_only()
class DonationStep(Base):
    """A state a donation came into: written once, never changed.

    The first are written when money comes; a gift that was never paid has none and is deleted.
    """

    __tablename__ = "donation_step"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        _of_donation(),
        CheckConstraint(f"state IN ({STATES})", name="state"),
        Index("ix_donation_step_donation", "campaign_id", "donation_id", "id"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId)
    donation_id: Mapped[int] = mapped_column(BigId)
    state: Mapped[str] = mapped_column(String(14))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class GiftAttempt(Base):
    """A gift begun, or a card declined on it: what the brake against trying cards counts.

    Kept for a day and then deleted, because it says from which network somebody came.
    """

    __tablename__ = "gift_attempt"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        UniqueConstraint("event_id"),
        _of_donation(),
        CheckConstraint("kind IN ('begun', 'declined')", name="kind"),
        CheckConstraint("(kind = 'declined') = (event_id IS NOT NULL)", name="declined_by_event"),
        Index("ix_gift_attempt_campaign", "campaign_id", "at", "kind"),
        Index("ix_gift_attempt_network", "network", "at", "kind"),
        Index("ix_gift_attempt_donation", "campaign_id", "donation_id", "kind"),
        Index("ix_gift_attempt_at", "at"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId)
    donation_id: Mapped[int] = mapped_column(BigId)
    kind: Mapped[str] = mapped_column(String(10))
    network: Mapped[str] = mapped_column(
        String(64), comment="keyed hash of the network the gift was begun from; empty: unknown"
    )
    event_id: Mapped[int | None] = mapped_column(
        BigId,
        ForeignKey("gateway_event.id", ondelete="CASCADE"),
        comment="the provider's message: the same decline is counted once",
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime)


@append_only()
class Verdict(Base):
    """One decision about the held sum of a gift, by the rules of a pack's version."""

    __tablename__ = "verdict"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        UniqueConstraint("campaign_id", "donation_id", "number"),
        _of_donation(),
        CheckConstraint("outcome IN ('clear', 'hold', 'return')", name="outcome"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId)
    donation_id: Mapped[int] = mapped_column(BigId)
    number: Mapped[int] = mapped_column(comment="1, 2, 3 ... for each gift")
    outcome: Mapped[str] = mapped_column(String(8))
    clear_minor: Mapped[int] = mapped_column(BigId)
    return_minor: Mapped[int] = mapped_column(BigId)
    reasons: Mapped[list[str]] = mapped_column(JSON, comment="keys of the pack's checks")
    limits: Mapped[dict[str, Any]] = mapped_column(
        JSON, comment="limits that held then, by check, in minor units"
    )
    pack_id: Mapped[str] = mapped_column(String(64))
    pack_version: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


@append_only()
class GiftCheck(Base):
    """What the treasurer found when a check needs a person: the last answer counts."""

    __tablename__ = "gift_check"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        _of_donation(),
        Index("ix_gift_check_donation", "campaign_id", "donation_id", "id"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId)
    donation_id: Mapped[int] = mapped_column(BigId)
    check_key: Mapped[str] = mapped_column(String(40))
    passed: Mapped[bool]
    by: Mapped[int] = mapped_column(BigId, comment="a person; no key: the row never changes")
    at: Mapped[datetime] = mapped_column(UtcDateTime)


@append_only()
class StatedLimit(Base):
    """A limit that the pack does not know, entered from an official paper; the last counts."""

    __tablename__ = "stated_limit"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        CheckConstraint("amount_minor > 0", name="amount"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, _campaign())
    check_key: Mapped[str] = mapped_column(String(40))
    amount_minor: Mapped[int] = mapped_column(BigId)
    source: Mapped[str] = mapped_column(Text, comment="the paper, as the treasurer names it")
    by: Mapped[int | None] = mapped_column(BigId, comment="a person; no key: the row never changes")
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Refund(Base):
    """Money asked to be given back; the row is there before the provider is called."""

    __tablename__ = "refund"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        UniqueConstraint("campaign_id", "donation_id", "number"),
        _of_donation(),
        CheckConstraint("amount_minor > 0", name="amount"),
        CheckConstraint("state IN ('due', 'sent', 'done', 'failed')", name="state"),
        CheckConstraint("cause IN ('rules', 'treasurer', 'donor', 'clock')", name="cause"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId)
    donation_id: Mapped[int] = mapped_column(BigId)
    number: Mapped[int] = mapped_column(comment="1, 2 ... for each gift; in the idempotency key")
    amount_minor: Mapped[int] = mapped_column(BigId)
    cause: Mapped[str] = mapped_column(String(12), comment="who or what asked for it")
    state: Mapped[str] = mapped_column(String(8))
    attempt: Mapped[int] = mapped_column(default=1)
    provider_ref: Mapped[str | None] = mapped_column(String(255))
    asked_by: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("person.id", ondelete="SET NULL")
    )
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class GatewayEvent(Base):
    """A provider's message that was received: a hint to look, and nothing else of it is kept."""

    __tablename__ = "gateway_event"
    __table_args__ = (
        UniqueConstraint("gateway", "event_id"),
        Index("ix_gateway_event_received_at", "received_at"),
    )

    id: Mapped[IdKey]
    gateway: Mapped[str] = mapped_column(String(20))
    event_id: Mapped[str] = mapped_column(String(255))
    kind: Mapped[str] = mapped_column(String(80))
    about: Mapped[str] = mapped_column(String(255), comment="the provider's object to look at")
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    handled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
