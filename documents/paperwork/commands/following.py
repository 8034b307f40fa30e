"""Papers follow what others decide: the press about a file, the reviewers about a signed paper."""

from __future__ import annotations

from sqlalchemy import Update, select, update
from sqlalchemy.orm import Session

from app.db import record, recorded
from app.reviews.decisions import day_of, decisions_about
from app.reviews.events import (
    AcceptanceOvertaken,
    DecisionUndone,
    ReviewAccepted,
    ReviewEvent,
    ReviewReturned,
    ReviewWithdrawn,
)
from documents.paperwork.events import (
    PaperAcceptanceUndone,
    PaperAccepted,
    PaperEvent,
    PaperReturned,
)
from documents.paperwork.models import Paper, PaperIssue, PaperRound
from documents.paperwork.rules.standing import SUBJECT_KIND, IssueState, State
from documents.typesetting.events import SheetFailed, SheetTypeset
from documents.typesetting.rules import Purpose


def follow_press(session: Session) -> None:
    """The hook for ``database.before_commit``: issued versions get their files."""
    for event in recorded(session):
        match event:
            case SheetTypeset(purpose=Purpose.ISSUE):
                session.execute(
                    _wanted(event.campaign_id, event.digest).values(
                        state=IssueState.READY.value, sha256=event.sha256, pages=event.pages
                    )
                )
            case SheetFailed(purpose=Purpose.ISSUE):
                session.execute(
                    _wanted(event.campaign_id, event.digest).values(state=IssueState.FAILED.value)
                )


def follow_document_reviews(session: Session) -> None:
    """The hook for ``database.before_commit``; it has to run before milestones are settled."""
    for event in decisions_about(session, SUBJECT_KIND):
        _follow(session, event)


def _wanted(campaign_id: int, digest: str) -> Update:
    return update(PaperIssue).where(
        PaperIssue.campaign_id == campaign_id,
        PaperIssue.digest == digest,
        PaperIssue.state == IssueState.WANTED.value,
    )


def _follow(session: Session, event: ReviewEvent) -> None:
    match event:
        case ReviewAccepted():
            _accept(session, event)
        case ReviewReturned(reason=reason):
            _set(session, event, state=State.RETURNED, note=reason)
            _tell(session, event, PaperReturned)
        case ReviewWithdrawn():
            _set(session, event, state=State.DRAFT)
        case DecisionUndone(was_accepted=True):
            # An earlier version may have been accepted before: that one no longer counts.
            _set(session, event, state=State.WAITING)
            _tell(session, event, PaperAcceptanceUndone)
        case DecisionUndone():
            _set(session, event, state=State.WAITING)


def _accept(session: Session, event: ReviewEvent) -> None:
    if _is_superseded(session, event):
        # The acceptance was taken back, a newer version was issued, and the old pages were
        # looked at once more: they are right, and they are not those of the newest version.
        _set(session, event, state=State.DRAFT)
        record(session, AcceptanceOvertaken(review_id=event.review_id))
        return
    _set(session, event, state=State.ACCEPTED, day=day_of(session, event).toordinal())
    _tell(session, event, PaperAccepted)


def _is_superseded(session: Session, event: ReviewEvent) -> bool:
    """Say whether a newer version was issued than the one that was looked at."""
    looked_at = PaperIssue.__table__.alias("looked_at")
    newer = (
        select(PaperIssue.id)
        .join(looked_at, looked_at.c.paper_id == PaperIssue.paper_id)
        .join(PaperRound, PaperRound.issue_id == looked_at.c.id)
        .where(
            PaperRound.campaign_id == event.campaign_id,
            PaperRound.review_id == event.review_id,
            PaperIssue.campaign_id == event.campaign_id,
            PaperIssue.version > looked_at.c.version,
        )
        .limit(1)
    )
    return session.execute(newer).first() is not None


def _set(
    session: Session, event: ReviewEvent, *, state: State, note: str = "", day: int | None = None
) -> None:
    """Write where the paper stands; ``day`` is the one on which it was accepted."""
    session.execute(
        _row(event).values(state=state.value, note=note, accepted_day=day, changed_at=event.at)
    )


def _tell(session: Session, event: ReviewEvent, kind: type[PaperEvent]) -> None:
    of = session.execute(
        select(Paper.kind).where(
            Paper.campaign_id == event.campaign_id, Paper.id == event.subject_id
        )
    ).scalar_one()
    record(
        session,
        kind(
            campaign_id=event.campaign_id,
            document_id=event.subject_id,
            kind=of,
            by=event.by,
            at=event.at,
        ),
    )


def _row(event: ReviewEvent) -> Update:
    return update(Paper).where(Paper.campaign_id == event.campaign_id, Paper.id == event.subject_id)
