"""What stored observations bring about: flags, counts, and doors that are logged or no longer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.accounts.queries import CampaignRow
from app.db import record
from canvassing.doors.events import DoorRetracted, DoorVerified
from canvassing.doors.models import DoorFlag, LoggedDoor, OpinionTally
from canvassing.doors.observations import Noted
from canvassing.doors.queries.observations import flags_of, observations_of_doors
from canvassing.doors.rules import NOBODY_CAME, STANDING, DoorState, fold_all
from canvassing.pack import DoorRules
from canvassing.territory.models import Door, Entrance

StoredVisit = tuple[int, Noted, int | None]
"""Number of the row, what was noted, and the level that goes into the building's count."""
_logged = LoggedDoor.__table__


def follow_visits(
    session: Session,
    campaign: CampaignRow,
    rules: DoorRules,
    stored: Sequence[StoredVisit],
    *,
    by: int | None,
    now: datetime,
) -> None:
    """Bring everything that is derived up to date with what was just stored."""
    _set_flags(session, campaign.id, rules, stored, now=now)
    _count_opinions(session, campaign.id, stored)
    door_ids = sorted({item.door_id for _, item, _ in stored})
    settle_doors(session, campaign.id, rules, door_ids, by=by, now=now)


def _set_flags(
    session: Session,
    campaign_id: int,
    rules: DoorRules,
    stored: Sequence[StoredVisit],
    *,
    now: datetime,
) -> None:
    kinds = {one.key: one.kind for one in rules.outcome}
    wanted = {
        (item.door_id, STANDING[kinds[item.outcome]]): number
        for number, item, _ in reversed(stored)
        if kinds.get(item.outcome) in STANDING
    }
    if not wanted:
        return
    standing = flags_of(session, campaign_id, {door_id for door_id, _ in wanted})
    rows = [
        {
            "campaign_id": campaign_id,
            "door_id": door_id,
            "flag": flag,
            "visit_id": number,
            "set_at": now,
        }
        for (door_id, flag), number in sorted(wanted.items())
        if flag not in standing.get(door_id, ())
    ]
    if rows:
        # Another phone may be setting the same flag at this moment: one is enough.
        session.execute(_upsert(session, DoorFlag.__table__).on_conflict_do_nothing(), rows)


def _count_opinions(session: Session, campaign_id: int, stored: Sequence[StoredVisit]) -> None:
    heard = [(item.door_id, level) for _, item, level in stored if level is not None]
    if not heard:
        return
    buildings: dict[int, int] = {
        row[0]: row[1]
        for row in session.execute(
            select(Door.id, Entrance.building_id)
            .join(Entrance, Entrance.id == Door.entrance_id)
            .where(Door.campaign_id == campaign_id, Door.id.in_({door for door, _ in heard}))
        )
    }
    counts = Counter((buildings[door_id], level) for door_id, level in heard)
    statement = _upsert(session, OpinionTally.__table__)
    statement = statement.on_conflict_do_update(
        index_elements=["campaign_id", "building_id", "level"],
        set_={"heard": OpinionTally.__table__.c.heard + statement.excluded.heard},
    )
    session.execute(
        statement,
        [
            {"campaign_id": campaign_id, "building_id": building, "level": level, "heard": count}
            for (building, level), count in sorted(counts.items())
        ],
    )


def _upsert(session: Session, table: Any) -> Any:  # noqa: ANN401 - the dialects' own classes.
    dialect = session.get_bind().dialect.name
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def settle_doors(
    session: Session,
    campaign_id: int,
    rules: DoorRules,
    door_ids: Sequence[int],
    *,
    by: int | None,
    now: datetime,
) -> None:
    """Compare the doors that are logged with what their observations say, and tell the changes."""
    # Two phones at one door wait for each other here; the share locks of foreign keys do not.
    session.execute(
        select(Door.id)
        .where(Door.campaign_id == campaign_id, Door.id.in_(list(door_ids)))
        .order_by(Door.id)
        .with_for_update(key_share=True)
    ).all()
    states = fold_all(observations_of_doors(session, campaign_id, door_ids), rules)
    rows = session.execute(
        select(
            _logged.c.door_id, _logged.c.visit_id, _logged.c.person_id, _logged.c.verified
        ).where(_logged.c.campaign_id == campaign_id, _logged.c.door_id.in_(list(door_ids)))
    )
    known = {row.door_id: row for row in rows}
    new = []
    for door_id in door_ids:
        state, before = states.get(door_id, NOBODY_CAME), known.get(door_id)
        was = before is not None and before.verified
        first = state.first
        if before is not None and (first is None or (was and not first.plausible)):
            _tell_retracted(session, campaign_id, before, now=now) if was else None
            was = False
        if first is None:
            if before is not None:
                session.execute(delete(LoggedDoor).where(*_is(campaign_id, door_id)))
            continue
        if before is None:
            new.append(_row(campaign_id, door_id, state, now=now))
        elif before.visit_id != first.id:
            session.execute(
                update(LoggedDoor)
                .where(*_is(campaign_id, door_id))
                .values(visit_id=first.id, person_id=first.person_id, verified=first.plausible)
            )
        if first.plausible and was and before is not None and before.person_id != first.person_id:
            # The points move with the visit: whoever no longer stands for the door loses them.
            _tell_retracted(session, campaign_id, before, now=now)
            was = False
        if first.plausible and not was:
            record(
                session,
                DoorVerified(
                    campaign_id=campaign_id,
                    door_id=door_id,
                    visit_id=first.id,
                    by=first.person_id,
                    at=now,
                ),
            )
    if new:
        session.execute(insert(LoggedDoor), new)


def _tell_retracted(session: Session, campaign_id: int, before: Any, *, now: datetime) -> None:  # noqa: ANN401 - a row.
    record(
        session,
        DoorRetracted(
            campaign_id=campaign_id,
            door_id=before.door_id,
            visit_id=before.visit_id,
            by=before.person_id,
            at=now,
        ),
    )


def _row(campaign_id: int, door_id: int, state: DoorState, *, now: datetime) -> dict[str, Any]:
    assert state.first is not None
    return {
        "campaign_id": campaign_id,
        "door_id": door_id,
        "visit_id": state.first.id,
        "person_id": state.first.person_id,
        "verified": state.first.plausible,
        "at": now,
    }


def _is(campaign_id: int, door_id: int) -> tuple[Any, ...]:
    return _logged.c.campaign_id == campaign_id, _logged.c.door_id == door_id
