"""One review with the rounds before it, and all reviews of a campaign."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.models import Person
from app.accounts.queries import CampaignRow, get_campaign
from app.db import UtcDateTime
from app.errors import Missing
from app.reviews.models import Review
from app.reviews.rules import UNDO_FOR, Queue, Standing, State, may_decide_in

_review = Review.__table__
_submitter = Person.__table__.alias("submitter")
_decider = Person.__table__.alias("decider")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """One round of checking, decided or not."""

    id: int
    campaign_id: int
    subject_kind: str
    subject_id: int
    pack_id: str
    step_key: str
    queue: Queue
    round: int
    state: State
    submitted_at: datetime
    submitted_by: int | None
    submitted_by_name: str
    promised_at: datetime
    decided_at: datetime | None
    decided_by: int | None
    decided_by_name: str
    reason: str
    version: int
    newest: bool = True

    @property
    def standing(self) -> Standing:
        """Give what the rules look at."""
        return Standing(
            state=self.state,
            queue=self.queue,
            submitted_by=self.submitted_by,
            decided_by=self.decided_by,
            decided_by_name=self.decided_by_name,
            decided_at=self.decided_at,
            newest=self.newest,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFound:
    """A review together with the campaign it belongs to."""

    review: ReviewRow
    campaign: CampaignRow
    earlier: tuple[ReviewRow, ...]


_COLUMNS = (
    _review.c.id,
    _review.c.campaign_id,
    _review.c.subject_kind,
    _review.c.subject_id,
    _review.c.pack_id,
    _review.c.step_key,
    _review.c.queue,
    _review.c.round,
    _review.c.state,
    _review.c.submitted_at,
    _review.c.submitted_by,
    func.coalesce(_submitter.c.name, ""),
    _review.c.promised_at,
    _review.c.decided_at,
    _review.c.decided_by,
    func.coalesce(_decider.c.name, ""),
    _review.c.reason,
    _review.c.version,
)
_REVIEWS = (
    select(*_COLUMNS)
    .outerjoin(_submitter, _submitter.c.id == _review.c.submitted_by)
    .outerjoin(_decider, _decider.c.id == _review.c.decided_by)
)
_OF_SUBJECT = _REVIEWS.where(
    _review.c.campaign_id == bindparam("campaign"),
    _review.c.subject_kind == bindparam("kind"),
    _review.c.subject_id == bindparam("subject"),
).order_by(_review.c.round.desc(), _review.c.id.desc())
_OF_CAMPAIGN = _REVIEWS.where(
    _review.c.campaign_id == bindparam("campaign"), _review.c.subject_kind == bindparam("kind")
).order_by(_review.c.subject_id, _review.c.round.desc(), _review.c.id.desc())
_DECIDED_LATELY = _REVIEWS.where(
    _review.c.decided_by == bindparam("person"),
    _review.c.decided_at > bindparam("since", type_=UtcDateTime()),
).order_by(_review.c.decided_at.desc(), _review.c.id.desc())


def get_review(session: Session, viewer: Viewer, review_id: int) -> ReviewFound:
    """Give a review on the viewer's desk with its campaign and the rounds before it.

    Raises Missing when it is absent or on a desk the viewer does not sit at.
    """
    where = session.execute(
        select(
            _review.c.campaign_id, _review.c.subject_kind, _review.c.subject_id, _review.c.queue
        ).where(_review.c.id == review_id)
    ).first()
    if where is None:
        raise Missing
    campaign = get_campaign(session, viewer, where[0], Permission.REVIEW_DECIDE)
    if not may_decide_in(viewer, campaign.scope, Queue(where[3])):
        raise Missing
    rounds = rounds_of(session, campaign.id, where[1], where[2])
    review = next(found for found in rounds if found.id == review_id)
    earlier = tuple(found for found in rounds if found.round < review.round)
    return ReviewFound(review=review, campaign=campaign, earlier=earlier)


def rounds_of(
    session: Session, campaign_id: int, subject_kind: str, subject_id: int
) -> tuple[ReviewRow, ...]:
    """Give all rounds of one piece of work, the newest first; the caller has checked access."""
    rows = session.execute(
        _OF_SUBJECT, {"campaign": campaign_id, "kind": subject_kind, "subject": subject_id}
    )
    return _rows(rows)


def reviews_of_campaign(
    session: Session, viewer: Viewer, campaign_id: int, subject_kind: str
) -> tuple[ReviewRow, ...]:
    """Give all reviews of a campaign's work of one kind, by subject, the newest round first.

    Raises Missing.
    """
    get_campaign(session, viewer, campaign_id, Permission.EVIDENCE_READ)
    rows = session.execute(_OF_CAMPAIGN, {"campaign": campaign_id, "kind": subject_kind})
    return _rows(rows)


def _rows(rows: Iterable[Sequence[Any]]) -> tuple[ReviewRow, ...]:
    found = []
    seen: set[int] = set()
    for row in rows:
        found.append(_row(row, newest=row[3] not in seen))
        seen.add(row[3])
    return tuple(found)


def _row(row: Sequence[Any], *, newest: bool) -> ReviewRow:
    return ReviewRow(
        id=row[0],
        campaign_id=row[1],
        subject_kind=row[2],
        subject_id=row[3],
        pack_id=row[4],
        step_key=row[5],
        queue=Queue(row[6]),
        round=row[7],
        state=State(row[8]),
        submitted_at=row[9],
        submitted_by=row[10],
        submitted_by_name=row[11],
        promised_at=row[12],
        decided_at=row[13],
        decided_by=row[14],
        decided_by_name=row[15],
        reason=row[16],
        version=row[17],
        newest=newest,
    )


def decided_lately(session: Session, viewer: Viewer, *, now: datetime) -> tuple[ReviewRow, ...]:
    """Give the viewer's own decisions that can still be taken back, the latest first."""
    rows = session.execute(_DECIDED_LATELY, {"person": viewer.person_id, "since": now - UNDO_FOR})
    return _rows(rows)


def candidate_language(session: Session, candidate_id: int) -> str:
    """Give the language in which a candidate reads."""
    return session.execute(select(Person.language).where(Person.id == candidate_id)).scalar_one()
