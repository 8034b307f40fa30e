"""The tables of flyers: what is being made, and each version as it was handed in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models.keys import campaign_key, person_key
from app.db import Base, BigId, IdKey, UtcDateTime


class Flyer(Base):
    """A flyer of a campaign, in whatever state."""

    __tablename__ = "flyer"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        CheckConstraint("state IN ('draft', 'submitted', 'returned', 'approved')", name="state"),
        CheckConstraint("version > 0", name="version"),
        # The route of a whole coalition reads this index and not the rows.
        Index("ix_flyer_facts", "campaign_id", "state", "approved_day"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key())
    template: Mapped[str] = mapped_column(String(20), comment="key of the template in the pack")
    state: Mapped[str] = mapped_column(String(12), default="draft")
    colour: Mapped[str] = mapped_column(String(12), comment="one of the four lines")
    slots: Mapped[dict[str, Any]] = mapped_column(JSON, comment="text by slot, as last saved")
    imprint: Mapped[dict[str, Any]] = mapped_column(JSON, comment="text by field of the imprint")
    photo: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True), comment="rules.content.Photo: file and size in points"
    )
    version: Mapped[int] = mapped_column(comment="counts savings, so that a stale page is noticed")
    print_digest: Mapped[str] = mapped_column(
        String(64), default="", comment="the typeset pages of what was last saved"
    )
    card_digest: Mapped[str] = mapped_column(
        String(64), default="", comment="the typeset picture of what was last saved"
    )
    note: Mapped[str] = mapped_column(Text, default="", comment="the reviewer's reason")
    approved_day: Mapped[int | None] = mapped_column(
        comment="day of approval in the election's zone, as a proleptic ordinal"
    )
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by: Mapped[int | None] = mapped_column(BigId, person_key())


class FlyerPhoto(Base):
    """A photo that was put on a flyer once: its bytes stay in the files folder."""

    __tablename__ = "flyer_photo"
    __table_args__ = (
        ForeignKeyConstraint(
            ["campaign_id", "flyer_id"], ["flyer.campaign_id", "flyer.id"], ondelete="CASCADE"
        ),
    )

    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key(), primary_key=True)
    flyer_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    sha256: Mapped[str] = mapped_column(
        String(64), primary_key=True, comment="of the kept bytes; names the file"
    )
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    uploaded_by: Mapped[int | None] = mapped_column(BigId, person_key())


class FlyerVersion(Base):
    """A flyer as it was handed in: never changed, its files kept for good."""

    __tablename__ = "flyer_version"
    __table_args__ = (
        ForeignKeyConstraint(
            ["campaign_id", "flyer_id"], ["flyer.campaign_id", "flyer.id"], ondelete="CASCADE"
        ),
        UniqueConstraint("campaign_id", "flyer_id", "number"),
        UniqueConstraint("review_id"),
        CheckConstraint("number > 0", name="number"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key())
    flyer_id: Mapped[int] = mapped_column(BigId)
    number: Mapped[int]
    review_id: Mapped[int] = mapped_column(
        BigId, comment="no key, because reviews know nothing of flyers"
    )
    content: Mapped[dict[str, Any]] = mapped_column(JSON, comment="rules.content.Content")
    pack_version: Mapped[str] = mapped_column(String(10), comment="day of the pack it was held to")
    warnings: Mapped[list[str]] = mapped_column(JSON, comment="rules that warned, by key")
    print_sha256: Mapped[str] = mapped_column(String(64), comment="of the printer's PDF")
    front_sha256: Mapped[str] = mapped_column(String(64), comment="PNG of the first page")
    back_sha256: Mapped[str] = mapped_column(String(64), comment="PNG of the second page")
    card_sha256: Mapped[str] = mapped_column(String(64), comment="PNG for the internet")
    handed_in_at: Mapped[datetime] = mapped_column(UtcDateTime)
    handed_in_by: Mapped[int | None] = mapped_column(BigId, person_key())
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
