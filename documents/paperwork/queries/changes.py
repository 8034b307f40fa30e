"""When answers were changed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from documents.paperwork.models import PaperAnswer


def saved_when(session: Session, campaign_id: int, keys: Collection[str]) -> dict[str, datetime]:
    """Give when these answers were saved last, by key; the caller has looked at the viewer."""
    if not keys:
        return {}
    rows = session.execute(
        select(PaperAnswer.key, PaperAnswer.saved_at).where(
            PaperAnswer.campaign_id == campaign_id, PaperAnswer.key.in_(sorted(keys))
        )
    )
    return {row.key: row.saved_at for row in rows}
