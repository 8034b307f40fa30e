"""The one hook that writes milestones, in the transaction that completed a step."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.accounts.queries import find_campaign
from app.db import record, recorded
from app.reviews.events import DecisionUndone
from quests.route.events import StepReached
from quests.route.library import PackLibrary
from quests.route.models import Milestone
from quests.route.position import CANDIDATE, Status
from quests.route.rules import newly_reached
from quests.route.standing import milestones_of, position_of


def settle(session: Session, library: PackLibrary, *, now: datetime) -> None:
    """Add a milestone for every step that this transaction's events completed.

    A decision taken back within minutes takes its milestone back too: it was a slip, not history.
    """
    events = recorded(session)
    undone = {
        (event.campaign_id, event.step_key)
        for event in events
        if isinstance(event, DecisionUndone) and event.was_accepted
    }
    touched = {getattr(event, "campaign_id", None) for event in events}
    for campaign_id in sorted(found for found in touched if found is not None):
        steps = frozenset(step for campaign, step in undone if campaign == campaign_id)
        settle_campaign(session, library, campaign_id, undone=steps, now=now)


def settle_campaign(
    session: Session,
    library: PackLibrary,
    campaign_id: int,
    *,
    undone: Collection[str] = (),
    now: datetime,
) -> tuple[str, ...]:
    """Add the missing milestones of one campaign; give the keys of their steps."""
    campaign = find_campaign(session, campaign_id)
    if campaign is None or campaign.pack_id not in library:
        return ()
    session.flush()
    position = position_of(session, library, campaign, now=now, role=CANDIDATE)
    for key in undone:
        step = position.route.by_key.get(key)
        if step is not None and step.status is not Status.DONE:
            session.execute(
                delete(Milestone).where(
                    Milestone.campaign_id == campaign_id, Milestone.step_key == key
                )
            )
    fresh = newly_reached(position.route, milestones_of(session, campaign_id))
    for step in fresh:
        session.add(Milestone(campaign_id=campaign_id, step_key=step.key, reached_at=now))
        record(session, StepReached(campaign_id=campaign_id, step_key=step.key))
    return tuple(step.key for step in fresh)
