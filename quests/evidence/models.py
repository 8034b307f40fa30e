"""The tables of evidence: what is proved, what was typed, handed in, ticked, tried and agreed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
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


class Evidence(Base):
    """How far one piece of evidence of one step of one campaign is."""

    __tablename__ = "evidence"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        UniqueConstraint("campaign_id", "step_key", "evidence_key"),
        CheckConstraint("state IN ('draft', 'submitted', 'accepted', 'returned')", name="state"),
        CheckConstraint("count >= 0", name="count"),
        # The route of a whole coalition reads this index and not the rows.
        Index(
            "ix_evidence_facts",
            "campaign_id",
            "step_key",
            "evidence_key",
            "state",
            "count",
            "proved_day",
        ),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key())
    step_key: Mapped[str] = mapped_column(String(60))
    evidence_key: Mapped[str] = mapped_column(String(60), comment="key of the evidence in the pack")
    kind: Mapped[str] = mapped_column(String(12), comment="form, upload, checklist, quiz, meeting")
    queue: Mapped[str] = mapped_column(
        String(16), default="", comment="queue it is reviewed in; empty: counts without a review"
    )
    state: Mapped[str] = mapped_column(String(12), default="draft")
    count: Mapped[int] = mapped_column(
        default=0, comment="files, ticks, right answers or 1: what the pack's need is held against"
    )
    proved_day: Mapped[int | None] = mapped_column(
        comment="day it was first proved in the election's zone, as a proleptic ordinal; "
        "stays while a repeatable step is being done again"
    )
    review_id: Mapped[int | None] = mapped_column(
        BigId, comment="the last review; no key, because reviews know nothing of evidence"
    )
    note: Mapped[str] = mapped_column(
        Text, default="", comment="the reviewer's reason while it is sent back"
    )
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by: Mapped[int | None] = mapped_column(BigId, person_key())


class AnswerSheet(Base):
    """What is typed into a step's form, finished or not."""

    __tablename__ = "answer_sheet"
    __table_args__ = (CheckConstraint("version > 0", name="version"),)

    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key(), primary_key=True)
    step_key: Mapped[str] = mapped_column(String(60), primary_key=True)
    typed: Mapped[dict[str, Any]] = mapped_column(JSON, comment="text by field, as last saved")
    version: Mapped[int] = mapped_column(comment="counts savings, so that a stale page is noticed")
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by: Mapped[int | None] = mapped_column(BigId, person_key())


class Answer(Base):
    """A chosen answer that conditions of the route may ask for; written when a form is sent."""

    __tablename__ = "answer"
    __table_args__ = (Index("ix_answer_facts", "name", "campaign_id", "value"),)

    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key(), primary_key=True)
    name: Mapped[str] = mapped_column(
        String(130), primary_key=True, comment="name of the fact, answer:<step>:<field>"
    )
    value: Mapped[str] = mapped_column(String(80))


class HandedInRound(Base):
    """What was handed in with one review, as it was then."""

    __tablename__ = "handed_in"
    __table_args__ = (
        key_within_campaign("evidence", "evidence_id"),
        UniqueConstraint("campaign_id", "evidence_id", "round"),
        UniqueConstraint("review_id"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key())
    evidence_id: Mapped[int] = mapped_column(BigId)
    review_id: Mapped[int] = mapped_column(BigId)
    round: Mapped[int]
    snapshot: Mapped[dict[str, Any]] = mapped_column(JSON, comment="rules.changes.Snapshot")
    handed_in_at: Mapped[datetime] = mapped_column(UtcDateTime)


class UploadedFile(Base):
    """A file somebody of the campaign has put there; its bytes lie in the files folder."""

    __tablename__ = "uploaded_file"
    __table_args__ = (
        key_within_campaign("evidence", "evidence_id"),
        UniqueConstraint("campaign_id", "id"),
        CheckConstraint("size_bytes > 0", name="size"),
        # Pressing the button twice puts a file there once.
        Index(
            "uq_uploaded_file_kept",
            "campaign_id",
            "evidence_id",
            "sha256",
            unique=True,
            sqlite_where=_KEPT,
            postgresql_where=_KEPT,
        ),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key())
    evidence_id: Mapped[int] = mapped_column(BigId)
    item_key: Mapped[str] = mapped_column(
        String(60), default="", comment="which of the step's files this is; empty when any will do"
    )
    name: Mapped[str] = mapped_column(String(120), comment="shown name, cleaned, with extension")
    sha256: Mapped[str] = mapped_column(String(64), comment="of the kept bytes; names the file")
    media_type: Mapped[str] = mapped_column(String(40))
    size_bytes: Mapped[int]
    pages: Mapped[int]
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    uploaded_by: Mapped[int | None] = mapped_column(BigId, person_key())
    removed_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="gone from the step, kept for the rounds it was handed in with"
    )


class Tick(Base):
    """A line of a checklist ticked by the team."""

    __tablename__ = "tick"

    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key(), primary_key=True)
    step_key: Mapped[str] = mapped_column(String(60), primary_key=True)
    item_key: Mapped[str] = mapped_column(String(60), primary_key=True)
    ticked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ticked_by: Mapped[int | None] = mapped_column(BigId, person_key())


class QuizAttempt(Base):
    """One try at a quiz."""

    __tablename__ = "quiz_attempt"
    __table_args__ = (
        key_within_campaign("evidence", "evidence_id"),
        Index("ix_quiz_attempt_evidence", "evidence_id", "id"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key())
    evidence_id: Mapped[int] = mapped_column(BigId)
    chosen: Mapped[dict[str, Any]] = mapped_column(JSON, comment="option by question")
    right: Mapped[int] = mapped_column(comment="how many answers were right")
    passed: Mapped[bool]
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_by: Mapped[int | None] = mapped_column(BigId, person_key())


class Meeting(Base):
    """The meeting of a step: proposed by the team, then reported as held; one for each evidence."""

    __tablename__ = "meeting"
    __table_args__ = (key_within_campaign("evidence", "evidence_id"),)

    campaign_id: Mapped[int] = mapped_column(BigId, campaign_key(), primary_key=True)
    evidence_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    place: Mapped[str] = mapped_column(String(300))
    outcome: Mapped[str] = mapped_column(Text, default="", comment="what was agreed")
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    proposed_by: Mapped[int | None] = mapped_column(BigId, person_key())
    held_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="when reported as held")
