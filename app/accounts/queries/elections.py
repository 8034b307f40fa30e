"""The elections of a coalition and their districts, for whoever sets them up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, Label, bindparam, func, select
from sqlalchemy.orm import Session

from app.access import Permission, Scope, Viewer
from app.accounts.models import Campaign, Coalition, District, Election
from app.accounts.queries.coalitions import DISTRICT_ORDER
from app.accounts.rules.districts import DistrictEntry, DistrictKey
from app.accounts.rules.elections import ElectionDays
from app.accounts.rules.places import searched_words
from app.accounts.rules.roles import RUNNING_STATES
from app.errors import Missing

DISTRICTS_PER_PAGE = 50
_election = Election.__table__
_DATED = select(
    _election.c.id,
    _election.c.pack_id,
    _election.c.polling_day,
    _election.c.first_polling_day,
    _election.c.published_on,
    _election.c.timezone,
).where(_election.c.id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedElection:
    """An election, as far as what is counted for its campaigns depends on it."""

    id: int
    pack_id: str
    polling_day: date
    first_polling_day: date | None
    published_on: date | None
    timezone: str


Dated = TypeVar("Dated", bound=DatedElection)


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagedElection:
    """An election as its chief sees it."""

    id: int
    coalition_id: int
    pack_id: str
    name: str
    polling_day: date
    first_polling_day: date | None
    published_on: date | None
    sign_up_open: bool
    districts: int
    campaigns: int
    """All that ever applied: they hold the pack fast."""
    running: int
    """Applied or on their route: their deadlines follow the days."""

    @property
    def days(self) -> ElectionDays:
        """Give the days that deadlines are counted from."""
        return ElectionDays(
            polling_day=self.polling_day,
            first_polling_day=self.first_polling_day,
            published_on=self.published_on,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CoalitionElections:
    """A coalition whose elections the viewer sets up."""

    id: int
    name: str
    elections: tuple[ManagedElection, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagedDistrict:
    """A district as its chief sees it."""

    id: int
    election_id: int
    council: str
    number: str
    name: str
    seats: int | None
    electors: int | None
    places_text: str
    campaigns: int

    @property
    def entry(self) -> DistrictEntry:
        """Give what was entered about it."""
        return DistrictEntry(
            council=self.council,
            number=self.number,
            name=self.name,
            seats=self.seats,
            electors=self.electors,
            places=self.places_text,
        )


def dated_elections(
    session: Session, ids: Iterable[int], row: Callable[..., Dated]
) -> dict[int, Dated]:
    """Give the days of these elections by their numbers, each as the ``row`` of the caller."""
    found = session.execute(_DATED, {"ids": sorted(set(ids))})
    return {one.id: row(**one._mapping) for one in found}


def managed_elections(session: Session, viewer: Viewer) -> tuple[CoalitionElections, ...]:
    """Give the coalitions by name, and in each the elections, the latest polling day first."""
    mine = viewer.coalition_ids(Permission.ORGANISATION_MANAGE)
    coalitions = session.execute(
        select(Coalition.id, Coalition.name)
        .where(Coalition.id.in_(mine))
        .order_by(Coalition.name, Coalition.id)
    ).all()
    rows = session.execute(
        select(*_ELECTION)
        .where(Election.coalition_id.in_(mine))
        .order_by(Election.polling_day.desc(), Election.name, Election.id)
    )
    elections = [ManagedElection(**row._mapping) for row in rows]
    return tuple(
        CoalitionElections(
            id=row.id,
            name=row.name,
            elections=tuple(one for one in elections if one.coalition_id == row.id),
        )
        for row in coalitions
    )


def get_election(session: Session, viewer: Viewer, election_id: int) -> ManagedElection:
    """Give an election the viewer sets up; raises Missing."""
    row = session.execute(select(*_ELECTION).where(Election.id == election_id)).one_or_none()
    if row is None or not viewer.may(
        Permission.ORGANISATION_MANAGE, Scope(coalition_id=row.coalition_id)
    ):
        raise Missing
    return ManagedElection(**row._mapping)


def count_districts(session: Session, election_id: int, query: str) -> int:
    """Count the districts that have every word of the query; all for an empty one."""
    counted = select(func.count()).select_from(District).where(*_matching(election_id, query))
    return session.scalar(counted) or 0


def managed_districts(
    session: Session, election_id: int, query: str, *, page: int, limit: int = DISTRICTS_PER_PAGE
) -> tuple[ManagedDistrict, ...]:
    """Give one page (from 1) of the districts found, by council and number."""
    rows = session.execute(
        select(*_DISTRICT)
        .where(*_matching(election_id, query))
        .order_by(*DISTRICT_ORDER)
        .limit(limit)
        .offset((page - 1) * limit)
    )
    return tuple(ManagedDistrict(**row._mapping) for row in rows)


def get_managed_district(
    session: Session, viewer: Viewer, election_id: int, district_id: int
) -> ManagedDistrict:
    """Give a district of an election the viewer sets up; raises Missing."""
    get_election(session, viewer, election_id)
    row = session.execute(
        select(*_DISTRICT).where(District.id == district_id, District.election_id == election_id)
    ).one_or_none()
    if row is None:
        raise Missing
    return ManagedDistrict(**row._mapping)


def known_districts(
    session: Session, election_id: int
) -> dict[DistrictKey, tuple[int, DistrictEntry]]:
    """Give every district of an election by what tells it from the others, with its id."""
    rows = session.execute(
        select(
            District.id,
            District.council,
            District.number,
            District.name,
            District.seats,
            District.electors,
            District.places_text,
        ).where(District.election_id == election_id)
    )
    found = {}
    for district_id, council, number, name, seats, electors, places in rows:
        entry = DistrictEntry(
            council=council,
            number=number,
            name=name,
            seats=seats,
            electors=electors,
            places=places,
        )
        found[entry.key] = (district_id, entry)
    return found


def _matching(election_id: int, query: str) -> tuple[ColumnElement[bool], ...]:
    return (
        District.election_id == election_id,
        *(
            District.search_text.contains(f" {word}", autoescape=True)
            for word in searched_words(query)
        ),
    )


def _how_many(name: str, of: type[District | Election], *which: ColumnElement[bool]) -> Label[int]:
    """Count in a column what belongs to the district or the election of the row."""
    return select(func.count()).where(*which).correlate(of).scalar_subquery().label(name)


_ELECTION = (
    Election.id,
    Election.coalition_id,
    Election.pack_id,
    Election.name,
    Election.polling_day,
    Election.first_polling_day,
    Election.published_on,
    Election.sign_up_open,
    _how_many("districts", Election, District.election_id == Election.id),
    _how_many("campaigns", Election, Campaign.election_id == Election.id),
    _how_many(
        "running",
        Election,
        Campaign.election_id == Election.id,
        Campaign.state.in_(RUNNING_STATES),
    ),
)
_DISTRICT = (
    District.id,
    District.election_id,
    District.council,
    District.number,
    District.name,
    District.seats,
    District.electors,
    District.places_text,
    _how_many(
        "campaigns",
        District,
        Campaign.election_id == District.election_id,
        Campaign.district_id == District.id,
    ),
)
