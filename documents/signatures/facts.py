"""What signatures know about campaigns: how many good ones, and whether these are enough."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db import Narrowed
from app.facts import Fact, FactState
from documents.signatures.models import SignaturePlan, SignatureSheet

COLLECTED = "signatures.collected"
_sheet, _plan = SignatureSheet.__table__, SignaturePlan.__table__
_GOOD = Narrowed(
    select(_sheet.c.campaign_id, func.sum(_sheet.c.good), _plan.c.required)
    .outerjoin(_plan, _plan.c.campaign_id == _sheet.c.campaign_id)
    .where(_sheet.c.state == "returned")
    .group_by(_sheet.c.campaign_id, _plan.c.required),
    _sheet.c.campaign_id,
)


def signature_facts(
    session: Session, campaign_ids: Sequence[int] | None
) -> dict[int, dict[str, Fact]]:
    """Give the fact of the named campaigns, or of all when None; one query for any number.

    Without a required number nothing is ever enough. Too few are still open and wait for nobody:
    it is the team that goes on collecting.
    """
    found: dict[int, dict[str, Fact]] = {}
    for campaign, good, required in _GOOD.rows(session, campaign_ids):
        enough = required is not None and good >= required
        state = FactState.PRESENT if enough else FactState.NONE
        found[campaign] = {COLLECTED: Fact(state, int(good))}
    return found
