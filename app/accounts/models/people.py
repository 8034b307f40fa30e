"""People, their consents, and the one-use links that reach them by mail."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, BigId, IdKey, UtcDateTime


class Person(Base):
    """A person with an account; what they may do follows from teams, staff and assignments."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("theme IN ('light', 'dark', 'auto')", name="theme"),
        Index("ix_person_email", "email"),
    )

    id: Mapped[IdKey]
    login: Mapped[str | None] = mapped_column(
        String(254),
        unique=True,
        comment="mail address, NFKC and casefolded; null until the address is confirmed",
    )
    email: Mapped[str] = mapped_column(String(254), comment="where letters go, as typed")
    email_confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    phone: Mapped[str | None] = mapped_column(String(32), comment="as typed, only for calling back")
    name: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(8), default="ru")
    theme: Mapped[str] = mapped_column(String(8), default="auto")
    password_hash: Mapped[str | None] = mapped_column(
        String(200), comment="argon2id, with its own salt and cost"
    )
    totp_secret: Mapped[str | None] = mapped_column(
        String(200), comment="base32, sealed with the program's key"
    )
    totp_confirmed_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="null: begun and not finished, the second factor does not count"
    )
    totp_last_step: Mapped[int | None] = mapped_column(
        BigId, comment="30-second step of the last code taken; no code works twice"
    )
    suspended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    merged_into_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("person.id"), comment="the account that took this one's applications over"
    )
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ConsentRecord(Base):
    """What a person agreed to, in which words, and when."""

    __tablename__ = "consent_record"

    id: Mapped[IdKey]
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(40), comment="sign_up")
    version: Mapped[str] = mapped_column(String(20), comment="date of the wording")
    language: Mapped[str] = mapped_column(String(8))
    words: Mapped[str] = mapped_column(Text, comment="the text as it was shown")
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class EmailConfirmation(Base):
    """A link that proves an address belongs to the person."""

    __tablename__ = "email_confirmation"

    id: Mapped[IdKey]
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), index=True)
    email: Mapped[str] = mapped_column(String(254), comment="the address that is proved")
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, comment="SHA-256, hex")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PasswordReset(Base):
    """A link that lets a person choose a new password."""

    __tablename__ = "password_reset"

    id: Mapped[IdKey]
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, comment="SHA-256, hex")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
