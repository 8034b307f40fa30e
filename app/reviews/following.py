"""What follows from events in their transaction: queues that move along, letters on decisions."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.accounts.events import CandidateAdmitted
from app.accounts.models import Campaign, Person
from app.db import Hook, record, recorded
from app.reviews.commands import follow_campaign
from app.reviews.events import (
    AcceptanceOvertaken,
    DecisionUndone,
    ReviewAccepted,
    ReviewReturned,
)
from app.reviews.letters import AcceptedLetter, DecisionLetter, ReturnedLetter, UndoneLetter
from app.reviews.models import Review
from app.reviews.subjects import Subjects

_ADDRESSEE = (
    select(Person.email, Person.language, Person.name, Review.pack_id)
    .join(Campaign, Campaign.candidate_id == Person.id)
    .join(Review, Review.campaign_id == Campaign.id)
    .where(Review.id == bindparam("review"))
)


def reviews_hook(subjects: Subjects) -> Hook:
    """Give the hook for ``database.before_commit`` that acts on what happened to reviews.

    The letters are recorded only; the hook of all letters, which comes later, writes them.
    """

    def follow(session: Session) -> None:
        # Nobody is told that something counts which has been replaced meanwhile.
        overtaken = {
            event.review_id for event in recorded(session) if isinstance(event, AcceptanceOvertaken)
        }
        for event in tuple(recorded(session)):
            if isinstance(event, CandidateAdmitted):
                follow_campaign(
                    session,
                    campaign_id=event.campaign_id,
                    organisation_id=event.organisation_id,
                )
            elif isinstance(event, ReviewAccepted) and event.review_id in overtaken:
                continue
            elif isinstance(event, ReviewAccepted | ReviewReturned | DecisionUndone):
                letter = _letter(session, subjects, event)
                if letter.to:
                    record(session, letter)

    return follow


def _letter(
    session: Session, subjects: Subjects, event: ReviewAccepted | ReviewReturned | DecisionUndone
) -> DecisionLetter:
    to, language, name, pack_id = session.execute(_ADDRESSEE, {"review": event.review_id}).one()
    step = subjects.step_title(pack_id, event.step_key, language)
    path = subjects.step_address(event.campaign_id, event.step_key)
    match event:
        case ReviewAccepted():
            return AcceptedLetter(to=to, language=language, name=name, path=path, step=step)
        case ReviewReturned(reason=reason):
            return ReturnedLetter(
                to=to, language=language, name=name, path=path, step=step, reason=reason
            )
        case DecisionUndone():
            return UndoneLetter(to=to, language=language, name=name, path=path, step=step)
