"""Storing what phones send: a verdict for each item, nothing refused, nothing stored twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Table, func, or_, select
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.queries import CampaignRow
from app.db import record
from canvassing.doors.commands.durability import durable_number, insert_once, sync_row
from canvassing.doors.commands.following import follow_visits
from canvassing.doors.commands.inserting import insert_visits
from canvassing.doors.events import VisitsReceived
from canvassing.doors.models import FieldDevice, QuarantinedVisit, Visit
from canvassing.doors.observations import Batch, Malformed, Noted
from canvassing.doors.queries.giving import doors_given
from canvassing.doors.queries.observations import have_of_device, put_right, recent_moments
from canvassing.doors.rules import (
    LARGEST_SKEW,
    NOT_GIVEN,
    TURF_SPEAKS_FOR,
    ObservationKind,
    missing_between,
    opinion_kept,
    plausible_paces,
)
from canvassing.pack import DoorRules
from canvassing.territory.models import Door

MOST_QUARANTINED = 2_000
"""Of one person in one campaign; later ones keep only their digest."""
MOST_MISSING = 200
_visit = Visit.__table__
assert isinstance(_visit, Table)


class Verdict(StrEnum):
    """What became of an item; after any of them the phone need not send it again."""

    STORED = "stored"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An item and its verdict; ``reason`` is a code for conflicts and quarantine."""

    observation: UUID | None
    seq: int | None
    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the phone is told."""

    epoch: str
    durable_seq: int
    """Up to this number of the device everything is in a verified backup."""
    verdicts: tuple[Judged, ...]
    have: tuple[tuple[int, int], ...]
    missing: tuple[int, ...]


@dataclass(slots=True, kw_only=True)
class _Receiving:
    """One batch on its way in."""

    session: Session
    viewer: Viewer
    campaign: CampaignRow
    rules: DoorRules
    batch: Batch
    skew_ms: int
    now: datetime
    own_device: bool = True
    doors: frozenset[int] = frozenset()
    given: frozenset[int] = frozenset()
    """Doors the viewer may speak of."""
    by_id: dict[UUID, str] = field(default_factory=dict)
    by_seq: dict[int, str] = field(default_factory=dict)
    owners: dict[UUID, tuple[int, int | None]] = field(default_factory=dict)
    spilled: int = -1


def store_batch(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    batch: Batch,
    rules: DoorRules,
    *,
    now: datetime,
) -> Receipt:
    """Store a batch and give the receipt; the caller has found the campaign for the viewer.

    The same batch twice, at once or later, is stored once: the device's row is locked first, and
    the unique constraints decide.
    """
    skew = max(-LARGEST_SKEW, min(LARGEST_SKEW, now - batch.sent_at))
    coming = _Receiving(
        session=session,
        viewer=viewer,
        campaign=campaign,
        rules=rules,
        batch=batch,
        skew_ms=int(skew / timedelta(milliseconds=1)),
        now=now,
    )
    device_id, coming.own_device = _lock_device(coming)
    _look_up(coming)
    judged, taken = _judge(coming)
    stored = _insert(coming, taken, judged)
    if stored:
        follow_visits(session, campaign, rules, stored, by=viewer.person_id, now=now)
    kept = sum(one is not None and one.verdict is Verdict.QUARANTINED for one in judged)
    if stored or kept:
        record(
            session,
            VisitsReceived(
                campaign_id=campaign.id,
                device_id=device_id,
                stored=len(stored),
                quarantined=kept,
                by=viewer.person_id,
                at=now,
            ),
        )
    return _receipt(coming, [one for one in judged if one is not None])


def _lock_device(coming: _Receiving) -> tuple[int, bool]:
    """Make or find the device's row and lock it; False when the device is somebody else's."""
    session, device = coming.session, coming.batch.device
    values = {
        "campaign_id": coming.campaign.id,
        "device": device,
        "person_id": coming.viewer.person_id,
        "first_seen_at": coming.now,
    }
    session.execute(insert_once(session, FieldDevice, values))
    row = session.execute(
        select(FieldDevice.id, FieldDevice.person_id)
        .where(FieldDevice.device == device, FieldDevice.campaign_id == coming.campaign.id)
        .with_for_update()
    ).one_or_none()
    if row is None:
        # Known in another campaign: its observations are kept aside under this one.
        return 0, False
    return row.id, row.person_id == coming.viewer.person_id


def _look_up(coming: _Receiving) -> None:
    """Find what is stored already, and the doors spoken of."""
    items = [item for item in coming.batch.items if isinstance(item, Noted)]
    ids = [item.observation for item in items]
    of = [item.of for item in items if item.of is not None]
    rows = coming.session.execute(
        select(
            _visit.c.observation,
            _visit.c.device,
            _visit.c.device_seq,
            _visit.c.digest,
            _visit.c.door_id,
            _visit.c.person_id,
        ).where(
            _visit.c.campaign_id == coming.campaign.id,
            or_(
                _visit.c.observation.in_({*ids, *of}),
                (_visit.c.device == coming.batch.device)
                & _visit.c.device_seq.in_([item.seq for item in items]),
            ),
        )
    )
    for row in rows:
        coming.by_id[row.observation] = row.digest
        coming.owners[row.observation] = (row.door_id, row.person_id)
        if row.device == coming.batch.device:
            coming.by_seq[row.device_seq] = row.digest
    coming.doors = frozenset(
        coming.session.scalars(
            select(Door.id).where(
                Door.campaign_id == coming.campaign.id,
                Door.id.in_({item.door_id for item in items}),
            )
        )
    )
    coming.given = coming.doors
    if not _leads(coming):
        since, who = coming.now - TURF_SPEAKS_FOR, coming.viewer.person_id
        coming.given = doors_given(
            coming.session, coming.campaign.id, who, coming.doors, since=since
        )


def _leads(coming: _Receiving) -> bool:
    return coming.viewer.may(Permission.FIELD_MANAGE, coming.campaign.scope)


def _judge(coming: _Receiving) -> tuple[list[Judged | None], list[tuple[int, Noted]]]:
    """Give a verdict for each item that is not to be stored, and those that are."""
    judged: list[Judged | None] = []
    taken: list[tuple[int, Noted]] = []
    for place, item in enumerate(coming.batch.items):
        found = _verdict(coming, item)
        judged.append(found)
        if found is None and isinstance(item, Noted):
            taken.append((place, item))
            coming.by_id[item.observation] = item.digest
            coming.by_seq[item.seq] = item.digest
            coming.owners[item.observation] = (item.door_id, coming.viewer.person_id)
    return judged, taken


def _verdict(coming: _Receiving, item: Noted | Malformed) -> Judged | None:
    if isinstance(item, Malformed):
        return _quarantine(coming, item, item.reason)
    known = coming.by_id.get(item.observation)
    if known == item.digest:
        return Judged(observation=item.observation, seq=item.seq, verdict=Verdict.DUPLICATE)
    if known is not None:
        return _quarantine(coming, item, "other_content", Verdict.CONFLICT)
    if item.seq in coming.by_seq:
        return _quarantine(coming, item, "number_taken", Verdict.CONFLICT)
    if not coming.own_device:
        return _quarantine(coming, item, "device_of_another")
    if item.door_id not in coming.doors:
        return _quarantine(coming, item, "no_such_door")
    refused = _check_target(coming, item)
    if refused is not None:
        return refused
    # Taking one's own visit back flags nothing, so it needs no turf.
    if item.kind is not ObservationKind.RETRACTION and item.door_id not in coming.given:
        return _quarantine(coming, item, NOT_GIVEN)
    return None


def _check_target(coming: _Receiving, item: Noted) -> Judged | None:
    """Refuse to file under a door what corrects somebody else's visit, or another door's."""
    if item.of is None or item.of not in coming.owners:
        return None
    door_id, person_id = coming.owners[item.of]
    if door_id != item.door_id:
        return _quarantine(coming, item, "other_door")
    if person_id != coming.viewer.person_id and not _leads(coming):
        return _quarantine(coming, item, "not_yours")
    return None


def _quarantine(
    coming: _Receiving,
    item: Noted | Malformed,
    reason: str,
    verdict: Verdict = Verdict.QUARANTINED,
) -> Judged:
    """Keep an item aside as it came; the same again is kept once."""
    whose = (
        QuarantinedVisit.campaign_id == coming.campaign.id,
        QuarantinedVisit.person_id == coming.viewer.person_id,
    )
    if coming.spilled < 0:
        coming.spilled = (
            coming.session.scalar(select(func.count()).select_from(QuarantinedVisit).where(*whose))
            or 0
        )
    coming.spilled += 1
    full = coming.spilled > MOST_QUARANTINED
    own = coming.own_device and item.seq is not None
    values = {
        "campaign_id": coming.campaign.id,
        "person_id": coming.viewer.person_id,
        "device": coming.batch.device if own else None,
        "device_seq": item.seq if own else None,
        "digest": item.digest,
        "sent": "" if full else _as_sent(item),
        "reason": reason,
        "received_at": coming.now,
    }
    coming.session.execute(insert_once(coming.session, QuarantinedVisit, values))
    return Judged(observation=item.observation, seq=item.seq, verdict=verdict, reason=reason)


def _as_sent(item: Noted | Malformed) -> str:
    if isinstance(item, Malformed):
        return item.sent
    return (
        f"{item.kind} {item.observation} door={item.door_id} of={item.of} at={item.noted_at:%FT%T}"
        f" outcome={item.outcome} marks={','.join(item.marks)}"
    )


def _insert(
    coming: _Receiving, taken: Sequence[tuple[int, Noted]], judged: list[Judged | None]
) -> list[tuple[int, Noted, int | None]]:
    """Store the good items; give number, item and the level that goes to the building's count."""
    if not taken:
        return []
    rows, counted = _rows(coming, [item for _, item in taken])
    numbers = insert_visits(coming.session, rows)
    stored = []
    for place, item in taken:
        number = numbers.get(item.observation)
        if number is None:
            judged[place] = _quarantine(coming, item, "id_taken", Verdict.CONFLICT)
            continue
        judged[place] = Judged(observation=item.observation, seq=item.seq, verdict=Verdict.STORED)
        stored.append((number, item, counted[item.observation]))
    return stored


def _rows(
    coming: _Receiving, items: Sequence[Noted]
) -> tuple[list[dict[str, Any]], dict[UUID, int | None]]:
    paces = _paces(coming, items)
    counted: dict[UUID, int | None] = {}
    rows = []
    for item in items:
        kept = opinion_kept(coming.rules.opinion.keep, item.support, agreed=item.agreed)
        counted[item.observation] = kept.counted if item.kind is ObservationKind.VISIT else None
        rows.append(
            {
                "campaign_id": coming.campaign.id,
                "door_id": item.door_id,
                "observation": item.observation,
                "device": coming.batch.device,
                "device_seq": item.seq,
                "digest": item.digest,
                "person_id": coming.viewer.person_id,
                "turf_id": item.turf_id,
                "kind": item.kind.value,
                "of": item.of,
                "outcome": item.outcome,
                "support": kept.at_door,
                "marks": list(item.marks),
                "noted_at": item.noted_at,
                "skew_ms": coming.skew_ms,
                "received_at": coming.now,
                "plausible": paces.get(item.observation, True),
            }
        )
    return rows, counted


def _paces(coming: _Receiving, items: Sequence[Noted]) -> dict[UUID, bool]:
    visits = [item for item in items if item.kind is ObservationKind.VISIT]
    if not visits:
        return {}
    pace = coming.rules.pace
    within = timedelta(minutes=pace.minutes)
    moments = [put_right(item.noted_at, coming.skew_ms) for item in visits]
    known = recent_moments(
        coming.session,
        coming.campaign.id,
        coming.viewer.person_id,
        min(moments) - within,
        max(moments) + within,
    )
    found = plausible_paces(moments, known, most=pace.most_visits, within=within, now=coming.now)
    return {item.observation: good for item, good in zip(visits, found, strict=True)}


def _receipt(coming: _Receiving, judged: list[Judged]) -> Receipt:
    session, campaign_id, device = coming.session, coming.campaign.id, coming.batch.device
    have = have_of_device(session, campaign_id, device) if coming.own_device else []
    sync = sync_row(session)
    return Receipt(
        epoch=sync.epoch,
        durable_seq=durable_number(session, campaign_id, device, sync.durable_visit_id, have),
        verdicts=tuple(judged),
        have=tuple(have),
        missing=tuple(missing_between(have, most=MOST_MISSING)),
    )
