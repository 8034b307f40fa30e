"""Lifting what stands at doors: one flag, or all that one person has set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.access import Viewer
from app.accounts.queries import CampaignRow
from app.db import record
from app.errors import Missing, Refused
from app.texts import N_
from canvassing.contacts.models import Contact
from canvassing.doors.commands.noting import retract_visits
from canvassing.doors.events import FlagLifted, FlagsLifted
from canvassing.doors.models import DoorFlag, Visit
from canvassing.doors.rules import DO_NOT_CONTACT
from canvassing.pack import DoorRules
from canvassing.territory.queries import get_door

LONGEST_REASON = 300


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
    door, reason = get_door(session, campaign.id, door_id), _reason(reason)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Disbelief:
    """Whose flags are lifted, and why; ``device`` is set when their visits are taken back too."""

    person_id: int
    reason: str
    device: UUID | None = None


def lift_flags_of(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    disbelief: Disbelief,
    rules: DoorRules,
    *,
    now: datetime,
) -> int:
    """Lift every flag that a person's visits have set, and give how many they were.

    What residents had asked for before, by a list of contacts or when they were forgotten, stays.
    With their visits goes what those earned. Raises Missing, Refused.
    """
    person_id = disbelief.person_id
    reason = _reason(disbelief.reason)
    visits = select(Visit.id).where(Visit.campaign_id == campaign.id, Visit.person_id == person_id)
    lifted = session.execute(
        update(DoorFlag)
        .where(
            DoorFlag.campaign_id == campaign.id,
            DoorFlag.visit_id.in_(visits),
            DoorFlag.lifted_at.is_(None),
        )
        .values(lifted_at=now, lifted_by=viewer.person_id, reason=reason)
        .returning(DoorFlag.visit_id)
        .execution_options(synchronize_session=False)
    ).all()
    if not lifted:
        raise Missing
    if disbelief.device is not None:
        wrong = _visits_of(session, campaign.id, {row.visit_id for row in lifted})
        device = disbelief.device
        retract_visits(session, viewer, campaign, wrong, rules, device=device, now=now)
    record(
        session,
        FlagsLifted(
            campaign_id=campaign.id,
            person_id=person_id,
            flags=len(lifted),
            visits_too=disbelief.device is not None,
            by=viewer.person_id,
            at=now,
        ),
    )
    return len(lifted)


def _visits_of(session: Session, campaign_id: int, numbers: set[int]) -> list[tuple[int, UUID]]:
    """Give door and observation of visits; of a correction, those of what it corrects."""
    rows = session.execute(
        select(Visit.door_id, func.coalesce(Visit.of, Visit.observation).label("visit"))
        .where(Visit.campaign_id == campaign_id, Visit.id.in_(numbers))
        .order_by(Visit.id)
    )
    return [(row.door_id, row.visit) for row in rows]


def _reason(said: str) -> str:
    reason = " ".join(said.split())
    if not reason or len(reason) > LONGEST_REASON or "\x00" in reason:
        raise Refused("reason", N_("Write why, in at most {most} characters."), most=LONGEST_REASON)
    return reason
