"""The tables of doors: observations that are never changed, and what is derived from them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.append_only import append_only
from app.db import Base, BigId, IdKey, UtcDateTime

_LIFTED = text("lifted_at IS NULL")


def _campaign() -> ForeignKey:
    return ForeignKey("campaign.id")


def _door(*, ondelete: str | None = None) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["campaign_id", "door_id"], ["door.campaign_id", "door.id"], ondelete=ondelete
    )


class FieldDevice(Base):
    """A browser that has sent observations: one person's, in one campaign."""

    __tablename__ = "field_device"
    __table_args__ = (UniqueConstraint("campaign_id", "id"), UniqueConstraint("device"))

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, _campaign())
    device: Mapped[UUID] = mapped_column(Uuid, comment="made by the browser")
    person_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("person.id", ondelete="SET NULL")
    )
    first_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


@append_only(forgets="person_id")
class Visit(Base):
    """One observation at a door; append-only. ``id`` counts in the order of arrival."""

    __tablename__ = "visit"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        UniqueConstraint("observation"),
        UniqueConstraint("device", "device_seq"),
        _door(),
        CheckConstraint("kind IN ('visit', 'correction', 'retraction')", name="kind"),
        CheckConstraint("device_seq > 0", name="device_seq"),
        Index("ix_visit_campaign_id_door_id", "campaign_id", "door_id", "id"),
        Index("ix_visit_campaign_id_person_id_noted_at", "campaign_id", "person_id", "noted_at"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, _campaign())
    door_id: Mapped[int] = mapped_column(BigId)
    observation: Mapped[UUID] = mapped_column(Uuid, comment="made by the phone")
    device: Mapped[UUID] = mapped_column(Uuid)
    device_seq: Mapped[int] = mapped_column(BigInteger, comment="from 1 without a gap")
    digest: Mapped[str] = mapped_column(
        String(64), comment="SHA-256 of what was sent: the same again is a duplicate"
    )
    person_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("person.id", ondelete="SET NULL")
    )
    turf_id: Mapped[int | None] = mapped_column(
        BigId, comment="the turf it was walked under; no key, because a turf may be gone by then"
    )
    kind: Mapped[str] = mapped_column(String(12))
    of: Mapped[UUID | None] = mapped_column(Uuid, comment="the observation corrected or retracted")
    outcome: Mapped[str] = mapped_column(String(40), comment="key in the pack; empty: retraction")
    support: Mapped[int | None] = mapped_column(
        comment="level of the pack; null: not said, or there is no consent to keep it at a door"
    )
    marks: Mapped[list[Any]] = mapped_column(JSON, comment="keys in the pack")
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="by the phone's clock")
    skew_ms: Mapped[int] = mapped_column(
        BigInteger, comment="server's clock minus the phone's when it was sent"
    )
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    plausible: Mapped[bool] = mapped_column(comment="not part of a burst nobody can walk")


class QuarantinedVisit(Base):
    """Something a phone sent that can't be an observation: kept as it came, for a person to see."""

    __tablename__ = "quarantined_visit"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        UniqueConstraint("campaign_id", "person_id", "digest"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, _campaign())
    person_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("person.id", ondelete="SET NULL")
    )
    device: Mapped[UUID | None] = mapped_column(Uuid)
    device_seq: Mapped[int | None] = mapped_column(BigInteger)
    digest: Mapped[str] = mapped_column(String(64))
    sent: Mapped[str] = mapped_column(Text, comment="as JSON in ASCII; cut when it is very long")
    reason: Mapped[str] = mapped_column(String(40))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DoorFlag(Base):
    """Something that holds at a door until staff lifts it: set by one observation."""

    __tablename__ = "door_flag"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        _door(ondelete="CASCADE"),
        Index(
            "uq_door_flag_standing",
            "campaign_id",
            "door_id",
            "flag",
            unique=True,
            sqlite_where=_LIFTED,
            postgresql_where=_LIFTED,
        ),
        CheckConstraint("lifted_at IS NULL OR reason <> ''", name="lifted_with_a_reason"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, _campaign())
    door_id: Mapped[int] = mapped_column(BigId)
    flag: Mapped[str] = mapped_column(String(20), comment="rules.STANDING")
    visit_id: Mapped[int | None] = mapped_column(BigId, comment="the observation that set it")
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lifted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lifted_by: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("person.id", ondelete="SET NULL")
    )
    reason: Mapped[str] = mapped_column(String(300), default="", comment="why it was lifted")


class LoggedDoor(Base):
    """A door at which a visit stands; the facts and the points of the field count these rows."""

    __tablename__ = "logged_door"
    __table_args__ = (_door(ondelete="CASCADE"),)

    campaign_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    door_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    visit_id: Mapped[int] = mapped_column(BigId, comment="the visit that stands for it")
    person_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("person.id", ondelete="SET NULL")
    )
    verified: Mapped[bool] = mapped_column(comment="whether the visit's pace is plausible")
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class OpinionTally(Base):
    """How often a level of support was heard in a building from people who kept their names out."""

    __tablename__ = "opinion_tally"
    __table_args__ = (
        ForeignKeyConstraint(
            ["campaign_id", "building_id"],
            ["building.campaign_id", "building.id"],
            ondelete="CASCADE",
        ),
    )

    campaign_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    building_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    heard: Mapped[int]


class FieldSync(Base):
    """One row: which life of the database this is, and up to where it is safely copied."""

    __tablename__ = "field_sync"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    epoch: Mapped[str] = mapped_column(String(36), comment="changed by every restore")
    durable_visit_id: Mapped[int] = mapped_column(
        BigId, comment="visits up to this one are in a verified backup"
    )
