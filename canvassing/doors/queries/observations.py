"""Observations and flags as the rules look at them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, func, select, union_all
from sqlalchemy.orm import Session

from canvassing.doors.models import DoorFlag, OpinionTally, QuarantinedVisit, Visit
from canvassing.doors.rules import CLOCK_MAY_BE_AHEAD, LARGEST_SKEW, Observation
from canvassing.territory.models import Door, Entrance

# Plain tables: a batch of a hundred reads several hundred rows, which need no identity map.
_visit = Visit.__table__
_flag = DoorFlag.__table__
_COLUMNS = (
    _visit.c.id,
    _visit.c.observation,
    _visit.c.door_id,
    _visit.c.person_id,
    _visit.c.kind,
    _visit.c.of,
    _visit.c.outcome,
    _visit.c.support,
    _visit.c.marks,
    _visit.c.noted_at,
    _visit.c.skew_ms,
    _visit.c.received_at,
    _visit.c.plausible,
)
_OF_DOORS = (
    select(*_COLUMNS)
    .where(
        _visit.c.campaign_id == bindparam("campaign"),
        _visit.c.door_id.in_(bindparam("doors", expanding=True)),
    )
    .order_by(_visit.c.id)
)
_OF_CAMPAIGN = (
    select(*_COLUMNS).where(_visit.c.campaign_id == bindparam("campaign")).order_by(_visit.c.id)
)
_OF_BUILDING = (
    select(*_COLUMNS)
    .join(Door, Door.id == _visit.c.door_id)
    .join(Entrance, Entrance.id == Door.entrance_id)
    .where(
        _visit.c.campaign_id == bindparam("campaign"), Entrance.building_id == bindparam("building")
    )
    .order_by(_visit.c.id)
)
_FLAGS = (
    select(_flag.c.door_id, _flag.c.flag)
    .where(
        _flag.c.campaign_id == bindparam("campaign"),
        _flag.c.door_id.in_(bindparam("doors", expanding=True)),
        _flag.c.lifted_at.is_(None),
    )
    .order_by(_flag.c.door_id, _flag.c.flag)
)


def observations_of_doors(
    session: Session, campaign_id: int, door_ids: Collection[int]
) -> list[Observation]:
    """Give every observation of these doors, in the order of arrival."""
    if not door_ids:
        return []
    values = {"campaign": campaign_id, "doors": list(door_ids)}
    return [_observation(row) for row in session.execute(_OF_DOORS, values)]


def observations_of_campaign(session: Session, campaign_id: int) -> list[Observation]:
    """Give every observation of a campaign, in the order of arrival."""
    return [_observation(row) for row in session.execute(_OF_CAMPAIGN, {"campaign": campaign_id})]


def observations_of_building(
    session: Session, campaign_id: int, building_id: int
) -> list[Observation]:
    """Give every observation of a building, in the order of arrival."""
    values = {"campaign": campaign_id, "building": building_id}
    return [_observation(row) for row in session.execute(_OF_BUILDING, values)]


def flags_of(
    session: Session, campaign_id: int, door_ids: Collection[int]
) -> dict[int, frozenset[str]]:
    """Give the flags that stand, by door; a door without any is left out."""
    found: dict[int, set[str]] = {}
    if door_ids:
        values = {"campaign": campaign_id, "doors": list(door_ids)}
        for door_id, flag in session.execute(_FLAGS, values):
            found.setdefault(door_id, set()).add(flag)
    return {door_id: frozenset(flags) for door_id, flags in found.items()}


def recent_moments(
    session: Session, campaign_id: int, person_id: int | None, since: datetime, until: datetime
) -> list[datetime]:
    """Give when a person made visits between two moments of the server, each clock put right."""
    rows = session.execute(
        select(_visit.c.noted_at, _visit.c.skew_ms).where(
            _visit.c.campaign_id == campaign_id,
            _visit.c.person_id == person_id,
            # A phone may have sent one batch with a right clock and one with a wrong clock.
            _visit.c.noted_at >= since - LARGEST_SKEW,
            _visit.c.noted_at <= until + LARGEST_SKEW,
            # What lies further ahead of its arrival is believed by nobody.
            _visit.c.received_at >= since - CLOCK_MAY_BE_AHEAD,
            _visit.c.of.is_(None),
        )
    )
    moments = (put_right(row.noted_at, row.skew_ms) for row in rows)
    return [moment for moment in moments if since <= moment <= until]


def have_of_device(session: Session, campaign_id: int, device: object) -> list[tuple[int, int]]:
    """Give the numbers of a device that have arrived, as runs without a gap."""
    arrived = union_all(
        select(_visit.c.device_seq.label("seq")).where(
            _visit.c.campaign_id == campaign_id, _visit.c.device == device
        ),
        select(QuarantinedVisit.device_seq).where(
            QuarantinedVisit.campaign_id == campaign_id,
            QuarantinedVisit.device == device,
            QuarantinedVisit.device_seq.is_not(None),
        ),
    ).subquery()
    once = select(arrived.c.seq).distinct().subquery()
    # Within a run the number and the count of rows grow alike, so their difference names the run.
    numbered = select(
        once.c.seq, (once.c.seq - func.row_number().over(order_by=once.c.seq)).label("run")
    ).subquery()
    rows = session.execute(
        select(func.min(numbered.c.seq), func.max(numbered.c.seq))
        .group_by(numbered.c.run)
        .order_by(func.min(numbered.c.seq))
    )
    return [(first, last) for first, last in rows]


def tally_of_building(session: Session, campaign_id: int, building_id: int) -> dict[int, int]:
    """Give how often each level was heard in a building from people without a name."""
    rows = session.execute(
        select(OpinionTally.level, OpinionTally.heard).where(
            OpinionTally.campaign_id == campaign_id, OpinionTally.building_id == building_id
        )
    )
    return {row[0]: row[1] for row in rows}


def tallies(session: Session, campaign_id: int) -> dict[int, dict[int, int]]:
    """Give the same for every building of a campaign."""
    found: dict[int, dict[int, int]] = {}
    rows = session.execute(
        select(OpinionTally.building_id, OpinionTally.level, OpinionTally.heard).where(
            OpinionTally.campaign_id == campaign_id
        )
    )
    for building_id, level, heard in rows:
        found.setdefault(building_id, {})[level] = heard
    return found


def put_right(noted_at: datetime, skew_ms: int) -> datetime:
    """Give a moment of the phone's clock by the server's."""
    try:
        return noted_at + timedelta(milliseconds=skew_ms)
    except OverflowError:
        return noted_at


def _observation(row: Row[*tuple[Any, ...]]) -> Observation:
    return Observation(
        id=row.id,
        observation=row.observation,
        door_id=row.door_id,
        person_id=row.person_id,
        kind=row.kind,
        of=row.of,
        outcome=row.outcome,
        support=row.support,
        marks=tuple(row.marks),
        # Nothing was seen after it arrived; a clock far ahead would hide every later visit.
        at=min(put_right(row.noted_at, row.skew_ms), row.received_at),
        plausible=row.plausible,
    )
