"""The table of support pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, BigId, IdKey, UtcDateTime


class SupportPage(Base):
    """A campaign's public page; what visitors see is the last accepted version of its words."""

    __tablename__ = "support_page"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        UniqueConstraint("campaign_id"),
        CheckConstraint("state IN ('draft', 'submitted', 'accepted', 'returned')", name="state"),
        CheckConstraint("goal_minor > 0", name="goal"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, ForeignKey("campaign.id"))
    slug: Mapped[str] = mapped_column(
        String(60), unique=True, comment="the end of the page's address, for the whole portal"
    )
    title: Mapped[str] = mapped_column(String(120))
    words: Mapped[str] = mapped_column(Text)
    imprint: Mapped[str] = mapped_column(Text, default="", comment="who publishes, with an address")
    goal_minor: Mapped[int] = mapped_column(BigId, comment="minor units of the pack's currency")
    marks: Mapped[list[Any]] = mapped_column(
        JSON, comment="sums on the way: amount_minor and words of each"
    )
    amounts: Mapped[list[Any]] = mapped_column(
        JSON, comment="the three sums offered: amount_minor and words of each"
    )
    state: Mapped[str] = mapped_column(String(12), default="draft")
    note: Mapped[str] = mapped_column(Text, default="", comment="the reviewer's reason")
    shown: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True),
        comment="the accepted words, goal, marks and sums; null: not public",
    )
    before: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True),
        comment="what was shown before the last acceptance, should it be taken back",
    )
    handed_in: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True), comment="the version the last review looks at"
    )
    version: Mapped[int] = mapped_column(default=1, comment="counts savings: a stale form is seen")
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("person.id", ondelete="SET NULL")
    )
