"""What a team does to its route itself: putting a step off."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Viewer
from app.accounts.queries import CampaignRow
from app.db import record
from app.errors import Conflict, Refused
from app.texts import N_
from quests.route.events import StepPutOff
from quests.route.library import PackLibrary
from quests.route.models import Snooze
from quests.route.position import Status
from quests.route.standing import WHY_NOT, local_day, require_workable

LONGEST_SNOOZE_DAYS = 14


def snooze(
    session: Session,
    library: PackLibrary,
    viewer: Viewer,
    campaign: CampaignRow,
    step_key: str,
    *,
    days: int,
    now: datetime,
) -> None:
    """Propose a step again only after ``days`` days, from 1 to 14.

    Raises Missing, Conflict or Forbidden when the viewer can't work on the step, Conflict for
    one that is done, Refused for a length out of bounds or a day that would make the step late.
    """
    step = require_workable(session, library, viewer, campaign, step_key, now=now)
    if step.status is Status.DONE:
        raise Conflict(WHY_NOT[Status.DONE])
    if not 1 <= days <= LONGEST_SNOOZE_DAYS:
        raise Refused("days", N_("Put a step off for 1 to 14 days."))
    until = local_day(now, campaign.timezone) + timedelta(days=days)
    if not step.can_wait_until(until):
        raise Refused("days", N_("This step can’t wait that long: it would be late then."))
    try:
        _put_off(session, campaign, step_key, until)
    except IntegrityError:
        # Pressed twice: our delete could not see the row of the other request yet.
        _put_off(session, campaign, step_key, until)
    record(session, StepPutOff(campaign_id=campaign.id, step_key=step_key))


def propose_again(
    session: Session,
    library: PackLibrary,
    viewer: Viewer,
    campaign: CampaignRow,
    step_key: str,
    *,
    now: datetime,
) -> None:
    """Take back that a step was put off.

    Raises Missing, Conflict or Forbidden when the viewer can't work on the step.
    """
    require_workable(session, library, viewer, campaign, step_key, now=now)
    _forget(session, campaign, step_key)
    record(session, StepPutOff(campaign_id=campaign.id, step_key=step_key))


def _put_off(session: Session, campaign: CampaignRow, step_key: str, until: date) -> None:
    with session.begin_nested():
        _forget(session, campaign, step_key)
        session.add(Snooze(campaign_id=campaign.id, step_key=step_key, until=until))


def _forget(session: Session, campaign: CampaignRow, step_key: str) -> None:
    session.execute(
        delete(Snooze).where(Snooze.campaign_id == campaign.id, Snooze.step_key == step_key)
    )
