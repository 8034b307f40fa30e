"""Where campaigns stand, kept for lists: a cache beside the facts, never the truth (0011)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models.keys import campaign_key
from app.db import Base, BigId, UtcDateTime


class KeptStanding(Base):
    """Where a campaign stood when its facts last changed; see rules.reckoning.Kept."""

    __tablename__ = "kept_standing"
    __table_args__ = ({"comment": "Can be emptied at any time: it is reckoned again."},)

    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key(), primary_key=True)
    basis: Mapped[str] = mapped_column(
        String(16), comment="Names the pack, the days of the election and the rules"
    )
    good_until: Mapped[int] = mapped_column(
        Integer, comment="First day (ordinal, election's zone) to reckon anew"
    )
    station: Mapped[str | None] = mapped_column(
        String(60), comment="Key of the step to do now; null: none"
    )
    starts_on: Mapped[int | None] = mapped_column(
        Integer, comment="Latest sensible start of the station (ordinal)"
    )
    is_by_law: Mapped[bool] = mapped_column(
        comment="That start is counted from a day of the law, not of our plan"
    )
    done: Mapped[int] = mapped_column(SmallInteger)
    total: Mapped[int] = mapped_column(SmallInteger)
    is_overdue: Mapped[bool]
    is_open: Mapped[bool]
    is_waiting: Mapped[bool]
    moved_at: Mapped[datetime] = mapped_column(
        UtcDateTime, comment="When its last station was reached, or it began"
    )
    dues: Mapped[str] = mapped_column(
        Text, comment="Steps not there and their legal days: step=ordinal, by spaces"
    )
