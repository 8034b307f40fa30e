"""The journal of points, and the sums that leagues are read from.

A sum is changed in the transaction that writes the journal's line, so it is never stale.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.append_only import append_only
from app.db import Base, BigId, IdKey, UtcDateTime

_LINES = "line IN ('documents', 'money', 'field', 'voice')"


@append_only()
class PointEntry(Base):
    """One line of the journal: points given for a source, or taken back."""

    __tablename__ = "point_entry"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        ForeignKeyConstraint(
            ["coalition_id", "campaign_id"], ["campaign.coalition_id", "campaign.id"]
        ),
        ForeignKeyConstraint(
            ["coalition_id", "organisation_id"], ["organisation.coalition_id", "organisation.id"]
        ),
        ForeignKeyConstraint(
            ["campaign_id", "takes_back_id"],
            ["point_entry.campaign_id", "point_entry.id"],
            name="fk_point_entry_takes_back",
        ),
        # Where two requests meet: a source earns once a turn, and is taken back once a turn.
        Index(
            "uq_point_entry_source",
            "campaign_id",
            "rule",
            "source",
            "turn",
            "is_claw_back",
            unique=True,
        ),
        UniqueConstraint("takes_back_id"),
        CheckConstraint("is_claw_back = (takes_back_id IS NOT NULL)", name="claw_back_names_award"),
        CheckConstraint("is_claw_back = (points < 0) AND points <> 0", name="sign"),
        CheckConstraint("turn > 0", name="turn_positive"),
        CheckConstraint(_LINES, name="line"),
        Index("ix_point_entry_campaign_id_day_rule", "campaign_id", "day", "rule"),
        {"comment": "Append-only; the database refuses to change or delete a line."},
    )

    id: Mapped[IdKey]
    coalition_id: Mapped[int] = mapped_column(BigId)
    organisation_id: Mapped[int | None] = mapped_column(
        BigId, comment="of the campaign at that time; null: not yet placed"
    )
    campaign_id: Mapped[int] = mapped_column(BigId)
    rule: Mapped[str] = mapped_column(String(20), comment="milestone, paper, flyer, gift, door")
    source: Mapped[str] = mapped_column(
        String(60), comment="number of the source's row, or its key in the pack"
    )
    turn: Mapped[int] = mapped_column(comment="1; 2 when it was taken back and done again ...")
    points: Mapped[int] = mapped_column(comment="below zero when taken back")
    line: Mapped[str] = mapped_column(String(10), comment="of the route")
    takes_back_id: Mapped[int | None] = mapped_column(BigId)
    is_claw_back: Mapped[bool]
    at: Mapped[datetime] = mapped_column(UtcDateTime, comment="of the transaction")
    day: Mapped[date] = mapped_column(
        Date, comment="whose limit it counts in, in the election's zone; of the award"
    )
    week: Mapped[date] = mapped_column(Date, comment="Monday of the week whose points it changes")


class CampaignPoints(Base):
    """What a campaign has in a period: the sum of its lines of the journal."""

    __tablename__ = "campaign_points"
    __table_args__ = (
        ForeignKeyConstraint(
            ["coalition_id", "campaign_id"], ["campaign.coalition_id", "campaign.id"]
        ),
        ForeignKeyConstraint(
            ["coalition_id", "organisation_id"], ["organisation.coalition_id", "organisation.id"]
        ),
        CheckConstraint("points >= 0", name="points_not_negative"),
        CheckConstraint("points = documents + money + field + voice", name="lines_make_points"),
        # A league is a range of these, read from its end: place, page and count by index alone.
        Index(
            "ix_campaign_points_coalition_league",
            "coalition_id",
            "period",
            "listed",
            "points",
            "campaign_id",
        ),
        Index(
            "ix_campaign_points_organisation_league",
            "organisation_id",
            "period",
            "listed",
            "points",
            "campaign_id",
        ),
    )

    campaign_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    period: Mapped[str] = mapped_column(
        String(10), primary_key=True, comment="all, or the Monday of a week: 2026-06-22"
    )
    coalition_id: Mapped[int] = mapped_column(BigId)
    organisation_id: Mapped[int | None] = mapped_column(
        BigId, comment="in whose sum it is; null while the campaign is not active"
    )
    listed: Mapped[bool] = mapped_column(
        comment="active, of an organisation that plays, and not opted out"
    )
    points: Mapped[int]
    documents: Mapped[int]
    money: Mapped[int]
    field: Mapped[int]
    voice: Mapped[int]


class OrganisationPoints(Base):
    """What the candidates of an organisation who are listed have together in a period.

    One who is not listed counts in no figure, so that it can't be reckoned from the others.
    """

    __tablename__ = "organisation_points"
    __table_args__ = (
        ForeignKeyConstraint(
            ["coalition_id", "organisation_id"], ["organisation.coalition_id", "organisation.id"]
        ),
        CheckConstraint("points = documents + money + field + voice", name="lines_make_points"),
        Index("ix_organisation_points_coalition_id_period", "coalition_id", "period"),
    )

    organisation_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    period: Mapped[str] = mapped_column(
        String(10), primary_key=True, comment="all, or the Monday of a week: 2026-06-22"
    )
    coalition_id: Mapped[int] = mapped_column(BigId)
    points: Mapped[int]
    documents: Mapped[int]
    money: Mapped[int]
    field: Mapped[int]
    voice: Mapped[int]


class LeagueAbsence(Base):
    """A candidate does not want to be in leagues, and so is in no organisation's figure."""

    __tablename__ = "league_absence"

    campaign_id: Mapped[int] = mapped_column(BigId, ForeignKey("campaign.id"), primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
