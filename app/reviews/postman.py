"""What follows from a decision in its transaction: the letter, and queues that move along."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.accounts.events import CandidateAdmitted
from app.accounts.models import Campaign, Person
from app.db import Hook, recorded
from app.mail.commands import send_letter
from app.reviews.commands import follow_campaign
from app.reviews.events import DecisionUndone, ReviewAccepted, ReviewEvent, ReviewReturned
from app.reviews.letters import AcceptedLetter, DecisionLetter, ReturnedLetter, UndoneLetter
from app.reviews.models import Review
from app.reviews.subjects import Subjects
from app.web.language import translate

_ADDRESSEE = (
    select(Person.email, Person.language, Person.name, Review.pack_id)
    .join(Campaign, Campaign.candidate_id == Person.id)
    .join(Review, Review.campaign_id == Campaign.id)
    .where(Review.id == bindparam("review"))
)


def reviews_hook(subjects: Subjects) -> Hook:
    """Give the hook for ``database.before_commit`` that acts on what happened to reviews."""

    def follow(session: Session) -> None:
        for event in tuple(recorded(session)):
            if isinstance(event, CandidateAdmitted):
                follow_campaign(
                    session,
                    campaign_id=event.campaign_id,
                    organisation_id=event.organisation_id,
                )
            elif isinstance(event, ReviewAccepted | ReviewReturned | DecisionUndone):
                _write(session, subjects, event)

    return follow


def _write(session: Session, subjects: Subjects, event: ReviewEvent) -> None:
    to, language, name, pack_id = session.execute(_ADDRESSEE, {"review": event.review_id}).one()
    step = subjects.step_title(pack_id, event.step_key, language)
    address = subjects.step_address(event.campaign_id, event.step_key)
    letter = letter_about(event, name=name, step=step, address=address)
    if letter is None or not to:
        return
    send_letter(
        session,
        to=to,
        language=language,
        subject=translate(language, letter.subject, step=step),
        text=translate(language, letter.text, **letter.params()),
        now=event.at,
    )


def letter_about(
    event: ReviewEvent, *, name: str, step: str, address: str
) -> DecisionLetter | None:
    """Give the letter a candidate gets about this event; None when there is nothing to tell."""
    match event:
        case ReviewAccepted():
            return AcceptedLetter(name=name, step=step, address=address)
        case ReviewReturned(reason=reason):
            return ReturnedLetter(name=name, step=step, address=address, reason=reason)
        case DecisionUndone():
            return UndoneLetter(name=name, step=step, address=address)
    return None
