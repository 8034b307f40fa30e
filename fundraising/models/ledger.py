"""The ledger: accounts, transactions and entries, which the database keeps from being changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.append_only import append_only
from app.db import Base, BigId, IdKey, UtcDateTime


@append_only()
class LedgerAccount(Base):
    """One account of one campaign."""

    __tablename__ = "ledger_account"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        UniqueConstraint("campaign_id", "code"),
        CheckConstraint(
            "code IN ('provider', 'held_donations', 'donations', 'disputed')", name="code"
        ),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, ForeignKey("campaign.id"))
    code: Mapped[str] = mapped_column(String(20))
    currency: Mapped[str] = mapped_column(String(3))


@append_only()
class LedgerTransaction(Base):
    """Entries that belong together and sum to zero."""

    __tablename__ = "ledger_transaction"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        UniqueConstraint("posting_key"),
        ForeignKeyConstraint(
            ["campaign_id", "donation_id"], ["donation.campaign_id", "donation.id"]
        ),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId)
    donation_id: Mapped[int] = mapped_column(BigId)
    posting_key: Mapped[str] = mapped_column(
        String(330), comment="what is posted, for ever unique: capture:<gateway>:<charge> ..."
    )
    kind: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


@append_only()
class LedgerEntry(Base):
    """One side of a transaction."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        UniqueConstraint("campaign_id", "transaction_id", "account_id"),
        ForeignKeyConstraint(
            ["campaign_id", "transaction_id"],
            ["ledger_transaction.campaign_id", "ledger_transaction.id"],
        ),
        ForeignKeyConstraint(
            ["campaign_id", "account_id"], ["ledger_account.campaign_id", "ledger_account.id"]
        ),
        CheckConstraint("amount_minor <> 0", name="amount"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId)
    transaction_id: Mapped[int] = mapped_column(BigId)
    account_id: Mapped[int] = mapped_column(BigId)
    amount_minor: Mapped[int] = mapped_column(BigId, comment="signed minor units")
