"""The sheets of a campaign and their rows.

The caller has asked for the campaign with the viewer and SIGNATURES_READ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from documents.signatures.models import SignatureBatch, SignatureRow, SignatureSheet
from documents.signatures.rules.sheets import Row, RowState, Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A numbered sheet as the list shows it."""

    id: int
    number: int
    collector_id: int | None
    state: str
    certified_on: date | None
    candidate_on: date | None
    defects: tuple[str, ...]
    signed: int
    struck: int
    good: int
    folder: str
    version: int
    rows_per_sheet: int
    batch_state: str

    @property
    def is_counted(self) -> bool:
        """Say whether it has come back and was counted."""
        return self.state == "returned"

    @property
    def where(self) -> str:
        """Where it is: its state, or ``unmade`` while its batch has no file to be printed from."""
        unmade = self.state == "printed" and self.batch_state != "ready"
        return "unmade" if unmade else self.state

    @property
    def has_defect(self) -> bool:
        """Say whether a signature stands on it that would not pass."""
        return self.good < self.signed


_SHEETS = select(
    SignatureSheet.id,
    SignatureSheet.number,
    SignatureSheet.collector_id,
    SignatureSheet.state,
    SignatureSheet.certified_on,
    SignatureSheet.candidate_on,
    SignatureSheet.defects,
    SignatureSheet.signed,
    SignatureSheet.struck,
    SignatureSheet.good,
    SignatureSheet.folder,
    SignatureSheet.version,
    SignatureBatch.rows_per_sheet,
    SignatureBatch.state.label("batch_state"),
).join(SignatureBatch, SignatureBatch.id == SignatureSheet.batch_id)
# A sheet without a file is a number and no paper yet.
_HERE = (SignatureSheet.state == "printed") & (SignatureBatch.state == "ready")


def sheets_of(session: Session, campaign_id: int) -> tuple[SheetRow, ...]:
    """Give every sheet by its number."""
    rows = session.execute(
        _SHEETS.where(SignatureSheet.campaign_id == campaign_id).order_by(SignatureSheet.number)
    )
    return tuple(_sheet(row._asdict()) for row in rows)


def find_sheet(session: Session, campaign_id: int, number: int) -> SheetRow | None:
    """Give the sheet of this number."""
    row = session.execute(
        _SHEETS.where(SignatureSheet.campaign_id == campaign_id, SignatureSheet.number == number)
    ).first()
    return _sheet(row._asdict()) if row else None


def filled(session: Session, campaign_id: int, sheets: Iterable[SheetRow]) -> tuple[Sheet, ...]:
    """Give sheets with their rows, for the rules; one query for all rows."""
    wanted = list(sheets)
    rows = rows_of(session, campaign_id, [sheet.id for sheet in wanted])
    return tuple(
        Sheet(
            id=sheet.id,
            number=sheet.number,
            collector_id=sheet.collector_id,
            rows=rows.get(sheet.id, ()),
            certified_on=sheet.certified_on,
            candidate_on=sheet.candidate_on,
            noted=frozenset(sheet.defects),
        )
        for sheet in wanted
    )


def rows_of(
    session: Session, campaign_id: int, sheet_ids: Collection[int]
) -> dict[int, tuple[Row, ...]]:
    """Give the rows of sheets by sheet, in the order of the paper."""
    found: dict[int, list[Row]] = defaultdict(list)
    if not sheet_ids:
        return {}
    rows = session.execute(
        select(
            SignatureRow.sheet_id,
            SignatureRow.number,
            SignatureRow.state,
            SignatureRow.signed_on,
            SignatureRow.defects,
            SignatureRow.mark,
        )
        .where(SignatureRow.campaign_id == campaign_id, SignatureRow.sheet_id.in_(sheet_ids))
        .order_by(SignatureRow.sheet_id, SignatureRow.number)
    )
    for row in rows:
        found[row.sheet_id].append(
            Row(
                number=row.number,
                state=RowState(row.state),
                signed_on=row.signed_on,
                mark=row.mark,
                noted=frozenset(row.defects),
            )
        )
    return {sheet_id: tuple(those) for sheet_id, those in found.items()}


def sheets_with_marks(
    session: Session, campaign_id: int, marks: Collection[str]
) -> tuple[SheetRow, ...]:
    """Give the sheets on which one of these voters has signed."""
    if not marks:
        return ()
    which = select(SignatureRow.sheet_id).where(
        SignatureRow.campaign_id == campaign_id, SignatureRow.mark.in_(marks)
    )
    rows = session.execute(
        _SHEETS.where(
            SignatureSheet.campaign_id == campaign_id, SignatureSheet.id.in_(which)
        ).order_by(SignatureSheet.number)
    )
    return tuple(_sheet(row._asdict()) for row in rows)


def _sheet(values: dict[str, object]) -> SheetRow:
    values["defects"] = tuple(values["defects"])  # type: ignore[arg-type]
    return SheetRow(**values)  # type: ignore[arg-type]


class Shown(StrEnum):
    """Which sheets a list shows."""

    ALL = "all"
    HERE = "here"
    OUT = "out"
    BACK = "back"
    DEFECTS = "defects"
    PACKED = "packed"
    SPOILT = "spoilt"


_WHICH: dict[Shown, ColumnElement[bool]] = {
    Shown.ALL: true(),
    Shown.HERE: _HERE,
    Shown.OUT: SignatureSheet.state == "out",
    Shown.BACK: SignatureSheet.state == "returned",
    Shown.DEFECTS: (SignatureSheet.state == "returned")
    & (SignatureSheet.good < SignatureSheet.signed),
    Shown.PACKED: SignatureSheet.folder != "",
    Shown.SPOILT: SignatureSheet.state == "spoilt",
}


def sheets_shown(
    session: Session, campaign_id: int, shown: Shown, *, skip: int, most: int
) -> tuple[SheetRow, ...]:
    """Give some sheets of a list by their number, one more than ``most`` when there are more."""
    rows = session.execute(
        _SHEETS.where(SignatureSheet.campaign_id == campaign_id, _WHICH[shown])
        .order_by(SignatureSheet.number)
        .offset(skip)
        .limit(most + 1)
    )
    return tuple(_sheet(row._asdict()) for row in rows)


def count_shown(session: Session, campaign_id: int) -> dict[Shown, int]:
    """Give how many sheets each list has; one query."""
    counts = [
        func.count().filter(condition).label(shown.value) for shown, condition in _WHICH.items()
    ]
    row = session.execute(
        select(*counts)
        .join_from(SignatureSheet, SignatureBatch, SignatureBatch.id == SignatureSheet.batch_id)
        .where(SignatureSheet.campaign_id == campaign_id)
    ).one()
    return {shown: getattr(row, shown.value) for shown in _WHICH}


def numbers_here(session: Session, campaign_id: int) -> tuple[tuple[int, int], ...]:
    """Give (number, batch) of the sheets that lie here, by their number."""
    rows = session.execute(
        select(SignatureSheet.number, SignatureSheet.batch_id)
        .join(SignatureBatch, SignatureBatch.id == SignatureSheet.batch_id)
        .where(SignatureSheet.campaign_id == campaign_id, _HERE)
        .order_by(SignatureSheet.number)
    )
    return tuple((number, batch) for number, batch in rows)
