"""Secret links to calendars, reminders that went out, and who wants none."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, BigId, IdKey, UtcDateTime


class CalendarFeed(Base):
    """A person's link to the calendar of one campaign, for calendar programs."""

    __tablename__ = "calendar_feed"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        UniqueConstraint("campaign_id", "person_id"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, ForeignKey("campaign.id"))
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, comment="SHA-256, hex")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="of the present link")


class ReminderSent(Base):
    """A reminder that went out; a deadline that moves to another day is reminded of again."""

    __tablename__ = "reminder_sent"

    campaign_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("campaign.id"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("person.id"), primary_key=True, autoincrement=False
    )
    deadline_key: Mapped[str] = mapped_column(String(80), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True, comment="the deadline's day")
    ahead: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, comment="days: which reminder it was, 7, 3 or 1"
    )
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RemindersOff(Base):
    """A person who wants no reminders about a campaign."""

    __tablename__ = "reminders_off"

    campaign_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("campaign.id"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("person.id"), primary_key=True, autoincrement=False
    )
    since: Mapped[datetime] = mapped_column(UtcDateTime)
