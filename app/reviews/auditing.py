"""What the audit log keeps of reviews: every hand-in and every decision."""

from __future__ import annotations

from app.audit.following import Audited, Note, note_of
from app.audit.rules import Detail
from app.reviews.events import (
    DecisionUndone,
    ReviewAccepted,
    ReviewEvent,
    ReviewReturned,
    ReviewSubmitted,
    ReviewWithdrawn,
)


def _review(action: str, event: ReviewEvent) -> Note:
    detail: Detail = {"step": event.step_key, "round": event.round}
    return note_of(event, action, "review", event.review_id, detail)


AUDITED: Audited = {
    ReviewSubmitted: lambda event: _review("review.submitted", event),
    ReviewAccepted: lambda event: _review("review.accepted", event),
    ReviewReturned: lambda event: _review("review.returned", event),
    ReviewWithdrawn: lambda event: _review("review.withdrawn", event),
    DecisionUndone: lambda event: _review("review.undone", event),
}
