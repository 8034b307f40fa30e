"""Invitations by link."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, BigId, IdKey, UtcDateTime


class Invitation(Base):
    """A one-use link that gives a role in a campaign, an organisation or the coalition."""

    __tablename__ = "invitation"
    __table_args__ = (
        ForeignKeyConstraint(
            ["coalition_id", "organisation_id"], ["organisation.coalition_id", "organisation.id"]
        ),
        ForeignKeyConstraint(
            ["coalition_id", "campaign_id"], ["campaign.coalition_id", "campaign.id"]
        ),
        CheckConstraint("accepted_at IS NULL OR revoked_at IS NULL", name="one_end"),
        Index("ix_invitation_coalition_id_organisation_id", "coalition_id", "organisation_id"),
        Index("ix_invitation_campaign_id", "campaign_id"),
    )

    id: Mapped[IdKey]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, comment="SHA-256, hex")
    coalition_id: Mapped[int] = mapped_column(BigId, ForeignKey("coalition.id"))
    organisation_id: Mapped[int | None] = mapped_column(BigId)
    campaign_id: Mapped[int | None] = mapped_column(BigId, comment="set for team roles only")
    role: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200), comment="whom the inviter means")
    email: Mapped[str] = mapped_column(String(254), comment="where the letter went")
    invited_by: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    accepted_by: Mapped[int | None] = mapped_column(BigId, ForeignKey("person.id"))
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
