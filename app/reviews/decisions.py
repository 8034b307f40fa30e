"""What every feature asks when it follows the decisions about its own work."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Campaign, Election
from app.accounts.rules.elections import day_there
from app.db import recorded
from app.reviews.events import ReviewEvent
from app.reviews.models import Review

_ZONE = select(Election.timezone).join(Campaign, Campaign.election_id == Election.id)


def decisions_about(session: Session, subject_kind: str) -> tuple[ReviewEvent, ...]:
    """Give what happened in this transaction to reviews of one kind of work, oldest first."""
    return tuple(
        event
        for event in recorded(session)
        if isinstance(event, ReviewEvent) and event.subject_kind == subject_kind
    )


def day_of(session: Session, event: ReviewEvent) -> date:
    """Give the day it was where the campaign's election is held."""
    zone = session.execute(_ZONE.where(Campaign.id == event.campaign_id)).scalar_one()
    return day_there(event.at, zone)


def has_accepted_round(session: Session, event: ReviewEvent) -> bool:
    """Say whether any round of the same work stands as accepted."""
    accepted = (
        select(Review.id)
        .where(
            Review.campaign_id == event.campaign_id,
            Review.subject_kind == event.subject_kind,
            Review.subject_id == event.subject_id,
            Review.state == "accepted",
        )
        .limit(1)
    )
    return session.execute(accepted).first() is not None
