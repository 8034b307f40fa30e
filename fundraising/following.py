"""Support pages follow their reviews, in the transaction in which somebody decides."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.reviews.decisions import decisions_about
from app.reviews.events import (
    DecisionUndone,
    ReviewAccepted,
    ReviewEvent,
    ReviewReturned,
    ReviewWithdrawn,
)
from fundraising.commands.pages import SUBJECT_KIND
from fundraising.models import SupportPage


def follow_support_page_reviews(session: Session) -> None:
    """The hook for ``database.before_commit``; it has to run before milestones are settled."""
    for event in decisions_about(session, SUBJECT_KIND):
        _follow(session, event)


def _follow(session: Session, event: ReviewEvent) -> None:
    page = session.scalars(
        select(SupportPage).where(
            SupportPage.campaign_id == event.campaign_id, SupportPage.id == event.subject_id
        )
    ).one_or_none()
    if page is None:
        return
    match event:
        case ReviewAccepted():
            page.state, page.note = "accepted", ""
            page.before, page.shown = page.shown, page.handed_in
        case ReviewReturned(reason=reason):
            page.state, page.note = "returned", reason
        case ReviewWithdrawn():
            page.state = "draft"
        case DecisionUndone(was_accepted=True):
            page.state, page.shown = "submitted", page.before
        case DecisionUndone():
            page.state, page.note = "submitted", ""
    session.flush()
