"""Campaigns, the people of their teams, and the helpers assigned to them."""

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
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, BigId, IdKey, UtcDateTime

_RUNNING = text("state IN ('applied', 'active')")


class Campaign(Base):
    """One candidate's run in one district at one election; it owns all its data."""

    __tablename__ = "campaign"
    __table_args__ = (
        ForeignKeyConstraint(
            ["coalition_id", "organisation_id"], ["organisation.coalition_id", "organisation.id"]
        ),
        ForeignKeyConstraint(
            ["coalition_id", "election_id"], ["election.coalition_id", "election.id"]
        ),
        ForeignKeyConstraint(
            ["election_id", "district_id"], ["district.election_id", "district.id"]
        ),
        UniqueConstraint("coalition_id", "id"),
        CheckConstraint(
            "state IN ('applied', 'active', 'declined', 'withdrawn', 'closed')", name="state"
        ),
        CheckConstraint(
            "state <> 'active' OR organisation_id IS NOT NULL", name="active_has_organisation"
        ),
        Index(
            "uq_campaign_candidate_id_election_id_running",
            "candidate_id",
            "election_id",
            unique=True,
            sqlite_where=_RUNNING,
            postgresql_where=_RUNNING,
        ),
        Index(
            "ix_campaign_coalition_id_organisation_id_state",
            "coalition_id",
            "organisation_id",
            "state",
        ),
        Index("ix_campaign_election_id_district_id", "election_id", "district_id"),
    )

    id: Mapped[IdKey]
    coalition_id: Mapped[int] = mapped_column(BigId, ForeignKey("coalition.id"))
    organisation_id: Mapped[int | None] = mapped_column(
        BigId, comment="null: asked to be placed, and not yet placed"
    )
    election_id: Mapped[int] = mapped_column(BigId)
    district_id: Mapped[int] = mapped_column(BigId)
    candidate_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), index=True)
    title: Mapped[str] = mapped_column(String(200), comment="the candidate's name as shown")
    state: Mapped[str] = mapped_column(String(12))
    state_reason: Mapped[str] = mapped_column(
        Text, default="", comment="why it was declined, in the coordinator's words"
    )
    decided_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="of the interview")
    once_key: Mapped[str | None] = mapped_column(
        String(64),
        unique=True,
        comment="SHA-256 of the sign-up form's own token: sent twice, kept once",
    )
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_active_at: Mapped[datetime] = mapped_column(
        UtcDateTime, comment="when its team last did something here"
    )


class TeamMember(Base):
    """A person's role in a campaign; the candidate is a member too."""

    __tablename__ = "team_member"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        UniqueConstraint("campaign_id", "person_id"),
        CheckConstraint(
            "role IN ('candidate', 'manager', 'treasurer', 'canvass_lead', 'canvasser', 'press')",
            name="role",
        ),
        Index(
            "uq_team_member_campaign_id_candidate",
            "campaign_id",
            unique=True,
            sqlite_where=text("role = 'candidate'"),
            postgresql_where=text("role = 'candidate'"),
        ),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, ForeignKey("campaign.id"))
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    since: Mapped[datetime] = mapped_column(UtcDateTime)


class Assignment(Base):
    """A lawyer or designer who helps a campaign."""

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        UniqueConstraint("campaign_id", "person_id", "role"),
        CheckConstraint("role IN ('lawyer', 'designer')", name="role"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, ForeignKey("campaign.id"))
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    since: Mapped[datetime] = mapped_column(UtcDateTime)
