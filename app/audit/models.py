"""The audit log, which the database itself keeps from being changed, and its checks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.append_only import append_only
from app.db import Base, IdKey, UtcDateTime


@append_only()
class AuditEntry(Base):
    """One line of the log. Ids are no foreign keys: an entry outlives what it speaks of."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_campaign_id", "campaign_id", "number"),
        Index("ix_audit_entry_coalition_id", "coalition_id", "number"),
        Index("ix_audit_entry_subject", "subject_kind", "subject_id", "number"),
    )

    number: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, autoincrement=False, comment="1, 2, 3 ... without a gap"
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(BigInteger, comment="person, or the program")
    action: Mapped[str] = mapped_column(String(64), comment="a code: feature.verb")
    subject_kind: Mapped[str] = mapped_column(String(40), comment="a table's name")
    subject_id: Mapped[int] = mapped_column(BigInteger)
    campaign_id: Mapped[int | None] = mapped_column(BigInteger)
    coalition_id: Mapped[int | None] = mapped_column(
        BigInteger, comment="whose log this is part of; null: of none"
    )
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, comment="codes and numbers only")
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), comment="SHA-256 over this and all before")


class AuditCheck(Base):
    """One verification of the whole chain, and the end it found."""

    __tablename__ = "audit_check"

    id: Mapped[IdKey]
    checked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    head_number: Mapped[int] = mapped_column(BigInteger, comment="last entry; 0 in an empty log")
    head_hash: Mapped[str] = mapped_column(String(64))
    broken_at: Mapped[int | None] = mapped_column(
        BigInteger, comment="first entry that does not hold; null: the chain is whole"
    )
    reason: Mapped[str] = mapped_column(String(20), comment="rules.Break.reason, or empty")
