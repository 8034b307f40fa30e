"""The tables of paperwork: answers, papers, what was issued, what came back signed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models.keys import campaign_key, key_within_campaign, person_key
from app.db import Base, BigId, IdKey, UtcDateTime

_KEPT = text("removed_at IS NULL")
_STANDING = text("revoked_at IS NULL")


class PaperAnswer(Base):
    """One answer of a campaign, given once for all its papers."""

    __tablename__ = "paper_answer"
    __table_args__ = (
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("value = '' OR sealed = ''", name="open_or_sealed"),
    )

    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key(), primary_key=True)
    key: Mapped[str] = mapped_column(
        String(60), primary_key=True, comment="key of the answer in the pack"
    )
    value: Mapped[str] = mapped_column(Text, default="", comment="as typed; empty when sealed")
    sealed: Mapped[str] = mapped_column(
        Text, default="", comment="app.sealing: passport, INN and the like; empty when open"
    )
    unknown: Mapped[bool] = mapped_column(default=False, comment="“I don’t know yet” was chosen")
    version: Mapped[int] = mapped_column(comment="counts savings, so that a stale page is noticed")
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by: Mapped[int | None] = mapped_column(BigId, person_key())


class PaperAnswerRow(Base):
    """One row of an answer that is a table; removed rows stay, so that removal can be undone."""

    __tablename__ = "paper_row"
    __table_args__ = (
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("value = '' OR sealed = ''", name="open_or_sealed"),
    )

    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key(), primary_key=True)
    key: Mapped[str] = mapped_column(
        String(60), primary_key=True, comment="key of the answer in the pack"
    )
    row_id: Mapped[str] = mapped_column(
        String(36),
        primary_key=True,
        comment="UUID made by whoever began the row, so that sending it twice keeps it once",
    )
    position: Mapped[int] = mapped_column(comment="order of the rows on screen and on paper")
    value: Mapped[str] = mapped_column(
        Text, default="", comment="JSON of texts by column; empty when sealed"
    )
    sealed: Mapped[str] = mapped_column(
        Text, default="", comment="app.sealing of the same JSON; empty when open"
    )
    version: Mapped[int] = mapped_column(comment="counts savings")
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by: Mapped[int | None] = mapped_column(BigId, person_key())
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class FormApproval(Base):
    """That somebody has compared a form with the official one, for one election."""

    __tablename__ = "form_approval"
    __table_args__ = (
        ForeignKeyConstraint(
            ["coalition_id", "election_id"],
            ["election.coalition_id", "election.id"],
            ondelete="CASCADE",
        ),
        Index(
            "uq_form_approval_standing",
            "election_id",
            "kind",
            "form_version",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
    )

    id: Mapped[IdKey]
    coalition_id: Mapped[int] = mapped_column(BigId)
    election_id: Mapped[int] = mapped_column(BigId)
    kind: Mapped[str] = mapped_column(String(60), comment="key of the document kind in the pack")
    form_version: Mapped[str] = mapped_column(
        String(40), comment="version of the form in the pack; another one is compared anew"
    )
    note: Mapped[str] = mapped_column(Text, comment="what it was compared with, in words")
    approved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    approved_by: Mapped[int | None] = mapped_column(BigId, person_key())
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_by: Mapped[int | None] = mapped_column(BigId, person_key())


class Paper(Base):
    """How far one kind of paper of one campaign is; the subject of its reviews."""

    __tablename__ = "paper"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        UniqueConstraint("campaign_id", "kind"),
        CheckConstraint("state IN ('draft', 'waiting', 'returned', 'accepted')", name="state"),
        # The route of a whole coalition reads this index and not the rows.
        Index("ix_paper_facts", "campaign_id", "kind", "state", "accepted_day"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key())
    kind: Mapped[str] = mapped_column(String(60), comment="key of the document kind in the pack")
    state: Mapped[str] = mapped_column(String(12), default="draft")
    accepted_day: Mapped[int | None] = mapped_column(
        comment="day the signed paper was first accepted in the election's zone, as a proleptic "
        "ordinal; stays while a newer version is being checked"
    )
    review_id: Mapped[int | None] = mapped_column(
        BigId, comment="the last review; no key, because reviews know nothing of papers"
    )
    note: Mapped[str] = mapped_column(
        Text, default="", comment="the reviewer's reason while it is sent back"
    )
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by: Mapped[int | None] = mapped_column(BigId, person_key())


class PaperIssue(Base):
    """One issued version of a paper: numbered, frozen, and provable byte by byte."""

    __tablename__ = "paper_issue"
    __table_args__ = (
        key_within_campaign("paper", "paper_id"),
        UniqueConstraint("campaign_id", "id"),
        UniqueConstraint("paper_id", "version"),
        UniqueConstraint("number"),
        UniqueConstraint("check_token"),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("state IN ('wanted', 'ready', 'failed')", name="state"),
        CheckConstraint("(state = 'ready') = (sha256 <> '')", name="ready_has_file"),
        Index("ix_paper_issue_wanted", "campaign_id", "digest"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key())
    paper_id: Mapped[int] = mapped_column(BigId)
    version: Mapped[int] = mapped_column(comment="1 for the first issue of this paper")
    number: Mapped[str] = mapped_column(String(60), comment="printed on every page")
    check_token: Mapped[str] = mapped_column(
        String(32), comment="in the address of the check page, which the QR code leads to"
    )
    form_version: Mapped[str] = mapped_column(
        String(40), comment="version of the form in the pack that was printed"
    )
    official: Mapped[bool] = mapped_column(comment="whether its wording had been verified then")
    snapshot: Mapped[str] = mapped_column(
        Text, comment="sealed JSON of rules.snapshots.Snapshot: answers and the sheet as printed"
    )
    digest: Mapped[str] = mapped_column(String(64), comment="of the sheet, as typesetting knows it")
    state: Mapped[str] = mapped_column(String(12), default="wanted")
    sha256: Mapped[str] = mapped_column(
        String(64), default="", comment="of the PDF; names the file; empty until it is typeset"
    )
    pages: Mapped[int] = mapped_column(default=0)
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_by: Mapped[int | None] = mapped_column(BigId, person_key())


class PaperScan(Base):
    """A photo or PDF of a signed paper, as it came back."""

    __tablename__ = "paper_scan"
    __table_args__ = (
        key_within_campaign("paper", "paper_id"),
        key_within_campaign("paper_issue", "issue_id"),
        UniqueConstraint("campaign_id", "id"),
        CheckConstraint("size_bytes > 0", name="size"),
        CheckConstraint(
            "code IN ('match', 'older', 'other', 'foreign', 'none', 'unread')", name="code"
        ),
        # Pressing the button twice puts a page there once.
        Index(
            "uq_paper_scan_kept",
            "campaign_id",
            "paper_id",
            "sha256",
            unique=True,
            sqlite_where=_KEPT,
            postgresql_where=_KEPT,
        ),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key())
    paper_id: Mapped[int] = mapped_column(BigId)
    issue_id: Mapped[int | None] = mapped_column(
        BigId, comment="the newest version when it was uploaded; null: a paper made elsewhere"
    )
    name: Mapped[str] = mapped_column(String(120), comment="shown name, cleaned, with extension")
    sha256: Mapped[str] = mapped_column(String(64), comment="of the kept bytes; names the file")
    media_type: Mapped[str] = mapped_column(String(40))
    size_bytes: Mapped[int]
    pages: Mapped[int]
    code: Mapped[str] = mapped_column(
        String(12), comment="what its QR code said: rules.scans.CodeVerdict"
    )
    code_number: Mapped[str] = mapped_column(
        String(60), default="", comment="number of the document the code belongs to"
    )
    page_numbers: Mapped[list[Any] | None] = mapped_column(
        JSON(none_as_null=True),
        comment="for each page of the file the numbers of the pages of its issue that its codes "
        "are of; null: none was read",
    )
    position: Mapped[int] = mapped_column(default=0, comment="order of the pages of the paper")
    original_sha256: Mapped[str] = mapped_column(
        String(64),
        default="",
        comment="as it came, before it was turned or cropped; empty: it is as it came, or was "
        "handed in since",
    )
    turn: Mapped[int] = mapped_column(default=0, comment="degrees clockwise from the original")
    crop: Mapped[list[Any]] = mapped_column(
        JSON,
        default=lambda: [0, 0, 0, 0],
        comment="percent cut off the turned original at left, top, right and bottom",
    )
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    uploaded_by: Mapped[int | None] = mapped_column(BigId, person_key())
    removed_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="taken away, kept for the rounds it was handed in with"
    )


class PaperRound(Base):
    """What was handed in with one review: which issue, which scans."""

    __tablename__ = "paper_round"
    __table_args__ = (
        key_within_campaign("paper", "paper_id"),
        key_within_campaign("paper_issue", "issue_id"),
        UniqueConstraint("campaign_id", "paper_id", "round"),
        UniqueConstraint("review_id"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key())
    paper_id: Mapped[int] = mapped_column(BigId)
    issue_id: Mapped[int | None] = mapped_column(BigId, comment="null: a paper made elsewhere")
    review_id: Mapped[int] = mapped_column(BigId)
    round: Mapped[int]
    scans: Mapped[list[Any]] = mapped_column(JSON, comment="ids of the scans, in order")
    handed_in_at: Mapped[datetime] = mapped_column(UtcDateTime)
