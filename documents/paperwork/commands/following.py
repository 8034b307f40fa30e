"""Papers follow what others decide: the press about a file, the reviewers about a signed paper."""

from __future__ import annotations

from sqlalchemy import Update, select, update
from sqlalchemy.orm import Session

from app.db import record, recorded
from app.reviews.decisions import day_of, decisions_about, has_accepted_round
from app.reviews.events import (
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
from documents.paperwork.models import Paper, PaperIssue
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
            _set(session, event, state=State.WAITING)
            _forget_if_accepted_now(session, event)
            _tell(session, event, PaperAcceptanceUndone)
        case DecisionUndone():
            _set(session, event, state=State.WAITING)


def _accept(session: Session, event: ReviewEvent) -> None:
    day = day_of(session, event).toordinal()
    _set(session, event, state=State.ACCEPTED)
    session.execute(_row(event).where(Paper.accepted_day.is_(None)).values(accepted_day=day))
    _tell(session, event, PaperAccepted)


def _forget_if_accepted_now(session: Session, event: ReviewEvent) -> None:
    """Take the day back too, unless an earlier round was accepted."""
    if not has_accepted_round(session, event):
        session.execute(_row(event).values(accepted_day=None))


def _set(session: Session, event: ReviewEvent, *, state: State, note: str = "") -> None:
    session.execute(_row(event).values(state=state.value, note=note, changed_at=event.at))


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
