"""The tables of packets: what was put together of what, its receipt, and who is ready."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models.keys import campaign_key, key_within_campaign, person_key
from app.db import Base, BigId, IdKey, UtcDateTime

_STANDING = text("replaced_at IS NULL")


class Packet(Base):
    """One packet put together: the same papers give the same packet, asked for once."""

    __tablename__ = "packet"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        UniqueConstraint("campaign_id", "key", "purpose", "digest"),
        CheckConstraint("state IN ('wanted', 'ready', 'failed')", name="state"),
        CheckConstraint("purpose IN ('print', 'archive')", name="purpose"),
        CheckConstraint(
            "(state = 'ready') = (pdf_sha256 <> '' AND zip_sha256 <> '')", name="ready_has_files"
        ),
        Index("ix_packet_facts", "campaign_id", "key", "purpose", "asked_at"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key())
    key: Mapped[str] = mapped_column(String(60), comment="key of the packet in the pack")
    purpose: Mapped[str] = mapped_column(String(8), comment="rules.contents.Purpose")
    digest: Mapped[str] = mapped_column(
        String(64), comment="keyed mark of everything that makes its bytes"
    )
    state: Mapped[str] = mapped_column(String(8), default="wanted")
    order_sealed: Mapped[str] = mapped_column(
        Text, comment="sealed JSON of ordering.Order: files, names, the inventory as a sheet"
    )
    done: Mapped[int] = mapped_column(default=0, comment="steps of the work that are done")
    steps: Mapped[int] = mapped_column(comment="steps of the work altogether")
    pages: Mapped[int] = mapped_column(default=0, comment="of the whole document")
    sheets: Mapped[int] = mapped_column(comment="numbered sheets, without the inventory")
    pdf_sha256: Mapped[str] = mapped_column(String(64), default="", comment="names the file")
    pdf_bytes: Mapped[int] = mapped_column(default=0)
    zip_sha256: Mapped[str] = mapped_column(String(64), default="", comment="names the file")
    zip_bytes: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(String(40), default="", comment="code without any word")
    asked_at: Mapped[datetime] = mapped_column(
        UtcDateTime, comment="when it was last asked for: the newest is the present one"
    )
    asked_by: Mapped[int | None] = mapped_column(BigId, person_key())
    ready_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outdated_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="when the rules found that the papers stand otherwise; null: as put in"
    )


class PacketItem(Base):
    """One line of a packet as it was put together."""

    __tablename__ = "packet_item"
    __table_args__ = (
        key_within_campaign("packet", "packet_id"),
        UniqueConstraint("packet_id", "position"),
        CheckConstraint("copies > 0", name="copies"),
        CheckConstraint("last_sheet >= first_sheet", name="sheets"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key())
    packet_id: Mapped[int] = mapped_column(BigId)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(60), comment="kind of paper, or key in the pack")
    number: Mapped[str] = mapped_column(
        String(60), comment="of the issued version; empty for a paper made elsewhere"
    )
    copies: Mapped[int]
    first_sheet: Mapped[int] = mapped_column(comment="0: counted by hand")
    last_sheet: Mapped[int]
    files: Mapped[list[Any]] = mapped_column(JSON, comment="SHA-256 of the files, in order")


class PacketReceipt(Base):
    """What the desk gave for the papers; writing it anew keeps the former one."""

    __tablename__ = "packet_receipt"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        CheckConstraint("sheets > 0", name="sheets"),
        Index(
            "uq_packet_receipt_standing",
            "campaign_id",
            "key",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key())
    key: Mapped[str] = mapped_column(String(60), comment="key of the packet in the pack")
    packet_id: Mapped[int | None] = mapped_column(
        BigId, comment="the packet that was present then; null when none was put together"
    )
    received_on: Mapped[date] = mapped_column(comment="day on the receipt, in the election's zone")
    received_time: Mapped[str] = mapped_column(String(5), default="", comment="HH:MM, local")
    sheets: Mapped[int | None] = mapped_column(comment="sheets taken, as the receipt says")
    number: Mapped[str] = mapped_column(String(60), default="")
    received_by: Mapped[str] = mapped_column(
        Text, default="", comment="sealed: who took the papers, as the receipt says"
    )
    photo_sha256: Mapped[str] = mapped_column(String(64), default="", comment="names the file")
    photo_name: Mapped[str] = mapped_column(String(120), default="")
    photo_type: Mapped[str] = mapped_column(String(40), default="")
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[int | None] = mapped_column(BigId, person_key())
    replaced_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="written anew or taken back since"
    )


class PacketTick(Base):
    """That one person has something in the bag, or a card of the rehearsal in the head."""

    __tablename__ = "packet_tick"

    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key(), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    packet: Mapped[str] = mapped_column(String(60), primary_key=True, comment="key in the pack")
    thing: Mapped[str] = mapped_column(
        String(80), primary_key=True, comment="take:<key> or card:<key>"
    )
    ticked_at: Mapped[datetime] = mapped_column(UtcDateTime)
