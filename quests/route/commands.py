"""What a team does to its route itself: putting a step off."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.access import Viewer
from app.accounts.queries import CampaignRow
from quests.route.library import PackLibrary
from quests.route.models import Snooze
from quests.route.standing import local_day, require_workable


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
    """Propose a step again only after ``days`` days; 0 proposes it at once.

    Raises Missing, Conflict or Forbidden when the viewer can't work on the step.
    """
    require_workable(session, library, viewer, campaign, step_key, now=now)
    session.execute(
        delete(Snooze).where(Snooze.campaign_id == campaign.id, Snooze.step_key == step_key)
    )
    if days > 0:
        until = local_day(now, campaign.timezone) + timedelta(days=days)
        session.add(Snooze(campaign_id=campaign.id, step_key=step_key, until=until))
