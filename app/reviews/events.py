"""What happened to a review: recorded in the transaction in which it happened."""

from __future__ import annotations

from dataclasses import dataclass

from app.audit.events import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewEvent(Act):
    """The base: which review of which campaign's which piece of work, when, by whom."""

    review_id: int
    campaign_id: int
    subject_kind: str
    subject_id: int
    step_key: str
    round: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSubmitted(ReviewEvent):
    """Something was handed in to be checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAccepted(ReviewEvent):
    """What was handed in counts from now on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceOvertaken:
    """What was accepted has been replaced meanwhile, so that nothing counts because of it.

    Recorded by the feature whose work it is, beside the acceptance.
    """

    review_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewReturned(ReviewEvent):
    """What was handed in was sent back with a reason."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewWithdrawn(ReviewEvent):
    """The campaign took back what it had handed in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionUndone(ReviewEvent):
    """The decision was taken back within minutes: the work waits again."""

    was_accepted: bool
