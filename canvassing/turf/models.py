"""The tables of turfs: what was cut out, whose it is and until when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models.keys import campaign_key, person_key
from app.db import Base, BigId, IdKey, UtcDateTime


class Turf(Base):
    """Some entrances given to one canvasser until a moment."""

    __tablename__ = "turf"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        Index("ix_turf_campaign_id_person_id", "campaign_id", "person_id"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key())
    name: Mapped[str] = mapped_column(String(80))
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id", ondelete="CASCADE"))
    expires_at: Mapped[datetime] = mapped_column(
        UtcDateTime, comment="from then on its doors are no longer shown; answers still arrive"
    )
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="taken back earlier")
    assigned_by: Mapped[int | None] = mapped_column(BigId, person_key())
    assigned_at: Mapped[datetime] = mapped_column(UtcDateTime)


class TurfEntrance(Base):
    """An entrance of a turf, in the order of walking."""

    __tablename__ = "turf_entrance"
    __table_args__ = (
        ForeignKeyConstraint(
            ["campaign_id", "turf_id"], ["turf.campaign_id", "turf.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["campaign_id", "entrance_id"],
            ["entrance.campaign_id", "entrance.id"],
            ondelete="CASCADE",
        ),
        Index("ix_turf_entrance_campaign_id_entrance_id", "campaign_id", "entrance_id"),
    )

    campaign_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    turf_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    entrance_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    position: Mapped[int]
