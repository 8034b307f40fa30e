"""How far a campaign or a building is covered: its doors folded, with where they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from canvassing.doors.models import QuarantinedVisit, Visit
from canvassing.doors.queries.observations import (
    observations_of_building,
    observations_of_campaign,
    tallies,
    tally_of_building,
)
from canvassing.doors.rules import NOT_GIVEN, DoorState, fold_all
from canvassing.pack import DoorRules
from canvassing.territory.models import Door, Entrance
from canvassing.turf.models import TurfEntrance

FEWEST_DOORS = 5
"""In a smaller house an opinion without a name would be somebody's: it counts only with all."""

# The functions below are asked by those who have found the campaign for their viewer.


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignCover:
    """The states of every door of a campaign that was visited, and where the doors are."""

    states: dict[int, DoorState]
    tallies: dict[int, dict[int, int]]
    by_building: dict[int, list[DoorState]]
    by_turf: dict[int, list[DoorState]]
    odd: int
    """Visits at a pace nobody walks, or that came days later."""
    quarantined: int
    """What can't be filed, without ``strangers``."""
    strangers: tuple[tuple[str, int], ...]
    """Who noted visits at doors they were not given, and how many; "" for an account gone."""

    def of_building(self, building_id: int) -> list[DoorState]:
        """Give the states of a building's visited doors."""
        return self.by_building.get(building_id, [])

    def of_turf(self, turf_id: int) -> list[DoorState]:
        """Give the states of a turf's visited doors."""
        return self.by_turf.get(turf_id, [])


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingCover:
    """The states of every visited door of a building."""

    states: dict[int, DoorState]
    heard: dict[int, int]
    """Levels heard without a name; empty for a house of few doors."""
    by_entrance: dict[int, list[DoorState]]

    def of_entrance(self, entrance_id: int) -> list[DoorState]:
        """Give the states of an entrance's visited doors."""
        return self.by_entrance.get(entrance_id, [])


def campaign_cover(session: Session, campaign_id: int, rules: DoorRules) -> CampaignCover:
    """Fold every door of a campaign."""
    observations = observations_of_campaign(session, campaign_id)
    states = fold_all(observations, rules)
    places: dict[int, tuple[int, int]] = {}
    if states:
        places = dict(_places(session, campaign_id))
    turfs: dict[int, list[int]] = {}
    for turf_id, entrance_id in session.execute(
        select(TurfEntrance.turf_id, TurfEntrance.entrance_id).where(
            TurfEntrance.campaign_id == campaign_id
        )
    ):
        turfs.setdefault(entrance_id, []).append(turf_id)
    by_building: dict[int, list[DoorState]] = {}
    by_turf: dict[int, list[DoorState]] = {}
    for door_id, state in states.items():
        entrance_id, building_id = places[door_id]
        by_building.setdefault(building_id, []).append(state)
        for turf_id in turfs.get(entrance_id, ()):
            by_turf.setdefault(turf_id, []).append(state)
    return CampaignCover(
        states=states,
        tallies=tallies(session, campaign_id),
        by_building=by_building,
        by_turf=by_turf,
        odd=sum(not one.plausible for one in observations),
        quarantined=session.scalar(
            select(func.count())
            .select_from(QuarantinedVisit)
            .where(
                QuarantinedVisit.campaign_id == campaign_id, QuarantinedVisit.reason != NOT_GIVEN
            )
        )
        or 0,
        strangers=_strangers(session, campaign_id),
    )


def _strangers(session: Session, campaign_id: int) -> tuple[tuple[str, int], ...]:
    rows = session.execute(
        select(Person.name, func.count())
        .select_from(QuarantinedVisit)
        .join(Person, Person.id == QuarantinedVisit.person_id, isouter=True)
        .where(QuarantinedVisit.campaign_id == campaign_id, QuarantinedVisit.reason == NOT_GIVEN)
        .group_by(QuarantinedVisit.person_id, Person.name)
        .order_by(Person.name, QuarantinedVisit.person_id)
    )
    return tuple((name or "", count) for name, count in rows)


def _places(session: Session, campaign_id: int) -> Iterator[tuple[int, tuple[int, int]]]:
    seen = select(Visit.door_id).where(Visit.campaign_id == campaign_id)
    for door_id, entrance_id, building_id in session.execute(
        select(Door.id, Entrance.id, Entrance.building_id)
        .join(Entrance, Entrance.id == Door.entrance_id)
        .where(Door.campaign_id == campaign_id, Door.id.in_(seen))
    ):
        yield door_id, (entrance_id, building_id)


def building_cover(
    session: Session, campaign_id: int, building_id: int, rules: DoorRules
) -> BuildingCover:
    """Fold every door of a building."""
    states = fold_all(observations_of_building(session, campaign_id, building_id), rules)
    by_entrance: dict[int, list[DoorState]] = {}
    doors = session.execute(
        select(Door.id, Door.entrance_id)
        .join(Entrance, Entrance.id == Door.entrance_id)
        .where(Door.campaign_id == campaign_id, Entrance.building_id == building_id)
    ).all()
    for door_id, entrance_id in doors:
        if door_id in states:
            by_entrance.setdefault(entrance_id, []).append(states[door_id])
    return BuildingCover(
        states=states,
        heard=tally_of_building(session, campaign_id, building_id)
        if len(doors) >= FEWEST_DOORS
        else {},
        by_entrance=by_entrance,
    )
