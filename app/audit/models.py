"""The audit log, which the database itself keeps from being changed, and its checks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import DDL, JSON, BigInteger, Index, String, event
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, IdKey, UtcDateTime

TABLE = "audit_entry"


class AuditEntry(Base):
    """One line of the log. Ids are no foreign keys: an entry outlives what it speaks of."""

    __tablename__ = TABLE
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


def audit_ddl(dialect: str) -> list[str]:
    """Give the statements that make the table append-only on ``sqlite`` or ``postgresql``.

    ``create_all`` runs them by itself; a migration executes each.
    """
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
            "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    if dialect == "postgresql":
        return [
            (
                f"CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$"
            ),
            (
                f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
                f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()"
            ),
            (
                f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()"
            ),
        ]
    raise ValueError(f"no append-only table on {dialect}")


for _dialect in ("sqlite", "postgresql"):
    for _statement in audit_ddl(_dialect):
        event.listen(
            Base.metadata.tables[TABLE],
            "after_create",
            DDL(_statement).execute_if(dialect=_dialect),  # type: ignore[no-untyped-call]
        )
