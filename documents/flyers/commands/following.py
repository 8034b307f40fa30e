"""Flyers follow their reviews: in the transaction in which somebody decides."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from sqlalchemy import Update, update
from sqlalchemy.orm import Session

from app.db import record
from app.reviews.decisions import day_of, decisions_about
from app.reviews.events import (
    DecisionUndone,
    ReviewAccepted,
    ReviewEvent,
    ReviewReturned,
    ReviewWithdrawn,
)
from documents.flyers.events import FlyerApprovalUndone, FlyerApproved, FlyerReturned
from documents.flyers.models import Flyer, FlyerVersion
from documents.flyers.rules.standing import SUBJECT_KIND, State


def follow_flyer_reviews(session: Session) -> None:
    """The hook for ``database.before_commit``; it has to run before milestones are settled."""
    for event in decisions_about(session, SUBJECT_KIND):
        _follow(session, event)


def _follow(session: Session, event: ReviewEvent) -> None:
    match event:
        case ReviewAccepted():
            _approve(session, event)
        case ReviewReturned(reason=reason):
            session.execute(_flyer(event).values(state=State.RETURNED.value, note=reason))
            record(session, FlyerReturned(**_about(event)))
        case ReviewWithdrawn():
            session.execute(_flyer(event).values(state=State.DRAFT.value))
        case DecisionUndone(was_accepted=True):
            _wait_again(session, event)
            session.execute(_version(event).values(approved_at=None))
            record(session, FlyerApprovalUndone(**_about(event)))
        case DecisionUndone():
            _wait_again(session, event)


def _approve(session: Session, event: ReviewEvent) -> None:
    day = day_of(session, event).toordinal()
    session.execute(_flyer(event).values(state=State.APPROVED.value, note="", approved_day=day))
    session.execute(_version(event).values(approved_at=event.at))
    record(session, FlyerApproved(**_about(event)))


def _wait_again(session: Session, event: ReviewEvent) -> None:
    session.execute(_flyer(event).values(state=State.SUBMITTED.value, note="", approved_day=None))


def _flyer(event: ReviewEvent) -> Update:
    return update(Flyer).where(Flyer.campaign_id == event.campaign_id, Flyer.id == event.subject_id)


def _version(event: ReviewEvent) -> Update:
    return update(FlyerVersion).where(
        FlyerVersion.campaign_id == event.campaign_id, FlyerVersion.review_id == event.review_id
    )


class _About(TypedDict):
    campaign_id: int
    flyer_id: int
    by: int | None
    at: datetime


def _about(event: ReviewEvent) -> _About:
    return {
        "campaign_id": event.campaign_id,
        "flyer_id": event.subject_id,
        "by": event.by,
        "at": event.at,
    }
