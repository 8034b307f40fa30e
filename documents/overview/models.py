"""The tables of the overview: what is kept of campaigns' papers, and issuing for many."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models.keys import campaign_key, person_key
from app.db import Base, BigId, IdKey, UtcDateTime


class KeptPapers(Base):
    """Where the papers of a campaign stood when they last changed; a cache, never the truth."""

    __tablename__ = "kept_papers"
    __table_args__ = ({"comment": "Can be emptied at any time: it is reckoned again."},)

    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key(), primary_key=True)
    basis: Mapped[str] = mapped_column(
        String(16), comment="names the pack, the forms, the election and the day; empty: due anew"
    )
    shape: Mapped[str] = mapped_column(
        String(16), comment="names the kinds of paper whose letters these are, in order"
    )
    letters: Mapped[str] = mapped_column(Text, comment="a letter a kind of paper: rules.LETTERS")
    issuable: Mapped[str] = mapped_column(Text, comment="a letter a kind: rules.Issuable")


class PaperBulk(Base):
    """One kind of paper issued for many campaigns at once."""

    __tablename__ = "paper_bulk"
    __table_args__ = (
        ForeignKeyConstraint(
            ["coalition_id", "organisation_id"], ["organisation.coalition_id", "organisation.id"]
        ),
        UniqueConstraint("asked_by", "token"),
        CheckConstraint("state IN ('running', 'done', 'stopped')", name="state"),
    )

    id: Mapped[IdKey]
    coalition_id: Mapped[int] = mapped_column(BigId, ForeignKey("coalition.id"))
    organisation_id: Mapped[int | None] = mapped_column(
        BigId, comment="whose campaigns; null: of the whole coalition"
    )
    pack_id: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(60), comment="key of the document kind in the pack")
    token: Mapped[str] = mapped_column(
        String(43), comment="made by the page: pressing the button twice is once"
    )
    state: Mapped[str] = mapped_column(String(12), default="running")
    asked_by: Mapped[int | None] = mapped_column(BigId, person_key())
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PaperBulkLine(Base):
    """One campaign of a bulk issue: not done yet, or how it ended; never done twice."""

    __tablename__ = "paper_bulk_line"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'issued', 'refused', 'stopped')", name="state"),
        CheckConstraint("(state = 'issued') = (issue_id IS NOT NULL)", name="issued_is_known"),
        Index("ix_paper_bulk_line_state", "bulk_id", "state", "campaign_id"),
    )

    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key(), primary_key=True)
    bulk_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("paper_bulk.id", ondelete="CASCADE"), primary_key=True
    )
    state: Mapped[str] = mapped_column(String(12), default="waiting")
    reason: Mapped[str] = mapped_column(
        String(20), default="", comment="rules.Reason: why it was not issued"
    )
    issue_id: Mapped[int | None] = mapped_column(
        BigId, comment="the version that was issued; no key, for it goes with its campaign"
    )
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
