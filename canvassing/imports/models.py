"""The table of imports: what was handed in, what it would bring, and what became of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models.keys import campaign_key, person_key
from app.db import Base, BigId, IdKey, UtcDateTime


class FieldImport(Base):
    """One file (or pasted table) of buildings or of contacts."""

    __tablename__ = "field_import"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        CheckConstraint("kind IN ('table', 'map', 'contacts')", name="kind"),
        CheckConstraint(
            "state IN ('reading', 'staged', 'failed', 'applied', 'undone', 'dropped')", name="state"
        ),
        CheckConstraint(
            "kind <> 'contacts' OR (obtained_from <> '' AND consent_basis <> '' "
            "AND consent_scope <> '' AND consent_source <> '' AND consent_on IS NOT NULL)",
            name="consent_is_said",
        ),
        Index("ix_field_import_campaign_id_state", "campaign_id", "state"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key())
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10))
    file_name: Mapped[str] = mapped_column(String(120), default="", comment="shown, never opened")
    sha256: Mapped[str] = mapped_column(
        String(64), default="", comment="a map's file in the store while and after it is read"
    )
    problem: Mapped[str] = mapped_column(String(40), default="", comment="why it failed: a code")
    staged: Mapped[str | None] = mapped_column(
        Text, comment="the rows, packed (contacts: sealed); gone once applied, undone or dropped"
    )
    good: Mapped[int] = mapped_column(default=0, comment="rows that can be taken")
    wrong: Mapped[list[Any]] = mapped_column(JSON, comment="[line, column, message, parameters]")
    wrong_total: Mapped[int] = mapped_column(default=0, comment="the list keeps only the first")
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, comment="what was read or brought")
    obtained_from: Mapped[str] = mapped_column(
        String(200), default="", comment="contacts: where the names come from, in words"
    )
    consent_basis: Mapped[str] = mapped_column(String(40), default="", comment="key in the pack")
    consent_scope: Mapped[str] = mapped_column(
        String(120), default="", comment="keys in the pack with commas"
    )
    consent_source: Mapped[str] = mapped_column(
        String(200), default="", comment="where the consents themselves are kept"
    )
    consent_on: Mapped[date | None] = mapped_column(Date, comment="when the last of them was given")
    handed_in_by: Mapped[int | None] = mapped_column(BigId, person_key())
    handed_in_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="when it was applied, undone, dropped or failed"
    )
