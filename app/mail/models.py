"""The outbox, and the addresses that must not be written to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, IdKey, UtcDateTime


class StoredLetter(Base):
    """One letter to one recipient; its text is wiped once a mail server has taken it."""

    __tablename__ = "letter"
    __table_args__ = (Index("ix_letter_created_at", "created_at", "id"),)

    id: Mapped[IdKey]
    token: Mapped[str] = mapped_column(
        String(64), unique=True, comment="makes the Message-ID, the same at every attempt"
    )
    once_key: Mapped[str | None] = mapped_column(
        String(200), unique=True, comment="asked for twice, written once"
    )
    to_address: Mapped[str] = mapped_column(String(254), comment="ASCII form, as given to SMTP")
    language: Mapped[str] = mapped_column(String(8))
    subject: Mapped[str] = mapped_column(String(250))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="also the Date header")
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refused_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="never sent, for good")
    refusal: Mapped[str | None] = mapped_column(String(40), comment="a code, e.g. smtp-550")


class SuppressedAddress(Base):
    """An address that refused our mail for good; only its hash is kept."""

    __tablename__ = "suppressed_address"

    address_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    reason: Mapped[str] = mapped_column(String(40), comment="a code, e.g. smtp-550")
    since: Mapped[datetime] = mapped_column(UtcDateTime)
