"""Reading reviews: the queue of a desk, one review with its history, a campaign's reviews."""

from __future__ import annotations

from app.reviews.queries.queue import (
    ROWS_A_PAGE,
    QueueCount,
    QueueFilter,
    QueueRow,
    desk_organisations,
    queue_counts,
    queue_page,
)
from app.reviews.queries.rounds import (
    ReviewFound,
    ReviewRow,
    candidate_language,
    decided_lately,
    get_review,
    reviews_of_campaign,
    rounds_of,
)

__all__ = [
    "ROWS_A_PAGE",
    "QueueCount",
    "QueueFilter",
    "QueueRow",
    "ReviewFound",
    "ReviewRow",
    "candidate_language",
    "decided_lately",
    "desk_organisations",
    "get_review",
    "queue_counts",
    "queue_page",
    "reviews_of_campaign",
    "rounds_of",
]
