"""Giving entrances to a canvasser, and taking them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.queries import get_campaign
from app.db import record
from app.errors import Missing, Refused
from app.texts import N_
from canvassing.territory.models import Building, Door, Entrance
from canvassing.turf.events import TurfAssigned, TurfEnded
from canvassing.turf.models import Turf, TurfEntrance
from canvassing.turf.queries import canvassers

MOST_DOORS = 400
LONGEST = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class TurfEntry:
    """What is entered about a turf."""

    name: str
    person_id: int
    entrance_ids: Sequence[int]
    days: int


def assign_turf(
    session: Session, viewer: Viewer, campaign_id: int, entry: TurfEntry, *, now: datetime
) -> int:
    """Give entrances to somebody of the team; raises Missing, Refused."""
    campaign = get_campaign(session, viewer, campaign_id, Permission.FIELD_MANAGE)
    if not entry.name:
        raise Refused("name", N_("Give the turf a name, for example the street."))
    if entry.person_id not in canvassers(session, campaign):
        raise Refused("person", N_("Choose somebody of the team who goes from door to door."))
    if not 1 <= entry.days <= LONGEST.days:
        raise Refused("days", N_("From 1 to {most} days."), most=LONGEST.days)
    ordered = session.scalars(
        select(Entrance.id)
        .join(Building, Building.id == Entrance.building_id)
        .where(Entrance.campaign_id == campaign.id, Entrance.id.in_(entry.entrance_ids))
        .order_by(Building.sort_key, Building.id, Entrance.position, Entrance.id)
    ).all()
    if not ordered:
        raise Refused("entrances", N_("Choose at least one entrance."))
    doors = session.scalars(select(Door.id).where(Door.entrance_id.in_(ordered))).all()
    if len(doors) > MOST_DOORS:
        raise Refused(
            "entrances", N_("At most {most} doors in one turf: cut it in parts."), most=MOST_DOORS
        )
    turf = Turf(
        campaign_id=campaign.id,
        name=entry.name,
        person_id=entry.person_id,
        expires_at=now + timedelta(days=entry.days),
        assigned_by=viewer.person_id,
        assigned_at=now,
    )
    session.add(turf)
    session.flush()
    session.execute(
        insert(TurfEntrance),
        [
            {
                "campaign_id": campaign.id,
                "turf_id": turf.id,
                "entrance_id": entrance_id,
                "position": position,
            }
            for position, entrance_id in enumerate(ordered, start=1)
        ],
    )
    record(
        session,
        TurfAssigned(
            campaign_id=campaign.id,
            turf_id=turf.id,
            person_id=entry.person_id,
            doors=len(doors),
            by=viewer.person_id,
            at=now,
        ),
    )
    return turf.id


def end_turf(
    session: Session, viewer: Viewer, campaign_id: int, turf_id: int, *, now: datetime
) -> None:
    """Take a turf back; answers that are still on the way are accepted. Raises Missing."""
    campaign = get_campaign(session, viewer, campaign_id, Permission.FIELD_MANAGE)
    ended = session.execute(
        update(Turf)
        .where(Turf.campaign_id == campaign.id, Turf.id == turf_id, Turf.ended_at.is_(None))
        .values(ended_at=now)
        .returning(Turf.id)
    ).all()
    if not ended:
        raise Missing
    record(
        session,
        TurfEnded(campaign_id=campaign.id, turf_id=turf_id, by=viewer.person_id, at=now),
    )
