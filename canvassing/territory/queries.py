"""Buildings, entrances and doors of a campaign."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import Missing
from canvassing.territory.models import Building, Door, Entrance

# The functions below are asked by those who have found the campaign for their viewer.


@dataclass(frozen=True, slots=True, kw_only=True)
class EntranceRow:
    """An entrance and the house it belongs to."""

    id: int
    label: str
    building_id: int
    street: str
    house: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorRow:
    """A door."""

    id: int
    entrance_id: int
    label: str
    floor: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingRow:
    """A building and how many doors it has."""

    id: int
    street: str
    house: str
    doors: int


def get_entrance(session: Session, campaign_id: int, entrance_id: int) -> EntranceRow:
    """Give an entrance of the campaign. Raises Missing."""
    row = session.execute(
        select(Entrance.id, Entrance.label, Entrance.building_id, Building.street, Building.house)
        .join(Building, Building.id == Entrance.building_id)
        .where(Entrance.campaign_id == campaign_id, Entrance.id == entrance_id)
    ).one_or_none()
    if row is None:
        raise Missing
    return EntranceRow(**row._mapping)


def doors_of_entrance(session: Session, campaign_id: int, entrance_id: int) -> list[DoorRow]:
    """Give the doors of an entrance in their order."""
    rows = session.execute(
        select(Door.id, Door.entrance_id, Door.label, Door.floor)
        .where(Door.campaign_id == campaign_id, Door.entrance_id == entrance_id)
        .order_by(Door.position, Door.id)
    )
    return [DoorRow(**row._mapping) for row in rows]


def get_door(session: Session, campaign_id: int, door_id: int) -> DoorRow:
    """Give a door of the campaign. Raises Missing."""
    row = session.execute(
        select(Door.id, Door.entrance_id, Door.label, Door.floor).where(
            Door.campaign_id == campaign_id, Door.id == door_id
        )
    ).one_or_none()
    if row is None:
        raise Missing
    return DoorRow(**row._mapping)


def buildings(session: Session, campaign_id: int) -> list[BuildingRow]:
    """Give the buildings of a campaign, street by street."""
    rows = session.execute(
        select(Building.id, Building.street, Building.house, func.count(Door.id).label("doors"))
        .outerjoin(Entrance, Entrance.building_id == Building.id)
        .outerjoin(Door, Door.entrance_id == Entrance.id)
        .where(Building.campaign_id == campaign_id)
        .group_by(Building.id, Building.street, Building.house, Building.sort_key)
        .order_by(Building.sort_key, Building.id)
    )
    return [BuildingRow(**row._mapping) for row in rows]


def get_building(session: Session, campaign_id: int, building_id: int) -> BuildingRow:
    """Give a building of the campaign. Raises Missing."""
    for found in buildings_among(session, campaign_id, building_id):
        return found
    raise Missing


def buildings_among(session: Session, campaign_id: int, building_id: int) -> list[BuildingRow]:
    """Give the one building, or none."""
    rows = session.execute(
        select(Building.id, Building.street, Building.house, func.count(Door.id).label("doors"))
        .outerjoin(Entrance, Entrance.building_id == Building.id)
        .outerjoin(Door, Door.entrance_id == Entrance.id)
        .where(Building.campaign_id == campaign_id, Building.id == building_id)
        .group_by(Building.id, Building.street, Building.house)
    )
    return [BuildingRow(**row._mapping) for row in rows]


def entrances_of(
    session: Session, campaign_id: int, building_id: int | None = None
) -> list[tuple[EntranceRow, int]]:
    """Give the entrances of a building (or of all) with their number of doors, in order."""
    asked = (
        select(
            Entrance.id,
            Entrance.label,
            Entrance.building_id,
            Building.street,
            Building.house,
            func.count(Door.id).label("doors"),
        )
        .join(Building, Building.id == Entrance.building_id)
        .outerjoin(Door, Door.entrance_id == Entrance.id)
        .where(Entrance.campaign_id == campaign_id)
        .group_by(Entrance.id, Building.id)
        .order_by(Building.sort_key, Building.id, Entrance.position, Entrance.id)
    )
    if building_id is not None:
        asked = asked.where(Entrance.building_id == building_id)
    found = []
    for row in session.execute(asked):
        values = dict(row._mapping)
        doors = values.pop("doors")
        found.append((EntranceRow(**values), doors))
    return found


def buildings_of_doors(session: Session, campaign_id: int) -> dict[int, int]:
    """Give the building of every door of a campaign."""
    rows = session.execute(
        select(Door.id, Entrance.building_id)
        .join(Entrance, Entrance.id == Door.entrance_id)
        .where(Door.campaign_id == campaign_id)
    )
    return {row[0]: row[1] for row in rows}
