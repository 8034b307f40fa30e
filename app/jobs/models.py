"""The tables of jobs and of the workers that run them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, IdKey, UtcDateTime

_WAITING = text("done_at IS NULL AND failed_at IS NULL")


class Job(Base):
    """One piece of work to do after the transaction that asked for it."""

    __tablename__ = "job"
    __table_args__ = (
        Index("ix_job_waiting", "run_at", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
    )

    id: Mapped[IdKey]
    kind: Mapped[str] = mapped_column(String(64), comment="name of the handler, feature.verb")
    payload: Mapped[dict[str, Any]] = mapped_column(
        JSON, comment="ids and codes only: a job's row outlives what it speaks of"
    )
    unique_key: Mapped[str | None] = mapped_column(
        String(200), unique=True, comment="asked for twice, done once"
    )
    run_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="not before this moment")
    attempts: Mapped[int] = mapped_column(default=0, comment="counted when leased, not when failed")
    leased_by: Mapped[str | None] = mapped_column(String(80))
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="given up")
    error: Mapped[str | None] = mapped_column(
        Text, comment="kind and place of the last exception, never its message"
    )


class WorkerBeat(Base):
    """The last sign of life of a worker process."""

    __tablename__ = "worker_beat"

    name: Mapped[str] = mapped_column(String(80), primary_key=True, comment="host:pid:random")
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
