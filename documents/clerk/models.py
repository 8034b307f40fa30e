"""The tables of the clerk: what a person has compared, and days read off signed papers."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models.keys import campaign_key, key_within_campaign, person_key
from app.db import Base, BigId, IdKey, UtcDateTime

_STANDING = text("revoked_at IS NULL")


class ClerkConfirmation(Base):
    """That a person has compared what the clerk warned of; holds while the values stay."""

    __tablename__ = "clerk_confirmation"
    __table_args__ = (
        Index(
            "uq_clerk_confirmation_standing",
            "campaign_id",
            "digest",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key())
    rule: Mapped[str] = mapped_column(String(60), comment="key of the rule in the pack")
    digest: Mapped[str] = mapped_column(
        String(64), comment="keyed mark of the finding: another value is another finding"
    )
    note: Mapped[str] = mapped_column(Text, default="", comment="what it was compared with")
    confirmed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_by: Mapped[int | None] = mapped_column(BigId, person_key())
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_by: Mapped[int | None] = mapped_column(BigId, person_key())


class ClerkDate(Base):
    """A day written by hand on a signed paper, as somebody read it off the scan."""

    __tablename__ = "clerk_date"
    __table_args__ = (key_within_campaign("paper_scan", "scan_id"),)

    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key(), primary_key=True)
    scan_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    place: Mapped[str] = mapped_column(
        String(60), primary_key=True, comment="key of the hand place in the pack"
    )
    day: Mapped[date]
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)
    told_by: Mapped[int | None] = mapped_column(BigId, person_key())
