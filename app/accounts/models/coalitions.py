"""Coalitions, their organisations, elections and districts, and the people who coordinate."""

from __future__ import annotations

from datetime import date, datetime

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
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.rules.places import search_text
from app.db import Base, BigId, IdKey, UtcDateTime
from app.row_security import SHOWN_TO_ALL


class Coalition(Base):
    """Organisations that run candidates together; nothing is shared between coalitions."""

    __tablename__ = "coalition"

    id: Mapped[IdKey]
    slug: Mapped[str] = mapped_column(String(60), unique=True, comment="short name in addresses")
    name: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(8), comment="of its letters by default: ru, en")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Organisation(Base):
    """A member of a coalition."""

    __tablename__ = "organisation"
    __table_args__ = (
        UniqueConstraint("coalition_id", "id"),
        UniqueConstraint("coalition_id", "name"),
        CheckConstraint("capacity > 0", name="capacity_positive"),
        {"info": {SHOWN_TO_ALL: "visitors choose an organisation when they sign up"}},
    )

    id: Mapped[IdKey]
    coalition_id: Mapped[int] = mapped_column(BigId, ForeignKey("coalition.id"))
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(40), comment="for tables and small screens")
    capacity: Mapped[int] = mapped_column(
        comment="active people it can count on, stated by the organisation; divisor of the index"
    )
    game_on: Mapped[bool] = mapped_column(default=True, comment="False: route without points")


class Election(Base):
    """One election a coalition takes part in; its rules are in the pack."""

    __tablename__ = "election"
    __table_args__ = (
        UniqueConstraint("coalition_id", "id"),
        CheckConstraint(
            "first_polling_day IS NULL OR first_polling_day <= polling_day",
            name="first_polling_day_not_after_polling_day",
        ),
        {"info": {SHOWN_TO_ALL: "visitors choose an election when they sign up"}},
    )

    id: Mapped[IdKey]
    coalition_id: Mapped[int] = mapped_column(BigId, ForeignKey("coalition.id"))
    pack_id: Mapped[str] = mapped_column(String(80), comment="folder name in quests/packs")
    name: Mapped[str] = mapped_column(String(200))
    published_on: Mapped[date | None] = mapped_column(
        comment="day the decision to hold the election was published; null: not yet known"
    )
    polling_day: Mapped[date] = mapped_column(comment="the last one when polls last several days")
    first_polling_day: Mapped[date | None] = mapped_column(comment="null: one polling day")
    timezone: Mapped[str] = mapped_column(String(60), comment="IANA name, Europe/Moscow")
    sign_up_open: Mapped[bool] = mapped_column(
        default=True, comment="whether visitors may sign up as candidates"
    )


def _searched(context: DefaultExecutionContext) -> str:
    values = context.get_current_parameters()  # type: ignore[no-untyped-call]
    return search_text(
        values["council"], values["number"], values["name"], values.get("places_text") or ""
    )


_NUMBERED = text("number <> ''")
_UNNUMBERED = text("number = ''")


class District(Base):
    """A district (ward, division) of an election: where one campaign runs."""

    __tablename__ = "district"
    __table_args__ = (
        UniqueConstraint("election_id", "id"),
        # Numbers tell districts apart; where there are none, names do.
        Index(
            "uq_district_election_id_council_number_numbered",
            "election_id",
            "council",
            "number",
            unique=True,
            sqlite_where=_NUMBERED,
            postgresql_where=_NUMBERED,
        ),
        Index(
            "uq_district_election_id_council_name_unnumbered",
            "election_id",
            "council",
            "name",
            unique=True,
            sqlite_where=_UNNUMBERED,
            postgresql_where=_UNNUMBERED,
        ),
    )

    id: Mapped[IdKey]
    election_id: Mapped[int] = mapped_column(BigId, ForeignKey("election.id"))
    council: Mapped[str] = mapped_column(String(200), comment="the body that is elected")
    number: Mapped[str] = mapped_column(
        String(20), comment="as the commission writes it; empty where there are only names"
    )
    name: Mapped[str] = mapped_column(
        String(200), comment="may be empty where districts have numbers"
    )
    seats: Mapped[int | None] = mapped_column(comment="mandates; null: not yet known")
    electors: Mapped[int | None] = mapped_column(comment="registered voters; null: not yet known")
    places_text: Mapped[str] = mapped_column(
        Text, default="", comment="streets and houses in words, for finding one's district"
    )
    search_text: Mapped[str] = mapped_column(
        Text,
        default=_searched,
        onupdate=_searched,
        comment="council, number, name and places, folded by rules.places",
    )


class Staff(Base):
    """A person's role in an organisation, or in the whole coalition (organisation is null)."""

    __tablename__ = "staff"
    __table_args__ = (
        ForeignKeyConstraint(
            ["coalition_id", "organisation_id"], ["organisation.coalition_id", "organisation.id"]
        ),
        CheckConstraint(
            "role IN ('coordinator', 'chief', 'auditor', 'lawyer', 'designer')", name="role"
        ),
        UniqueConstraint("person_id", "coalition_id", "organisation_id", "role"),
        Index(
            "uq_staff_person_id_coalition_id_role_everywhere",
            "person_id",
            "coalition_id",
            "role",
            unique=True,
            sqlite_where=text("organisation_id IS NULL"),
            postgresql_where=text("organisation_id IS NULL"),
        ),
        Index("ix_staff_coalition_id_organisation_id", "coalition_id", "organisation_id"),
    )

    id: Mapped[IdKey]
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    coalition_id: Mapped[int] = mapped_column(BigId, ForeignKey("coalition.id"))
    organisation_id: Mapped[int | None] = mapped_column(BigId)
    role: Mapped[str] = mapped_column(
        String(20),
        comment="lawyer and designer only make a person assignable; they open nothing themselves",
    )
    since: Mapped[datetime] = mapped_column(UtcDateTime)
