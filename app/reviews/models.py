"""The table of reviews."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models.keys import campaign_key, person_key
from app.db import Base, BigId, IdKey, UtcDateTime

_WAITING = text("state = 'submitted'")


def _waiting(name: str, *columns: str) -> Index:
    return Index(name, *columns, sqlite_where=_WAITING, postgresql_where=_WAITING)


class Review(Base):
    """One round of checking one piece of a campaign's work."""

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        UniqueConstraint("campaign_id", "subject_kind", "subject_id", "round"),
        CheckConstraint(
            "state IN ('submitted', 'accepted', 'returned', 'withdrawn')", name="state_known"
        ),
        CheckConstraint(
            "queue IN ('organisation', 'coalition', 'lawyer', 'designer')", name="queue_known"
        ),
        CheckConstraint(
            "(state IN ('accepted', 'returned')) = (decided_at IS NOT NULL)", name="decided"
        ),
        CheckConstraint("state <> 'returned' OR reason <> ''", name="reason_given"),
        # Two people handing in the same thing at once meet here, and nowhere earlier.
        Index(
            "uq_review_one_waiting",
            "campaign_id",
            "subject_kind",
            "subject_id",
            unique=True,
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        _waiting("ix_review_coalition", "coalition_id", "promised_at", "id"),
        _waiting("ix_review_organisation", "organisation_id", "queue", "promised_at", "id"),
        # These two answer the counts beside the filters without touching the rows; SQLite calls
        # them covering only when they hold the state too, though all of them share it.
        _waiting(
            "ix_review_coalition_counts",
            "coalition_id",
            "queue",
            "pack_id",
            "step_key",
            "promised_at",
            "state",
        ),
        _waiting(
            "ix_review_organisation_counts",
            "organisation_id",
            "queue",
            "pack_id",
            "step_key",
            "promised_at",
            "state",
        ),
        Index("ix_review_decided", "decided_by", "decided_at"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key())
    coalition_id: Mapped[int] = mapped_column(BigId, ForeignKey("coalition.id"))
    organisation_id: Mapped[int | None] = mapped_column(
        BigId,
        ForeignKey("organisation.id"),
        comment="the campaign's organisation; follows the campaign when it is placed",
    )
    subject_kind: Mapped[str] = mapped_column(String(32), comment="which feature: evidence, ...")
    subject_id: Mapped[int] = mapped_column(BigId, comment="the row of that feature")
    pack_id: Mapped[str] = mapped_column(String(64), comment="pack of the campaign's election")
    step_key: Mapped[str] = mapped_column(String(64), comment="step of that pack")
    queue: Mapped[str] = mapped_column(String(16))
    round: Mapped[int] = mapped_column(comment="1 the first time, then counting up")
    state: Mapped[str] = mapped_column(String(16), default="submitted")
    submitted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_by: Mapped[int | None] = mapped_column(BigId, person_key())
    promised_at: Mapped[datetime] = mapped_column(
        UtcDateTime, comment="our promise of an answer, a house rule"
    )
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[int | None] = mapped_column(BigId, person_key())
    reason: Mapped[str] = mapped_column(Text, default="", comment="as the candidate reads it")
    version: Mapped[int] = mapped_column(default=1, comment="counts every change of the row")
