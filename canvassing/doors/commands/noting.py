"""Noting a visit without a phone's script, and taking one back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access import Viewer
from app.accounts.queries import CampaignRow
from app.errors import Missing, Refused
from app.texts import N_
from canvassing.doors.commands.storing import Verdict, store_batch
from canvassing.doors.models import QuarantinedVisit, Visit
from canvassing.doors.observations import MOST_ITEMS, Batch, Malformed, Noted, read_item
from canvassing.doors.rules import ObservationKind
from canvassing.pack import DoorRules


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedHere:
    """What came in from the plain form, unchecked."""

    observation: str
    device: UUID
    door_id: int
    outcome: str
    support: int | None
    marks: tuple[str, ...]
    agreed: bool


def note_visit(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    noted: NotedHere,
    rules: DoorRules,
    *,
    now: datetime,
) -> None:
    """Store a visit noted on the plain page; pressed twice, it is stored once. Raises Refused."""
    if rules.find_outcome(noted.outcome) is None:
        raise Refused("outcome", N_("Choose what happened at this door."))
    item = read_item(
        {
            "id": noted.observation,
            # The number is given below, under the device's lock; it is not part of what was said.
            "seq": 1,
            "door": noted.door_id,
            "at": int(now.timestamp() * 1000),
            "outcome": noted.outcome,
            "support": noted.support,
            "marks": list(noted.marks),
            "agreed": noted.agreed,
        },
        rules,
    )
    if isinstance(item, Malformed):
        raise Refused(None, N_("This form is damaged. Open the door once more."))
    _store(session, viewer, campaign, noted.device, item, rules, now=now)


def retract_visit(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    door_id: int,
    observation: UUID,
    rules: DoorRules,
    *,
    device: UUID,
    now: datetime,
) -> None:
    """Take a visit back by a new observation; raises Missing for what is not the viewer's."""
    known = session.scalar(
        select(Visit.id).where(
            Visit.campaign_id == campaign.id,
            Visit.observation == observation,
            Visit.door_id == door_id,
        )
    )
    if known is None:
        raise Missing
    item = _retraction(door_id, observation, now)
    _store(session, viewer, campaign, device, item, rules, now=now)


def retract_visits(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    visits: Sequence[tuple[int, UUID]],
    rules: DoorRules,
    *,
    device: UUID,
    now: datetime,
) -> None:
    """Take visits back, each with its door, for who leads the field."""
    first = _next_number(session, campaign.id, device)
    items = [
        _numbered(_retraction(door_id, observation, now), first + place)
        for place, (door_id, observation) in enumerate(visits)
    ]
    for begin in range(0, len(items), MOST_ITEMS):
        batch = Batch(device=device, sent_at=now, items=tuple(items[begin : begin + MOST_ITEMS]))
        store_batch(session, viewer, campaign, batch, rules, now=now)


def _retraction(door_id: int, observation: UUID, now: datetime) -> Noted:
    return Noted(
        observation=uuid4(),
        seq=1,
        door_id=door_id,
        turf_id=None,
        kind=ObservationKind.RETRACTION,
        of=observation,
        outcome="",
        support=None,
        agreed=False,
        marks=(),
        noted_at=now,
        digest="",
    )


def _store(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    device: UUID,
    item: Noted,
    rules: DoorRules,
    *,
    now: datetime,
) -> None:
    if session.scalar(
        select(Visit.id).where(
            Visit.campaign_id == campaign.id, Visit.observation == item.observation
        )
    ):
        return
    numbered = _numbered(item, _next_number(session, campaign.id, device))
    batch = Batch(device=device, sent_at=now, items=(numbered,))
    receipt = store_batch(session, viewer, campaign, batch, rules, now=now)
    if receipt.verdicts[0].verdict is not Verdict.STORED:
        raise Missing


def _next_number(session: Session, campaign_id: int, device: UUID) -> int:
    last = [
        session.scalar(
            select(func.max(table.device_seq)).where(
                table.campaign_id == campaign_id, table.device == device
            )
        )
        for table in (Visit, QuarantinedVisit)
    ]
    return max(number or 0 for number in last) + 1


def _numbered(item: Noted, seq: int) -> Noted:
    said = [str(item.observation), item.kind, str(item.of), item.outcome, item.support]
    digest = hashlib.sha256(json.dumps([*said, *item.marks]).encode()).hexdigest()
    return replace(item, seq=seq, digest=digest)
