"""What paperwork knows about campaigns: how far each kind of paper is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.db import Narrowed
from app.facts import Fact
from documents.paperwork.models import Paper
from documents.paperwork.rules.standing import FACT_STATES, State

PREFIX = "paper:"
FEW = 20
_paper = Paper.__table__
_PAPERS = Narrowed(
    select(_paper.c.campaign_id, _paper.c.kind, _paper.c.state, _paper.c.accepted_day),
    _paper.c.campaign_id,
)
_NOTED = Narrowed(
    select(
        _paper.c.campaign_id, _paper.c.kind, _paper.c.state, _paper.c.accepted_day, _paper.c.note
    ),
    _paper.c.campaign_id,
)


def paper_facts(session: Session, campaign_ids: Sequence[int] | None) -> dict[int, dict[str, Fact]]:
    """Give ``paper:<kind>`` of the named campaigns, or of all when None, in one query.

    Only the newest version counts: issuing one after another was accepted makes the paper a draft
    again (decision 0015). Only when few campaigns are asked for, what was sent back carries its
    reason.
    """
    found: dict[int, dict[str, Fact]] = {}
    if campaign_ids is not None and len(campaign_ids) <= FEW:
        for campaign, kind, state, day, note in _NOTED.rows(session, campaign_ids):
            fact = _fact(state, day)
            named = fact._replace(note=note) if note else fact
            found.setdefault(campaign, {})[PREFIX + kind] = named
        return found
    for campaign, kind, state, day in _PAPERS.rows(session, campaign_ids):
        found.setdefault(campaign, {})[PREFIX + kind] = _fact(state, day)
    return found


@lru_cache(maxsize=4096)
def _fact(state: str, day: int | None) -> Fact:
    at = date.fromordinal(day) if day is not None and state == State.ACCEPTED else None
    return Fact(FACT_STATES[State(state)], int(state != State.DRAFT), None, at)
