"""What the doors know about campaigns: how many were logged."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db import Narrowed
from app.facts import Fact, FactState
from canvassing.doors.models import LoggedDoor

LOGGED = "doors.logged"
_door = LoggedDoor.__table__
_COUNTS = Narrowed(
    select(_door.c.campaign_id, func.count()).group_by(_door.c.campaign_id), _door.c.campaign_id
)


def door_facts(session: Session, campaign_ids: Sequence[int] | None) -> dict[int, dict[str, Fact]]:
    """Give the facts of the named campaigns, or of all when None; one query.

    A campaign without a logged door is left out.
    """
    return {
        campaign_id: {LOGGED: Fact(FactState.PRESENT, count)}
        for campaign_id, count in _COUNTS.rows(session, campaign_ids)
    }
