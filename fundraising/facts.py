"""What fundraising knows about campaigns: one query for one campaign or for all."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import case, func, literal, null, select
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
_FACTS = Narrowed(
    select(
        _donation.c.campaign_id,
        literal(GIFTS),
        func.count(),
        func.min(_donation.c.received_on),
        null().label("state"),
        null().label("note"),
    )
    .where(_donation.c.cleared_minor > 0)
    .group_by(_donation.c.campaign_id),
    _donation.c.campaign_id,
    (
        select(
            _page.c.campaign_id,
            literal(PAGE),
            case((_page.c.shown.is_not(None), 1), else_=0),
            null(),
            _page.c.state,
            _page.c.note,
        ),
        _page.c.campaign_id,
    ),
)


def fund_facts(session: Session, campaign_ids: Sequence[int] | None) -> dict[int, dict[str, Fact]]:
    """Give the facts of the named campaigns, or of all when None, by id and name.

    A page that was accepted once proves its step while a newer version is being checked.
    """
    found: dict[int, dict[str, Fact]] = {}
    for campaign, name, count, first, state, note in _FACTS.rows(session, campaign_ids):
        known = FactState.PRESENT if count else _STATES[state]
        found.setdefault(campaign, {})[name] = Fact(known, count, None, first, note or None)
    return found
