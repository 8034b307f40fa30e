"""Noticing which campaigns a transaction touches: by its events, and by the rows it flushes.

Events would do if no command ever forgot one. Rows are seen as well, because a list that shows an
old standing is worse than one reckoned twice. What neither shows, an UPDATE written by hand, is
found by the nightly check and by ``mandat verify``.
"""

from __future__ import annotations

from itertools import chain

from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from app.accounts.models import Campaign
from app.db import BoundSession, recorded

TOUCHED = "mandat.dispatch.touched"


@event.listens_for(BoundSession, "after_flush")
def _see_rows(session: Session, flush_context: UOWTransaction) -> None:
    seen: set[int] = session.info.setdefault(TOUCHED, set())
    for row in chain(session.new, session.dirty, session.deleted):
        number = row.id if isinstance(row, Campaign) else getattr(row, "campaign_id", None)
        if number is not None:
            seen.add(number)


def touched_campaigns(session: Session) -> tuple[int, ...]:
    """Give the numbers of the campaigns this transaction has touched, in order."""
    session.flush()
    seen: set[int] = session.info.get(TOUCHED, set())
    told = {getattr(each, "campaign_id", None) for each in recorded(session)}
    return tuple(sorted(seen | {number for number in told if number is not None}))
