"""Which doors were given to somebody."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from canvassing.territory.models import Door
from canvassing.turf.models import Turf, TurfEntrance


def doors_given(
    session: Session,
    campaign_id: int,
    person_id: int | None,
    door_ids: Collection[int],
    *,
    since: datetime,
) -> frozenset[int]:
    """Give those of the doors that lie in a turf of this person which was not over at ``since``.

    The caller has found the campaign for the viewer.
    """
    if not door_ids:
        return frozenset()
    found = session.scalars(
        select(Door.id)
        .join(TurfEntrance, TurfEntrance.entrance_id == Door.entrance_id)
        .join(Turf, Turf.id == TurfEntrance.turf_id)
        .where(
            Door.campaign_id == campaign_id,
            Door.id.in_(door_ids),
            Turf.campaign_id == campaign_id,
            Turf.person_id == person_id,
            Turf.expires_at > since,
            or_(Turf.ended_at.is_(None), Turf.ended_at > since),
        )
    )
    return frozenset(found)
