"""Organisations, elections and districts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from app.access import Permission, Scope, Viewer
from app.accounts.models import Campaign, Coalition, District, Election, Organisation
from app.accounts.rules.elections import day_there
from app.accounts.rules.places import searched_words
from app.accounts.rules.roles import LIVE_STATES
from app.errors import Missing

MOST_DISTRICTS = 25

DISTRICT_ORDER = (
    District.council,
    func.length(District.number),
    District.number,
    District.name,
    District.id,
)
"""By council, then as people count: 2 before 10."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionRow:
    """An election visitors may sign up for."""

    id: int
    coalition_id: int
    coalition_name: str
    pack_id: str
    name: str
    polling_day: date
    timezone: str
    today: date
    """Where the election is held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictRow:
    """A district as it is offered for choosing."""

    id: int
    election_id: int
    council: str
    number: str
    name: str
    seats: int | None
    places_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationRow:
    """An organisation of a coalition with its size and its campaigns on the route."""

    id: int
    coalition_id: int
    name: str
    short_name: str
    capacity: int
    game_on: bool
    campaigns: int


def open_elections(session: Session, *, now: datetime, language: str) -> tuple[ElectionRow, ...]:
    """Give the elections that take candidates now: those of coalitions that speak the language
    first, then by polling day and name.
    """
    rows = session.execute(
        select(
            Election.id,
            Election.coalition_id,
            Coalition.name.label("coalition_name"),
            Election.pack_id,
            Election.name,
            Election.polling_day,
            Election.timezone,
        )
        .join(Coalition, Coalition.id == Election.coalition_id)
        # No place is more than a day behind UTC: what is over elsewhere only, its zone tells below.
        .where(Election.sign_up_open, Election.polling_day >= now.date())
        .order_by(
            case((Coalition.language == language, 0), else_=1),
            Election.polling_day,
            Election.name,
            Election.id,
        )
    )
    found = (ElectionRow(**row._mapping, today=day_there(now, row.timezone)) for row in rows)
    return tuple(one for one in found if one.polling_day > one.today)


def find_districts(
    session: Session, election_id: int, query: str, *, limit: int = MOST_DISTRICTS
) -> tuple[DistrictRow, ...]:
    """Give the districts in which every word of the query begins some word of council, number,
    name or places; case and ё do not count. None for an empty query.
    """
    words = searched_words(query)
    if not words:
        return ()
    rows = session.execute(
        select(*_DISTRICT)
        .where(
            District.election_id == election_id,
            *(District.search_text.contains(f" {word}", autoescape=True) for word in words),
        )
        .order_by(*DISTRICT_ORDER)
        .limit(limit)
    )
    return tuple(DistrictRow(**row._mapping) for row in rows)


def get_district(session: Session, district_id: int) -> DistrictRow:
    """Give a district, which is public; raises Missing."""
    row = session.execute(select(*_DISTRICT).where(District.id == district_id)).one_or_none()
    if row is None:
        raise Missing
    return DistrictRow(**row._mapping)


def organisations(session: Session, coalition_id: int) -> tuple[OrganisationRow, ...]:
    """Give the organisations of a coalition by name; their names are public."""
    running = (
        select(func.count())
        .where(Campaign.organisation_id == Organisation.id, Campaign.state.in_(LIVE_STATES))
        .correlate(Organisation)
        .scalar_subquery()
    )
    rows = session.execute(
        select(*_ORGANISATION, running.label("campaigns"))
        .where(Organisation.coalition_id == coalition_id)
        .order_by(Organisation.name, Organisation.id)
    )
    return tuple(OrganisationRow(**row._mapping) for row in rows)


def get_organisation(session: Session, viewer: Viewer, organisation_id: int) -> OrganisationRow:
    """Give an organisation the viewer manages; raises Missing."""
    row = session.execute(
        select(*_ORGANISATION).where(Organisation.id == organisation_id)
    ).one_or_none()
    if row is None or not viewer.may(
        Permission.ORGANISATION_MANAGE,
        Scope(coalition_id=row.coalition_id, organisation_id=row.id),
    ):
        raise Missing
    return OrganisationRow(**row._mapping, campaigns=0)


def managed_coalitions(session: Session, viewer: Viewer) -> tuple[tuple[int, str], ...]:
    """Give number and name of the coalitions in which the viewer has people to manage."""
    wide = viewer.coalition_ids(Permission.PEOPLE_MANAGE)
    narrow = viewer.organisation_ids(Permission.PEOPLE_MANAGE)
    rows = session.execute(
        select(Coalition.id, Coalition.name)
        .where(
            or_(
                Coalition.id.in_(wide),
                Coalition.id.in_(
                    select(Organisation.coalition_id).where(Organisation.id.in_(narrow))
                ),
            )
        )
        .order_by(Coalition.name, Coalition.id)
    )
    return tuple((row.id, row.name) for row in rows)


_DISTRICT = (
    District.id,
    District.election_id,
    District.council,
    District.number,
    District.name,
    District.seats,
    District.places_text,
)
_ORGANISATION = (
    Organisation.id,
    Organisation.coalition_id,
    Organisation.name,
    Organisation.short_name,
    Organisation.capacity,
    Organisation.game_on,
)
