"""The table of sheets that were asked for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, BigId, IdKey, UtcDateTime


class TypesetSheet(Base):
    """One sheet of one campaign, asked for once per purpose however often it is wanted."""

    __tablename__ = "typeset_sheet"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        UniqueConstraint("campaign_id", "digest", "purpose"),
        CheckConstraint("state IN ('wanted', 'ready', 'failed')", name="state"),
        CheckConstraint("purpose IN ('preview', 'issue')", name="purpose"),
        CheckConstraint("state <> 'ready' OR sha256 IS NOT NULL", name="ready_has_file"),
        CheckConstraint("state = 'wanted' OR sheet IS NULL", name="sheet_is_forgotten"),
        Index("ix_typeset_sheet_old", "purpose", "wanted_at"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, ForeignKey("campaign.id", ondelete="CASCADE"))
    digest: Mapped[str] = mapped_column(
        String(64),
        comment="marks the sheet and the engine's version; keyed, so it can't be guessed",
    )
    purpose: Mapped[str] = mapped_column(String(8), comment="preview or issue")
    state: Mapped[str] = mapped_column(String(8), comment="wanted, ready, failed")
    sheet: Mapped[str | None] = mapped_column(
        Text, comment="documents.sheets.Sheet, sealed; null once it is typeset"
    )
    sha256: Mapped[str | None] = mapped_column(String(64), comment="of the PDF; names its file")
    rasters: Mapped[list[str]] = mapped_column(JSON, comment="SHA-256 of the PNG of each page")
    fitted: Mapped[list[dict[str, Any]]] = mapped_column(
        JSON, comment="documents.sheets.Fitted: how each text came into its place"
    )
    pages: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(
        String(40), default="", comment="code without any word of it"
    )
    wanted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ready_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
