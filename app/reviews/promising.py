"""What somebody is told who has handed work in, whichever feature it belongs to."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from app.reviews.commands import HandedInReview
from app.texts import N_
from app.web.pages import flash_done

SENT = N_("Sent to be checked. We promise an answer by {moment}.")


def say_sent(review: HandedInReview, zone: str) -> None:
    """Say that the work was sent, and by when an answer is promised, in the election's zone."""
    local = review.promised_at.astimezone(ZoneInfo(zone))
    flash_done(SENT, moment=f"{local:%d.%m.%Y %H:%M}")
