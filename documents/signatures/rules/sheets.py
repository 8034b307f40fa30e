"""One sheet as it came back: its rows, what is wrong with them, and what that leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class RowState(StrEnum):
    """What stands in a row of a sheet."""

    EMPTY = "empty"
    SIGNED = "signed"
    STRUCK = "struck"
    """Struck out and noted by whoever certifies: not handed in, not counted."""


class Found(StrEnum):
    """The defects that dates and marks show by themselves; a pack says which code each has."""

    OUTSIDE_PERIOD = "outside_period"
    AFTER_CERTIFICATION = "after_certification"
    CERTIFIED_AFTER_CANDIDATE = "certified_after_candidate"
    TWICE = "twice"
    NO_DATE = "no_date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a sheet: no name and no address, for these stay on paper."""

    number: int
    state: RowState
    signed_on: date | None = None
    mark: str = ""
    """Keyed digest by which the same voter is recognised; empty when it was not typed."""
    noted: frozenset[str] = frozenset()
    """Codes of the defects a person has seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet with its rows and the two days on which it was signed below them."""

    id: int
    number: int
    collector_id: int | None
    rows: tuple[Row, ...]
    certified_on: date | None = None
    candidate_on: date | None = None
    noted: frozenset[str] = frozenset()
    """Codes of the defects that spoil the whole sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days on which a signature counts: both ends count; None: not known."""

    first: date | None
    last: date | None
    paid_on: date | None = None
    """The day the sheets were paid for: a signature before it doesn't count."""

    @property
    def begins(self) -> date | None:
        """The first day on which a signature counts."""
        return max((day for day in (self.first, self.paid_on) if day), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """What counting asks of the pack and the plan."""

    row_codes: frozenset[str]
    sheet_codes: frozenset[str]
    found: Mapping[Found, str]
    """The codes of the defects that are found by themselves."""
    period: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What is left of a sheet."""

    sheet: Sheet
    signed: int
    struck: int
    rows: Mapping[int, frozenset[str]]
    """Codes of every defect by row number; rows without any are left out."""
    whole: frozenset[str]
    """Codes of the defects of the whole sheet."""

    @property
    def defective(self) -> int:
        """How many signatures would not pass."""
        return self.signed if self.whole else len(self.rows)

    @property
    def good(self) -> int:
        """How many signatures have no defect that we know of."""
        return self.signed - self.defective


def count_sheets(
    sheets: Sequence[Sheet], *, period: Period, codes: Mapping[Found, str]
) -> tuple[Counted, ...]:
    """Count every sheet; of the same voter's signatures the earliest counts, the others don't."""
    again = _repeated(sheets)
    return tuple(_count(sheet, period, codes, again) for sheet in sheets)


def _count(
    sheet: Sheet, period: Period, codes: Mapping[Found, str], again: frozenset[tuple[int, int]]
) -> Counted:
    signed = [row for row in sheet.rows if row.state is RowState.SIGNED]
    rows: dict[int, frozenset[str]] = {}
    for row in signed:
        found = {codes[one] for one in _of_row(row, sheet, period) if one in codes}
        if (sheet.id, row.number) in again and Found.TWICE in codes:
            found.add(codes[Found.TWICE])
        if found or row.noted:
            rows[row.number] = frozenset(found | row.noted)
    late = (
        sheet.certified_on is not None
        and sheet.candidate_on is not None
        and sheet.certified_on > sheet.candidate_on
    )
    order = Found.CERTIFIED_AFTER_CANDIDATE
    whole = {codes[order]} if late and order in codes else set()
    return Counted(
        sheet=sheet,
        signed=len(signed),
        struck=sum(row.state is RowState.STRUCK for row in sheet.rows),
        rows=rows,
        whole=frozenset(whole | sheet.noted),
    )


def _of_row(row: Row, sheet: Sheet, period: Period) -> frozenset[Found]:
    if row.signed_on is None:
        return frozenset({Found.NO_DATE})
    found: set[Found] = set()
    early = period.begins is not None and row.signed_on < period.begins
    late = period.last is not None and row.signed_on > period.last
    if early or late:
        found.add(Found.OUTSIDE_PERIOD)
    if sheet.certified_on is not None and row.signed_on > sheet.certified_on:
        found.add(Found.AFTER_CERTIFICATION)
    return frozenset(found)


def _repeated(sheets: Sequence[Sheet]) -> frozenset[tuple[int, int]]:
    """Give (sheet id, row number) of every signature of a voter who had signed before."""
    marked = sorted(
        (row.signed_on or date.max, sheet.number, row.number, row.mark, sheet.id)
        for sheet in sheets
        for row in sheet.rows
        if row.state is RowState.SIGNED and row.mark
    )
    known: set[str] = set()
    again: set[tuple[int, int]] = set()
    for _, _, number, mark, sheet_id in marked:
        if mark in known:
            again.add((sheet_id, number))
        known.add(mark)
    return frozenset(again)
