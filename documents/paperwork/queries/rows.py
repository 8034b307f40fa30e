"""The rows of answers that are tables, as commands and their own pages read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.sealing import Seal
from documents.paperwork.models import PaperAnswerRow
from documents.paperwork.queries.answers import EMPTIED, opened_row
from documents.paperwork.rules.answers import Row

MOST_SHOWN_REMOVED = 5
_KEPT = and_(PaperAnswerRow.removed_at.is_(None), PaperAnswerRow.value != EMPTIED)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedRow:
    """A row with who saved it last, removed or not."""

    row: Row
    saved_at: datetime
    saved_by_name: str
    removed: bool


def find_row(
    session: Session, seal: Seal, campaign_id: int, key: str, row_id: str, *, lock: bool = False
) -> SavedRow | None:
    """Give one row, also one that was removed; ``lock`` it for a command that will change it."""
    wanted = (
        select(PaperAnswerRow, Person.name)
        .outerjoin(Person, Person.id == PaperAnswerRow.saved_by)
        .where(
            PaperAnswerRow.campaign_id == campaign_id,
            PaperAnswerRow.key == key,
            PaperAnswerRow.row_id == row_id,
        )
        # Rows are written by statements, which leave the objects of the session as they were.
        .execution_options(populate_existing=True)
    )
    if lock:
        wanted = wanted.with_for_update(of=PaperAnswerRow)
    found = session.execute(wanted).first()
    return _saved(seal, *found) if found else None


def removed_rows(session: Session, seal: Seal, campaign_id: int, key: str) -> tuple[Row, ...]:
    """Give the rows that were removed last, newest first: they can be put back."""
    rows = session.scalars(
        select(PaperAnswerRow)
        .where(
            PaperAnswerRow.campaign_id == campaign_id,
            PaperAnswerRow.key == key,
            PaperAnswerRow.removed_at.is_not(None),
            PaperAnswerRow.value != EMPTIED,
        )
        .order_by(PaperAnswerRow.removed_at.desc(), PaperAnswerRow.row_id)
        .limit(MOST_SHOWN_REMOVED)
        .execution_options(populate_existing=True)
    )
    return tuple(_saved(seal, row, None).row for row in rows)


def extent_of(session: Session, campaign_id: int, key: str) -> tuple[int, int]:
    """Give how many rows a table has, and the place after its last one ever."""
    row = session.execute(
        select(
            func.count().filter(_KEPT),
            func.coalesce(func.max(PaperAnswerRow.position), 0) + 1,
        ).where(PaperAnswerRow.campaign_id == campaign_id, PaperAnswerRow.key == key)
    ).one()
    return row[0], row[1]


def _saved(seal: Seal, row: PaperAnswerRow, name: str | None) -> SavedRow:
    return SavedRow(
        row=opened_row(seal, row.row_id, row.value, row.sealed, row.version, row.position),
        saved_at=row.saved_at,
        saved_by_name=name or "",
        removed=row.removed_at is not None,
    )
