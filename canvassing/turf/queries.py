"""Whose turf is whose, and which entrances somebody may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.models import Person, TeamMember
from app.accounts.queries import CampaignRow, get_campaign
from app.errors import Missing
from canvassing.territory.models import Building, Door, Entrance
from canvassing.turf.models import Turf, TurfEntrance


@dataclass(frozen=True, slots=True, kw_only=True)
class TurfRow:
    """A turf with its canvasser and how much it holds."""

    id: int
    name: str
    person_id: int
    person_name: str
    expires_at: datetime
    ended_at: datetime | None
    entrances: int
    doors: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """An entrance on a walk."""

    entrance_id: int
    building_id: int
    street: str
    house: str
    label: str
    doors: int


def turfs(session: Session, viewer: Viewer, campaign_id: int, *, now: datetime) -> list[TurfRow]:
    """Give the turfs of a campaign that are not over, by name; raises Missing."""
    campaign = get_campaign(session, viewer, campaign_id, Permission.FIELD_READ)
    return _turfs(session, campaign.id, now=now)


def own_turfs(
    session: Session, viewer: Viewer, campaign_id: int, *, now: datetime
) -> list[TurfRow]:
    """Give the viewer's own turfs that are not over, by name; raises Missing."""
    campaign = get_campaign(session, viewer, campaign_id, Permission.DOORS_WORK)
    return _turfs(session, campaign.id, now=now, person_id=viewer.person_id)


def _turfs(
    session: Session, campaign_id: int, *, now: datetime, person_id: int | None = None
) -> list[TurfRow]:
    doors = (
        select(func.count(Door.id))
        .join(TurfEntrance, TurfEntrance.entrance_id == Door.entrance_id)
        .where(TurfEntrance.turf_id == Turf.id)
        .scalar_subquery()
    )
    entrances = (
        select(func.count())
        .select_from(TurfEntrance)
        .where(TurfEntrance.turf_id == Turf.id)
        .scalar_subquery()
    )
    asked = (
        select(
            Turf.id,
            Turf.name,
            Turf.person_id,
            Person.name.label("person_name"),
            Turf.expires_at,
            Turf.ended_at,
            entrances.label("entrances"),
            doors.label("doors"),
        )
        .join(Person, Person.id == Turf.person_id)
        .where(Turf.campaign_id == campaign_id, Turf.expires_at > now, Turf.ended_at.is_(None))
        .order_by(Turf.name, Turf.id)
    )
    if person_id is not None:
        asked = asked.where(Turf.person_id == person_id)
    return [TurfRow(**row._mapping) for row in session.execute(asked)]


def stops(session: Session, campaign_id: int, turf_id: int) -> list[Stop]:
    """Give the entrances of a turf in the order of walking; the caller has found the turf."""
    doors = select(func.count(Door.id)).where(Door.entrance_id == Entrance.id).scalar_subquery()
    rows = session.execute(
        select(
            Entrance.id.label("entrance_id"),
            Entrance.building_id,
            Building.street,
            Building.house,
            Entrance.label,
            doors.label("doors"),
        )
        .join(TurfEntrance, TurfEntrance.entrance_id == Entrance.id)
        .join(Building, Building.id == Entrance.building_id)
        .where(TurfEntrance.campaign_id == campaign_id, TurfEntrance.turf_id == turf_id)
        .order_by(TurfEntrance.position, Entrance.id)
    )
    return [Stop(**row._mapping) for row in rows]


def get_turf(
    session: Session, viewer: Viewer, campaign: CampaignRow, turf_id: int, *, now: datetime
) -> TurfRow:
    """Give a turf that is not over, of the viewer's own or for who reads the field.

    Raises Missing.
    """
    whose = None if viewer.may(Permission.FIELD_READ, campaign.scope) else viewer.person_id
    for found in _turfs(session, campaign.id, now=now, person_id=whose):
        if found.id == turf_id:
            return found
    raise Missing


def turf_of_entrance(
    session: Session, viewer: Viewer, campaign: CampaignRow, entrance_id: int, *, now: datetime
) -> TurfRow | None:
    """Give the viewer's turf an entrance is in; raises Missing when it is not theirs to see.

    Who reads the field sees every entrance, in a turf or not.
    """
    mine = _turfs(session, campaign.id, now=now, person_id=viewer.person_id)
    if mine:
        inside = session.scalar(
            select(TurfEntrance.turf_id)
            .where(
                TurfEntrance.campaign_id == campaign.id,
                TurfEntrance.entrance_id == entrance_id,
                TurfEntrance.turf_id.in_([turf.id for turf in mine]),
            )
            .order_by(TurfEntrance.turf_id)
            .limit(1)
        )
        for turf in mine:
            if turf.id == inside:
                return turf
    if not viewer.may(Permission.FIELD_READ, campaign.scope):
        raise Missing
    return None


def canvassers(session: Session, campaign: CampaignRow) -> Mapping[int, str]:
    """Give the people of the team who may knock on doors, by number, in the order of names."""
    rows = session.execute(
        select(Person.id, Person.name)
        .join(TeamMember, TeamMember.person_id == Person.id)
        .where(
            TeamMember.campaign_id == campaign.id,
            TeamMember.role.in_(("candidate", "manager", "canvass_lead", "canvasser")),
            Person.suspended_at.is_(None),
        )
        .order_by(Person.name, Person.id)
    )
    return {row[0]: row[1] for row in rows}
