"""The only rows the route keeps: milestones (history, never progress) and what was put off."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models.keys import campaign_key
from app.db import Base, BigId, UtcDateTime


class Milestone(Base):
    """A step of a campaign's route was done for the first time."""

    __tablename__ = "milestone"
    __table_args__ = (
        Index("ix_milestone_campaign_id_reached_at", "campaign_id", "reached_at"),
        {"comment": "First time a step was done; kept when the pack changes."},
    )

    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key(), primary_key=True)
    step_key: Mapped[str] = mapped_column(
        String(60), primary_key=True, comment="Key of the step in the election's pack"
    )
    reached_at: Mapped[datetime] = mapped_column(
        UtcDateTime,
        comment="Of the transaction that completed it, or 0:00 of the day that did",
    )


class Snooze(Base):
    """A candidate put a step off until a day; the route then proposes another."""

    __tablename__ = "snooze"

    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key(), primary_key=True)
    step_key: Mapped[str] = mapped_column(String(60), primary_key=True)
    until: Mapped[date] = mapped_column(Date, comment="First day on which it is proposed again")
