"""Questions on steps, their answers, and the articles made of good answers."""

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


class Question(Base):
    """A question somebody of a campaign's team asked on a step."""

    __tablename__ = "question"
    __table_args__ = (
        UniqueConstraint("campaign_id", "id"),
        ForeignKeyConstraint(
            ["coalition_id", "campaign_id"], ["campaign.coalition_id", "campaign.id"]
        ),
        CheckConstraint("audience IN ('private', 'coalition')", name="audience"),
        CheckConstraint("state IN ('open', 'answered')", name="state"),
        Index("ix_question_coalition_id_state_asked_at", "coalition_id", "state", "asked_at"),
        Index("ix_question_pack_id_step_key", "pack_id", "step_key"),
    )

    id: Mapped[IdKey]
    coalition_id: Mapped[int] = mapped_column(BigId)
    campaign_id: Mapped[int] = mapped_column(BigId, index=True)
    pack_id: Mapped[str] = mapped_column(String(80))
    step_key: Mapped[str] = mapped_column(String(60))
    asked_by: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    language: Mapped[str] = mapped_column(String(8), comment="of the page it was asked on")
    words: Mapped[str] = mapped_column(Text, comment="the question as typed")
    audience: Mapped[str] = mapped_column(
        String(10), comment="private: the team and those who answer; coalition: everybody in it"
    )
    state: Mapped[str] = mapped_column(String(10))
    stems: Mapped[str] = mapped_column(
        Text, comment="stems of question and answers, space before and after each; for search"
    )


class QuestionAnswer(Base):
    """One turn of the conversation under a question."""

    __tablename__ = "question_answer"
    __table_args__ = (
        ForeignKeyConstraint(
            ["campaign_id", "question_id"], ["question.campaign_id", "question.id"]
        ),
        UniqueConstraint("campaign_id", "id"),
        Index("ix_question_answer_question_id", "question_id"),
    )

    id: Mapped[IdKey]
    campaign_id: Mapped[int] = mapped_column(BigId)
    question_id: Mapped[int] = mapped_column(BigId)
    given_by: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    helps: Mapped[bool] = mapped_column(comment="True: by one who answers; False: the team's turn")
    words: Mapped[str] = mapped_column(Text)


class Rating(Base):
    """Whether an answered question was of use to a reader."""

    __tablename__ = "question_rating"

    question_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("question.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), primary_key=True)
    useful: Mapped[bool]
    rated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Article(Base):
    """A help article a coalition made of a good answer; shown on the step beside the pack's own."""

    __tablename__ = "help_article"
    __table_args__ = (
        UniqueConstraint("question_id", "language"),
        Index(
            "ix_help_article_coalition_id_pack_id_step_key_language",
            "coalition_id",
            "pack_id",
            "step_key",
            "language",
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[IdKey]
    coalition_id: Mapped[int] = mapped_column(BigId, ForeignKey("coalition.id"))
    question_id: Mapped[int] = mapped_column(BigId, ForeignKey("question.id"))
    pack_id: Mapped[str] = mapped_column(String(80))
    step_key: Mapped[str] = mapped_column(String(60))
    language: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(String(200))
    words: Mapped[str] = mapped_column(Text, comment="Markdown")
    stems: Mapped[str] = mapped_column(Text)
    published_by: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
