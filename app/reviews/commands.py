"""What is done with reviews: hand in, accept, give back, withdraw, undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.queries import CampaignRow, get_campaign
from app.db import record
from app.errors import Conflict, Forbidden, MandatError, Missing, Refused
from app.reviews import errors
from app.reviews.events import (
    DecisionUndone,
    ReviewAccepted,
    ReviewReturned,
    ReviewSubmitted,
    ReviewWithdrawn,
)
from app.reviews.models import Review
from app.reviews.queries import ReviewFound, ReviewRow, get_review, rounds_of
from app.reviews.rules import (
    MOST_AT_ONCE,
    Queue,
    State,
    check_can_be_decided,
    check_can_be_undone,
    check_can_be_withdrawn,
    check_may_decide,
    local_moment,
    promised_at,
    route_queue,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedInReview:
    """What came of handing something in: its review, round, queue and promised answer."""

    review_id: int
    round: int
    queue: Queue
    promised_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Whose work on which step a review is about."""

    pack_id: str
    step_key: str
    candidate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """One review of many that was not accepted, and why; ``about`` is None for one not found."""

    review_id: int
    because: MandatError
    about: About | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedMany:
    """How many were accepted, and which were not."""

    accepted: int
    skipped: tuple[Skipped, ...]


def submit(
    session: Session,
    viewer: Viewer,
    campaign: CampaignRow,
    *,
    subject_kind: str,
    subject_id: int,
    step_key: str,
    queue: Queue,
    now: datetime,
) -> HandedInReview:
    """Put a campaign's work into the right queue.

    Raises Forbidden for whoever does not work on the campaign's steps, Conflict when the same
    work is waiting already.
    """
    if not viewer.may(Permission.STEP_WORK, campaign.scope):
        raise Forbidden
    desk = route_queue(queue, organisation_id=campaign.organisation_id)
    earlier = rounds_of(session, campaign.id, subject_kind, subject_id)
    if any(review.state is State.SUBMITTED for review in earlier):
        raise Conflict(errors.ALREADY_WAITING)
    number = 1 + max((review.round for review in earlier), default=0)
    promised = promised_at(desk, now, ZoneInfo(campaign.timezone))
    new = insert(Review).values(
        campaign_id=campaign.id,
        coalition_id=campaign.coalition_id,
        organisation_id=campaign.organisation_id,
        subject_kind=subject_kind,
        subject_id=subject_id,
        pack_id=campaign.pack_id,
        step_key=step_key,
        queue=desk.value,
        round=number,
        state=State.SUBMITTED.value,
        submitted_at=now,
        submitted_by=viewer.person_id,
        promised_at=promised,
        reason="",
        version=1,
    )
    try:
        with session.begin_nested():
            review_id = session.execute(new.returning(Review.id)).scalar_one()
    except IntegrityError:
        # Another request handed the same work in between our look and our insert.
        raise Conflict(errors.ALREADY_WAITING) from None
    record(
        session,
        ReviewSubmitted(
            review_id=review_id,
            campaign_id=campaign.id,
            subject_kind=subject_kind,
            subject_id=subject_id,
            step_key=step_key,
            round=number,
            at=now,
            by=viewer.person_id,
        ),
    )
    return HandedInReview(review_id=review_id, round=number, queue=desk, promised_at=promised)


def accept(session: Session, viewer: Viewer, review_id: int, *, now: datetime) -> ReviewRow:
    """Let what was handed in count; give the review as it was.

    Raises Missing, Forbidden, and Conflict when somebody was faster or it was withdrawn.
    """
    found = _lock_for_decision(session, viewer, review_id)
    _decide(session, viewer, found, State.ACCEPTED, reason="", now=now)
    record(session, ReviewAccepted(**_event(found.review, viewer, now)))
    return found.review


def give_back(
    session: Session, viewer: Viewer, review_id: int, *, reason: str, now: datetime
) -> ReviewRow:
    """Send what was handed in back with a reason; give the review as it was.

    Raises Missing, Forbidden, Refused without a reason, and Conflict as ``accept`` does.
    """
    if not reason.strip():
        raise Refused("own_words", errors.REASON_NEEDED)
    found = _lock_for_decision(session, viewer, review_id)
    _decide(session, viewer, found, State.RETURNED, reason=reason, now=now)
    record(session, ReviewReturned(**_event(found.review, viewer, now), reason=reason))
    return found.review


def accept_many(
    session: Session, viewer: Viewer, review_ids: Sequence[int], *, now: datetime
) -> AcceptedMany:
    """Accept each review that can be accepted and say of the others why not.

    Raises Refused when none is chosen, or more than fit on a page.
    """
    if not review_ids:
        raise Refused("chosen", errors.NOTHING_CHOSEN)
    if len(review_ids) > MOST_AT_ONCE:
        raise Refused("chosen", errors.TOO_MANY_CHOSEN, most=MOST_AT_ONCE)
    skipped: list[Skipped] = []
    # In order of ids, so that two desks accepting the same rows can't lock each other out.
    wanted = sorted(set(review_ids))
    for review_id in wanted:
        try:
            accept(session, viewer, review_id, now=now)
        except (Conflict, Forbidden, Missing) as refusal:
            about = _about(session, viewer, review_id)
            skipped.append(Skipped(review_id=review_id, because=refusal, about=about))
    return AcceptedMany(accepted=len(wanted) - len(skipped), skipped=tuple(skipped))


def _about(session: Session, viewer: Viewer, review_id: int) -> About | None:
    try:
        found = get_review(session, viewer, review_id)
    except Missing:
        return None
    return About(
        pack_id=found.review.pack_id,
        step_key=found.review.step_key,
        candidate=found.campaign.title,
    )


def withdraw(
    session: Session,
    viewer: Viewer,
    campaign_id: int,
    review_id: int,
    *,
    subject_kind: str,
    step_key: str | None = None,
    now: datetime,
) -> None:
    """Take back what the viewer's own campaign handed in, while nobody has decided.

    Every feature takes back its own kind of subject only: who may work on a step may not for
    that reason open the papers that are handed in on it. With ``step_key``, only what was
    handed in on that step.

    Raises Missing, and Conflict when it is decided already.
    """
    campaign = get_campaign(session, viewer, campaign_id, Permission.STEP_WORK)
    review = _lock(session, campaign, review_id)
    if review.subject_kind != subject_kind or step_key not in (None, review.step_key):
        raise Missing
    check_can_be_withdrawn(review.standing)
    _change(session, review, state=State.WITHDRAWN)
    record(session, ReviewWithdrawn(**_event(review, viewer, now)))


def undo(session: Session, viewer: Viewer, review_id: int, *, now: datetime) -> ReviewRow:
    """Take the viewer's own decision back within ten minutes; the work waits again.

    Raises Missing, Forbidden, and Conflict when it is too late or overtaken.
    """
    found = get_review(session, viewer, review_id)
    review = _lock(session, found.campaign, review_id)
    check_may_decide(viewer, found.campaign.scope, review.standing)
    check_can_be_undone(review.standing, viewer, now)
    _change(session, review, state=State.SUBMITTED, decided_at=None, decided_by=None, reason="")
    record(
        session,
        DecisionUndone(**_event(review, viewer, now), was_accepted=review.state is State.ACCEPTED),
    )
    return review


def follow_campaign(session: Session, *, campaign_id: int, organisation_id: int) -> None:
    """Let a campaign's waiting reviews follow it to the organisation it was placed in."""
    session.execute(
        update(Review)
        .where(Review.campaign_id == campaign_id)
        .values(organisation_id=organisation_id, version=Review.version + 1)
    )


def _lock_for_decision(session: Session, viewer: Viewer, review_id: int) -> ReviewFound:
    found = get_review(session, viewer, review_id)
    review = _lock(session, found.campaign, review_id)
    check_may_decide(viewer, found.campaign.scope, review.standing)
    zone = ZoneInfo(found.campaign.timezone)
    check_can_be_decided(review.standing, moment=local_moment(review.decided_at, zone))
    return ReviewFound(review=review, campaign=found.campaign, earlier=found.earlier)


def _lock(session: Session, campaign: CampaignRow, review_id: int) -> ReviewRow:
    """Lock the row, then read it anew: what was read before the lock may be history."""
    where = session.execute(
        select(Review.subject_kind, Review.subject_id)
        .where(Review.id == review_id, Review.campaign_id == campaign.id)
        .with_for_update()
    ).first()
    if where is None:
        raise Missing
    rounds = rounds_of(session, campaign.id, where[0], where[1])
    return next(review for review in rounds if review.id == review_id)


def _decide(
    session: Session,
    viewer: Viewer,
    found: ReviewFound,
    state: State,
    *,
    reason: str,
    now: datetime,
) -> None:
    _change(
        session,
        found.review,
        state=state,
        decided_at=now,
        decided_by=viewer.person_id,
        reason=reason,
    )


def _change(session: Session, review: ReviewRow, *, state: State, **values: object) -> None:
    changed = session.execute(
        update(Review)
        .where(Review.id == review.id, Review.version == review.version)
        .values(state=state.value, version=review.version + 1, **values)
        .returning(Review.id)
    ).first()
    if changed is None:
        raise Conflict(errors.CHANGED_MEANWHILE)


class _EventValues(TypedDict):
    review_id: int
    campaign_id: int
    subject_kind: str
    subject_id: int
    step_key: str
    round: int
    at: datetime
    by: int | None


def _event(review: ReviewRow, viewer: Viewer, now: datetime) -> _EventValues:
    return {
        "review_id": review.id,
        "campaign_id": review.campaign_id,
        "subject_kind": review.subject_kind,
        "subject_id": review.subject_id,
        "step_key": review.step_key,
        "round": review.round,
        "at": now,
        "by": viewer.person_id,
    }
