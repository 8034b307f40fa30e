"""What the audit log keeps of reviews: every hand-in and every decision."""

from __future__ import annotations

from app.audit.following import Audited, Note
from app.reviews.events import (
    DecisionUndone,
    ReviewAccepted,
    ReviewEvent,
    ReviewReturned,
    ReviewSubmitted,
    ReviewWithdrawn,
)


def _review(action: str, event: ReviewEvent) -> Note:
    return Note(
        action=action,
        subject_kind="review",
        subject_id=event.review_id,
        campaign_id=event.campaign_id,
        by=event.by,
        at=event.at,
        detail={"step": event.step_key, "round": event.round},
    )


AUDITED: Audited = {
    ReviewSubmitted: lambda event: _review("review.submitted", event),
    ReviewAccepted: lambda event: _review("review.accepted", event),
    ReviewReturned: lambda event: _review("review.returned", event),
    ReviewWithdrawn: lambda event: _review("review.withdrawn", event),
    DecisionUndone: lambda event: _review("review.undone", event),
}
