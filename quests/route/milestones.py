"""Milestones: the one hook writes them in the transaction that completed a step.

What a day completes no transaction does: ``settling`` looks for that once a day.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.accounts.events import ElectionChanged
from app.accounts.models import Campaign
from app.accounts.queries import find_campaign
from app.db import record, recorded
from app.jobs.commands import enqueue
from app.reviews.events import DecisionUndone
from quests.route.events import SETTLE, StepReached
from quests.route.library import PackLibrary
from quests.route.models import Milestone
from quests.route.position import CANDIDATE, RouteStep, Status
from quests.route.reaching import reached_moment
from quests.route.rules import newly_reached
from quests.route.standing import Position, milestones_of, position_of


def settle(session: Session, library: PackLibrary, *, now: datetime) -> None:
    """Add a milestone for every step that this transaction's events completed.

    A decision taken back within minutes takes its milestone back too: it was a slip, not history.
    An election's moved days may complete steps of all its campaigns; a job looks at those.
    """
    events = tuple(recorded(session))
    undone = {
        (event.campaign_id, event.step_key)
        for event in events
        if isinstance(event, DecisionUndone) and event.was_accepted
    }
    # Who records that a step was reached has just settled that campaign.
    touched = {
        getattr(event, "campaign_id", None)
        for event in events
        if not isinstance(event, StepReached)
    }
    for campaign_id in sorted(found for found in touched if found is not None):
        steps = frozenset(step for campaign, step in undone if campaign == campaign_id)
        settle_campaign(session, library, campaign_id, undone=steps, now=now)
    for event in events:
        if isinstance(event, ElectionChanged) and event.days_moved and event.campaigns:
            enqueue(session, SETTLE, {"election": event.election_id}, run_at=now)


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
    _take_turns(session, campaign_id)
    position = position_of(session, library, campaign, now=now, role=CANDIDATE)
    known = milestones_of(session, campaign_id)
    _take_back(session, position, known, undone)
    fresh = newly_reached(position.route, known)
    moments = _moments(position, fresh, known, now=now)
    for step in fresh:
        session.add(
            Milestone(campaign_id=campaign_id, step_key=step.key, reached_at=moments[step.key])
        )
        record(session, StepReached(campaign_id=campaign_id, step_key=step.key))
    return tuple(step.key for step in fresh)


def _moments(
    position: Position, fresh: Sequence[RouteStep], known: Mapping[str, datetime], *, now: datetime
) -> dict[str, datetime]:
    """Give when each fresh step was reached; those it looks at are asked before it."""
    wanted = {step.key: step for step in fresh}
    found = dict(known)
    for station in position.pack.course.order:
        step = wanted.get(station.step.key)
        if step is not None:
            zone = position.campaign.timezone
            found[step.key] = reached_moment(step, found, zone=zone, now=now)
    return found


def _take_turns(session: Session, campaign_id: int) -> None:
    """Let two transactions on one campaign settle after each other.

    Without it neither would see the other's half of a step that both complete.
    """
    session.execute(
        select(Campaign.id).where(Campaign.id == campaign_id).with_for_update(key_share=True)
    )


def _take_back(
    session: Session, position: Position, known: Mapping[str, datetime], undone: Collection[str]
) -> None:
    """Delete the milestones of undone steps, and of those that came with them in one moment."""
    moments = {known[key] for key in undone if key in known}
    gone = [
        key
        for key, step in position.route.by_key.items()
        if known.get(key) in moments and step.status is not Status.DONE
    ]
    if gone:
        session.execute(
            delete(Milestone).where(
                Milestone.campaign_id == position.campaign.id, Milestone.step_key.in_(gone)
            )
        )
