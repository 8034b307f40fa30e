"""The table of contacts: a first name at a door, and why the campaign may keep it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models.keys import campaign_key, person_key
from app.db import Base, BigId, IdKey, UtcDateTime


class Contact(Base):
    """A resident who agreed to be kept; no surname, no document, no birthday."""

    __tablename__ = "contact"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        UniqueConstraint("campaign_id", "door_id", "first_name"),
        ForeignKeyConstraint(
            ["campaign_id", "door_id"], ["door.campaign_id", "door.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["campaign_id", "import_id"], ["field_import.campaign_id", "field_import.id"]
        ),
        CheckConstraint("first_name <> ''", name="first_name"),
        CheckConstraint(
            "obtained_from <> '' AND consent_basis <> '' AND consent_scope <> '' "
            "AND consent_source <> ''",
            name="consent_is_said",
        ),
        Index("ix_contact_import_id", "campaign_id", "import_id"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key())
    door_id: Mapped[int] = mapped_column(BigId)
    first_name: Mapped[str] = mapped_column(String(60))
    phone_sealed: Mapped[str] = mapped_column(
        Text, default="", comment="E.164, sealed; empty when no number was given"
    )
    note: Mapped[str] = mapped_column(String(300), default="")
    do_not_contact: Mapped[bool] = mapped_column(default=False)
    obtained_from: Mapped[str] = mapped_column(String(200), comment="where the name comes from")
    obtained_at: Mapped[datetime] = mapped_column(UtcDateTime, comment="when it was taken in here")
    obtained_by: Mapped[int | None] = mapped_column(BigId, person_key())
    import_id: Mapped[int | None] = mapped_column(BigId)
    consent_basis: Mapped[str] = mapped_column(String(40), comment="key in the pack")
    consent_scope: Mapped[str] = mapped_column(
        String(120), comment="what was agreed to: keys in the pack with commas"
    )
    consent_source: Mapped[str] = mapped_column(String(200), comment="where the consent is kept")
    consent_on: Mapped[date] = mapped_column(Date, comment="when it was given")
