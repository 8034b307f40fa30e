"""Sessions, brakes on guessing, and recovery codes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, BigId, IdKey, UtcDateTime


class SignIn(Base):
    """One session of a person in one browser."""

    __tablename__ = "sign_in"
    __table_args__ = (Index("ix_sign_in_person_id_ended_at", "person_id", "ended_at"),)

    id: Mapped[IdKey]
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, comment="SHA-256, hex")
    device: Mapped[str] = mapped_column(
        String(60), comment="browser and system in two words; the full user agent is not kept"
    )
    second_factor_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    idle_s: Mapped[int] = mapped_column(comment="seconds without a visit after which it ends")
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="renewed every ten minutes")
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="absolute end")
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SignInLock(Base):
    """Failed tries against one login or from one network, and until when no more are taken."""

    __tablename__ = "sign_in_lock"

    key: Mapped[str] = mapped_column(
        String(80), primary_key=True, comment="kind and SHA-256 of a login or address prefix"
    )
    failures: Mapped[int] = mapped_column(default=0)
    last_failed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RecoveryCode(Base):
    """A one-use code for the day the phone with the second factor is lost."""

    __tablename__ = "recovery_code"

    id: Mapped[IdKey]
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), index=True)
    code_hash: Mapped[str] = mapped_column(
        String(64), unique=True, comment="Seal.mark, keyed with the program's key, hex"
    )
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
