"""Points follow what happened: the hook that turns a transaction's events into the journal."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.events import (
    AccountsMerged,
    CandidateAdmitted,
    CandidateDeclined,
    OrganisationChanged,
)
from app.accounts.models import Campaign
from app.db import recorded
from app.reviews.events import DecisionUndone
from quests.ranking.earning import EARNINGS, Earnings
from quests.ranking.events import LeagueChoiceMade
from quests.ranking.journal import OrganisationSums, list_anew, place_anew, write_points
from quests.ranking.models import PointEntry
from quests.ranking.pack import Earned, PointBook
from quests.ranking.rules.awarding import Deed
from quests.route.models import Milestone

_MOVES = (CandidateAdmitted, CandidateDeclined, LeagueChoiceMade)


def follow_points(
    session: Session, book: PointBook, *, earnings: Earnings = EARNINGS, now: datetime
) -> None:
    """Write the points of this transaction; it comes after the milestones and before the log.

    Campaigns go in the order of their numbers, as everywhere, so that writers never wait in a ring.
    """
    events = tuple(recorded(session))
    deeds: dict[int, list[Deed]] = {}
    for event in events:
        describe = earnings.get(type(event))
        if describe is not None:
            campaign_id: int = event.campaign_id  # type: ignore[attr-defined]
            deeds.setdefault(campaign_id, []).append(describe(event))
    undone = {
        event.campaign_id
        for event in events
        if isinstance(event, DecisionUndone) and event.was_accepted
    }
    moved = _moved(session, events)
    edited = {
        event.organisation_id
        for event in events
        if isinstance(event, OrganisationChanged) and not event.added
    }
    if not deeds and not undone and not moved and not edited:
        return
    session.flush()
    sums = OrganisationSums()
    for campaign_id in sorted({*deeds, *undone, *moved}):
        if campaign_id in moved:
            place_anew(session, campaign_id, sums)
        found = deeds.get(campaign_id, [])
        if campaign_id in undone:
            found = [*_gone_milestones(session, campaign_id), *found]
        write_points(session, book, campaign_id, found, sums, now=now)
    for organisation_id in sorted(edited):
        list_anew(session, organisation_id, sums)
    sums.write(session)


def _gone_milestones(session: Session, campaign_id: int) -> list[Deed]:
    """Give the taking back of milestones that earned points and are no longer there.

    A decision taken back takes milestones with it; which ones only the route knows.
    """
    earned = session.scalars(
        select(PointEntry.source)
        .outerjoin(
            Milestone,
            (Milestone.campaign_id == PointEntry.campaign_id)
            & (Milestone.step_key == PointEntry.source),
        )
        .where(
            PointEntry.campaign_id == campaign_id,
            PointEntry.rule == Earned.MILESTONE.value,
            Milestone.step_key.is_(None),
        )
        .distinct()
        .order_by(PointEntry.source)
    )
    # One that was taken back before is left alone: only what stands can be taken.
    return [Deed(rule=Earned.MILESTONE.value, source=key, undone=True) for key in earned]


def _moved(session: Session, events: tuple[object, ...]) -> set[int]:
    """Give the campaigns whose place in the leagues may have changed."""
    moved = {event.campaign_id for event in events if isinstance(event, _MOVES)}
    people = {
        person
        for event in events
        if isinstance(event, AccountsMerged)
        for person in (event.person_id, event.merged_id)
    }
    if people:
        moved.update(session.scalars(select(Campaign.id).where(Campaign.candidate_id.in_(people))))
    return moved
