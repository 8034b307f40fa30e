"""The tables of signatures: numbers of a campaign, who collects, sheets out and back, their rows.

Nothing about a voter is stored but a keyed mark, by which a second signature is noticed: names,
addresses and passports stay on paper.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models.keys import campaign_key, key_within_campaign, person_key
from app.db import Base, BigId, IdKey, UtcDateTime


class SignaturePlan(Base):
    """The numbers and days of one campaign's collecting; what is null is not known."""

    __tablename__ = "signature_plan"
    __table_args__ = (
        CheckConstraint("voters > 0", name="voters"),
        CheckConstraint("mandates > 0", name="mandates"),
        CheckConstraint("published > 0", name="published"),
        CheckConstraint("published_maximum >= published", name="published_maximum"),
        CheckConstraint("version > 0", name="version"),
    )

    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key(), primary_key=True)
    voters: Mapped[int | None] = mapped_column(comment="registered voters of the district")
    mandates: Mapped[int | None]
    published: Mapped[int | None] = mapped_column(
        comment="the required number as the commission published it: wins over the formula"
    )
    published_maximum: Mapped[int | None] = mapped_column(
        comment="the most that may be handed in, as published"
    )
    published_where: Mapped[str] = mapped_column(
        Text, default="", comment="decision and page where the number stands"
    )
    first_day: Mapped[date | None] = mapped_column(comment="first day on which a signature counts")
    last_day: Mapped[date | None] = mapped_column(comment="last day on which a signature counts")
    paid_on: Mapped[date | None] = mapped_column(
        comment="day the sheets were paid for from the fund"
    )
    paid_by: Mapped[str] = mapped_column(
        String(200), default="", comment="number and day of the payment order"
    )
    required: Mapped[int | None] = mapped_column(
        comment="what rules.requirement gave when the plan was saved; for the facts of many"
    )
    version: Mapped[int] = mapped_column(comment="counts savings, so that a stale page is noticed")
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by: Mapped[int | None] = mapped_column(BigId, person_key())


class SignatureCollector(Base):
    """Somebody who collects; what the law wants written on each sheet lies sealed."""

    __tablename__ = "signature_collector"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        UniqueConstraint("campaign_id", "key"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key())
    key: Mapped[str] = mapped_column(String(36), comment="made by the page: pressing twice is once")
    name: Mapped[str] = mapped_column(String(160))
    sealed: Mapped[str] = mapped_column(
        Text, comment="app.sealing, JSON: birth date, address, passport, as they stand on the sheet"
    )
    person_id: Mapped[int | None] = mapped_column(
        BigId, person_key(), comment="when the collector is in the team"
    )
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="collects no more")
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by: Mapped[int | None] = mapped_column(BigId, person_key())


class SignatureBatch(Base):
    """Sheets printed at one time: a range of numbers, one circulation, one payment."""

    __tablename__ = "signature_batch"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        UniqueConstraint("campaign_id", "key"),
        CheckConstraint("first_number > 0 AND last_number >= first_number", name="numbers"),
        CheckConstraint("sides IN (1, 2)", name="sides"),
        CheckConstraint("rows_per_sheet > 0", name="rows_per_sheet"),
        CheckConstraint("state IN ('wanted', 'ready', 'failed')", name="state"),
        Index("ix_signature_batch_digest", "campaign_id", "digest"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key())
    key: Mapped[str] = mapped_column(String(36), comment="made by the page: pressing twice is once")
    collector_id: Mapped[int | None] = mapped_column(
        BigId, comment="for whom they are numbered; null: for whoever takes them"
    )
    first_number: Mapped[int]
    last_number: Mapped[int]
    sides: Mapped[int]
    rows_per_sheet: Mapped[int]
    form_version: Mapped[str] = mapped_column(String(40))
    official: Mapped[bool] = mapped_column(comment="whether the form had been compared by then")
    snapshot: Mapped[str] = mapped_column(Text, comment="sealed JSON of the header as printed")
    digest: Mapped[str] = mapped_column(String(64), comment="of the sheet, as typesetting knows it")
    state: Mapped[str] = mapped_column(String(12), default="wanted")
    sha256: Mapped[str] = mapped_column(String(64), default="", comment="of the PDF, once typeset")
    cover_digest: Mapped[str] = mapped_column(
        String(64), default="", comment="of the page that goes with the sheets and is none of them"
    )
    cover_sha256: Mapped[str] = mapped_column(String(64), default="", comment="of its PDF")
    ordered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ordered_by: Mapped[int | None] = mapped_column(BigId, person_key())


class SignatureSheet(Base):
    """One numbered sheet: where it is, and the days that stand below its rows."""

    __tablename__ = "signature_sheet"
    __table_args__ = (
        key_within_campaign("signature_batch", "batch_id"),
        UniqueConstraint("campaign_id", "id"),
        UniqueConstraint("campaign_id", "number"),
        CheckConstraint("state IN ('printed', 'out', 'returned', 'spoilt')", name="state"),
        CheckConstraint("version > 0", name="version"),
        Index("ix_signature_sheet_facts", "campaign_id", "state", "good"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key())
    batch_id: Mapped[int] = mapped_column(BigId)
    number: Mapped[int]
    collector_id: Mapped[int | None] = mapped_column(BigId, comment="who has it or brought it")
    state: Mapped[str] = mapped_column(String(12), default="printed")
    out_on: Mapped[date | None] = mapped_column(comment="given to the collector")
    certified_on: Mapped[date | None] = mapped_column(comment="day beside the collector's hand")
    candidate_on: Mapped[date | None] = mapped_column(comment="day beside the candidate's hand")
    defects: Mapped[list[Any]] = mapped_column(JSON, comment="codes that spoil the whole sheet")
    signed: Mapped[int] = mapped_column(
        default=0, comment="rows signed and not struck; kept beside the rows for counts"
    )
    struck: Mapped[int] = mapped_column(
        default=0, comment="rows struck out: they tell of the collector and count for nothing"
    )
    good: Mapped[int] = mapped_column(
        default=0, comment="of those signed without a defect, as rules.sheets counted them last"
    )
    folder: Mapped[str] = mapped_column(
        String(20), default="", comment="number of the folder it was handed in with; empty: not"
    )
    version: Mapped[int] = mapped_column(default=1)
    counted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    counted_by: Mapped[int | None] = mapped_column(BigId, person_key())


class SignatureRow(Base):
    """A row of a sheet that came back."""

    __tablename__ = "signature_row"
    __table_args__ = (
        key_within_campaign("signature_sheet", "sheet_id"),
        CheckConstraint("state IN ('empty', 'signed', 'struck')", name="state"),
        CheckConstraint("number > 0", name="number"),
        Index("ix_signature_row_mark", "campaign_id", "mark"),
    )

    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key(), primary_key=True)
    sheet_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(8))
    signed_on: Mapped[date | None] = mapped_column(comment="as the voter wrote it")
    defects: Mapped[list[Any]] = mapped_column(JSON, comment="codes a person has seen")
    mark: Mapped[str] = mapped_column(
        String(64),
        default="",
        comment="app.sealing mark of campaign and passport: two equal ones are one voter; the "
        "passport itself is typed once and never kept",
    )


class SignatureProtocol(Base):
    """A protocol of the collection as it was made from the folders of that moment."""

    __tablename__ = "signature_protocol"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        UniqueConstraint("campaign_id", "key"),
        CheckConstraint("state IN ('wanted', 'ready', 'failed')", name="state"),
        Index("ix_signature_protocol_digest", "campaign_id", "digest"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key())
    key: Mapped[str] = mapped_column(String(36), comment="made by the page: pressing twice is once")
    folders: Mapped[list[Any]] = mapped_column(
        JSON, comment="of each folder its number, its sheets and its signatures"
    )
    sheets: Mapped[int]
    signatures: Mapped[int]
    form_version: Mapped[str] = mapped_column(String(40))
    official: Mapped[bool] = mapped_column(comment="whether the form had been compared by then")
    snapshot: Mapped[str] = mapped_column(Text, comment="sealed JSON of the sheet as printed")
    digest: Mapped[str] = mapped_column(String(64), comment="as typesetting knows it")
    state: Mapped[str] = mapped_column(String(12), default="wanted")
    sha256: Mapped[str] = mapped_column(String(64), default="", comment="of the PDF, once typeset")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[int | None] = mapped_column(BigId, person_key())
