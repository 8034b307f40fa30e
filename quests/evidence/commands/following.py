"""Evidence follows its reviews: in the transaction in which somebody decides."""

from __future__ import annotations

from sqlalchemy import Update, update
from sqlalchemy.orm import Session

from app.reviews.decisions import day_of, decisions_about, has_accepted_round
from app.reviews.events import (
    DecisionUndone,
    ReviewAccepted,
    ReviewEvent,
    ReviewReturned,
    ReviewWithdrawn,
)
from quests.evidence.models import Evidence
from quests.evidence.rules.proof import SUBJECT_KIND, State


def follow_reviews(session: Session) -> None:
    """The hook for ``database.before_commit``; it has to run before milestones are settled."""
    for event in decisions_about(session, SUBJECT_KIND):
        _follow(session, event)


def _follow(session: Session, event: ReviewEvent) -> None:
    match event:
        case ReviewAccepted():
            _accept(session, event)
        case ReviewReturned(reason=reason):
            _set(session, event, state=State.RETURNED.value, note=reason)
        case ReviewWithdrawn():
            _set(session, event, state=State.DRAFT.value)
        case DecisionUndone(was_accepted=True):
            _set(session, event, state=State.SUBMITTED.value)
            _forget_if_proved_now(session, event)
        case DecisionUndone():
            _set(session, event, state=State.SUBMITTED.value)


def _accept(session: Session, event: ReviewEvent) -> None:
    day = day_of(session, event).toordinal()
    _set(session, event, state=State.ACCEPTED.value)
    session.execute(_row(event).where(Evidence.proved_day.is_(None)).values(proved_day=day))


def _forget_if_proved_now(session: Session, event: ReviewEvent) -> None:
    """Take the proof back too, unless an earlier round of a repeatable step was accepted."""
    if not has_accepted_round(session, event):
        session.execute(_row(event).values(proved_day=None))


def _set(session: Session, event: ReviewEvent, *, state: str, note: str = "") -> None:
    session.execute(_row(event).values(state=state, note=note, changed_at=event.at))


def _row(event: ReviewEvent) -> Update:
    return update(Evidence).where(
        Evidence.campaign_id == event.campaign_id, Evidence.id == event.subject_id
    )
