"""Noting a visit without a phone's script, taking one back, and lifting what stands at a door."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.access import Viewer
from app.accounts.queries import CampaignRow
from app.db import record
from app.errors import Missing, Refused
from app.texts import N_
from canvassing.contacts.models import Contact
from canvassing.doors.commands.storing import Verdict, store_batch
from canvassing.doors.events import FlagLifted
from canvassing.doors.models import DoorFlag, QuarantinedVisit, Visit
from canvassing.doors.observations import Batch, Malformed, Noted, read_item
from canvassing.doors.rules import DO_NOT_CONTACT, ObservationKind
from canvassing.pack import DoorRules
from canvassing.territory.queries import get_door

LONGEST_REASON = 300


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
    item = Noted(
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
    _store(session, viewer, campaign, device, item, rules, now=now)


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
    return Noted(
        observation=item.observation,
        seq=seq,
        door_id=item.door_id,
        turf_id=item.turf_id,
        kind=item.kind,
        of=item.of,
        outcome=item.outcome,
        support=item.support,
        agreed=item.agreed,
        marks=item.marks,
        noted_at=item.noted_at,
        digest=digest,
    )


def lift_flag(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    door_id: int,
    flag: str,
    *,
    reason: str,
    now: datetime,
) -> None:
    """Say that something no longer holds at a door, and why; raises Missing, Refused."""
    door = get_door(session, campaign.id, door_id)
    reason = " ".join(reason.split())
    if not reason or len(reason) > LONGEST_REASON or "\x00" in reason:
        raise Refused("reason", N_("Write why, in at most {most} characters."), most=LONGEST_REASON)
    lifted = session.execute(
        update(DoorFlag)
        .where(
            DoorFlag.campaign_id == campaign.id,
            DoorFlag.door_id == door.id,
            DoorFlag.flag == flag,
            DoorFlag.lifted_at.is_(None),
        )
        .values(lifted_at=now, lifted_by=viewer.person_id, reason=reason)
        .returning(DoorFlag.id)
    ).all()
    found = len(lifted)
    if flag == DO_NOT_CONTACT:
        asked = session.execute(
            update(Contact)
            .where(
                Contact.campaign_id == campaign.id,
                Contact.door_id == door.id,
                Contact.do_not_contact.is_(True),
            )
            .values(do_not_contact=False)
            .returning(Contact.id)
        ).all()
        found += len(asked)
    if not found:
        raise Missing
    record(
        session,
        FlagLifted(
            campaign_id=campaign.id, door_id=door.id, flag=flag, by=viewer.person_id, at=now
        ),
    )
