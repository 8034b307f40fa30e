"""What fundraising knows about campaigns: two grouped queries for one campaign or for all."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db import Narrowed
from app.facts import Fact, FactState
from fundraising.models import Donation, SupportPage

GIFTS = "gifts.cleared"
PAGE = "support_page.accepted"
_STATES = {
    "draft": FactState.NONE,
    "submitted": FactState.WAITING,
    "accepted": FactState.PRESENT,
    "returned": FactState.RETURNED,
}

# Plain tables: rows need no identity map, and every page of a campaign asks.
_donation = Donation.__table__
_page = SupportPage.__table__
_CLEARED = Narrowed(
    select(_donation.c.campaign_id, func.count(), func.min(_donation.c.received_on))
    .where(_donation.c.cleared_minor > 0)
    .group_by(_donation.c.campaign_id),
    _donation.c.campaign_id,
)
_PAGES = Narrowed(
    select(_page.c.campaign_id, _page.c.state, _page.c.note, _page.c.shown.is_not(None)),
    _page.c.campaign_id,
)


def fund_facts(session: Session, campaign_ids: Sequence[int] | None) -> dict[int, dict[str, Fact]]:
    """Give the facts of the named campaigns, or of all when None, by id and name.

    A page that was accepted once proves its step while a newer version is being checked.
    """
    found: dict[int, dict[str, Fact]] = {}
    for campaign, count, first in _CLEARED.rows(session, campaign_ids):
        found[campaign] = {GIFTS: Fact(FactState.PRESENT, count, None, first)}
    for campaign, state, note, public in _PAGES.rows(session, campaign_ids):
        shown = FactState.PRESENT if public else _STATES[state]
        fact = Fact(shown, int(public), None, None, note or None)
        found.setdefault(campaign, {})[PAGE] = fact
    return found
