"""What flyers know about campaigns: how many are approved, one waits, or one came back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.db import Narrowed
from app.facts import Fact, FactState
from documents.flyers.models import Flyer
from documents.flyers.rules.standing import State

FLYER_APPROVED = "flyer.approved"
_flyer = Flyer.__table__
_STATES = Narrowed(
    select(
        _flyer.c.campaign_id,
        func.sum(case((_flyer.c.state == State.APPROVED.value, 1), else_=0)),
        func.sum(case((_flyer.c.state == State.SUBMITTED.value, 1), else_=0)),
        func.sum(case((_flyer.c.state == State.RETURNED.value, 1), else_=0)),
        func.min(_flyer.c.approved_day),
        func.max(case((_flyer.c.state == State.RETURNED.value, _flyer.c.note), else_=None)),
    ).group_by(_flyer.c.campaign_id),
    _flyer.c.campaign_id,
)


def flyer_facts(session: Session, campaign_ids: Sequence[int] | None) -> dict[int, dict[str, Fact]]:
    """Give the fact of the named campaigns, or of all when None; one query for any number."""
    found: dict[int, dict[str, Fact]] = {}
    for campaign, approved, waiting, returned, day, note in _STATES.rows(session, campaign_ids):
        if approved:
            fact = Fact(FactState.PRESENT, int(approved), None, date.fromordinal(day))
        elif waiting:
            fact = Fact(FactState.WAITING, 0)
        elif returned:
            fact = Fact(FactState.RETURNED, 0, None, None, note or None)
        else:
            continue
        found[campaign] = {FLYER_APPROVED: fact}
    return found
