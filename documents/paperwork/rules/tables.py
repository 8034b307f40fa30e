"""Answers that are tables: whether their rows can stand on a form, and what they add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from documents.paperwork import errors
from documents.paperwork.rules.answers import (
    FINE,
    NOTHING,
    Given,
    Row,
    Verdict,
    check_answer,
    wrong,
)
from documents.paperwork.rules.numbers import amount_of, amount_text
from documents.paperwork.shape import Answer, Column, FormField


@dataclass(frozen=True, slots=True, kw_only=True)
class RowState:
    """One row with what there is to say about each of its places, by column."""

    row: Row
    cells: Mapping[str, Verdict]

    @property
    def is_wrong(self) -> bool:
        """Say whether something in the row is missing or wrong."""
        return any(verdict.problem is not None for verdict in self.cells.values())

    @property
    def has_something_right(self) -> bool:
        """Say whether at least one place is filled in and can stand on a form."""
        return any(
            verdict.problem is None and self.row.values.get(key)
            for key, verdict in self.cells.items()
        )


def check_row(answer: Answer, row: Row, given: Mapping[str, Given], *, today: date) -> RowState:
    """Say of each place of a row what is missing, wrong or odd."""
    return RowState(
        row=row,
        cells={
            column.key: _check_cell(answer, column, row, given, today=today)
            for column in answer.column
        },
    )


def check_table(
    answer: Answer, place: FormField, given: Given, states: tuple[RowState, ...]
) -> Verdict:
    """Say what stands between a table, answered or not, and the issued form."""
    if not given.rows:
        if given.none or not place.required:
            return FINE
        return wrong(errors.UNKNOWN_YET if given.unknown else errors.ANSWER_TABLE)
    if len(given.rows) > answer.most:
        return wrong(errors.ROWS_TOO_MANY, most=answer.most)
    for number, state in enumerate(states, 1):
        if state.is_wrong:
            return wrong(errors.ROW_WRONG, number=number)
    return _check_sums(answer, given.rows)


def totals(answer: Answer, rows: tuple[Row, ...]) -> dict[str, str]:
    """Give the sums that the form prints, in the notation of their columns.

    What is no number counts for nothing: such a row keeps the form from being issued anyway.
    """
    columns = {column.key: column for column in answer.column}
    found: dict[str, str] = {}
    for key in answer.total:
        kind = columns[key].type
        amounts = (amount_of(kind, row.values.get(key, "")) for row in rows)
        total = sum((amount for amount in amounts if amount is not None), Fraction(0))
        found[key] = amount_text(kind, total)
    return found


def _check_cell(
    answer: Answer, column: Column, row: Row, given: Mapping[str, Given], *, today: date
) -> Verdict:
    text = row.values.get(column.key, "")
    if text:
        beside = {column.bic: _beside(answer, column.bic, row, given)} if column.bic else {}
        return check_answer(column, text, today=today, beside=beside)
    if not column.required:
        return FINE
    return wrong(errors.CHOOSE_ONE if column.choices else errors.FILL_IN)


def _beside(answer: Answer, key: str, row: Row, given: Mapping[str, Given]) -> str:
    """Give what a place depends on: in the same row when the table has it, else an answer."""
    if any(column.key == key for column in answer.column):
        return row.values.get(key, "")
    return given.get(key, NOTHING).text


def _check_sums(answer: Answer, rows: tuple[Row, ...]) -> Verdict:
    limit = answer.sum_at_most
    if limit is None:
        return FINE
    kind = next(column.type for column in answer.column if column.key == limit.column)
    sums: dict[str, Fraction] = defaultdict(Fraction)
    members: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows, 1):
        # The same thing may be written with other capitals; it stays the same thing.
        alike = row.values.get(limit.by, "").casefold() if limit.by else ""
        sums[alike] += amount_of(kind, row.values.get(limit.column, "")) or 0
        members[alike].append(number)
    for alike, total in sums.items():
        if total > limit.most:
            numbers = ", ".join(map(str, members[alike]))
            return wrong(errors.SUM_TOO_MUCH, rows=numbers, most=limit.most)
    return FINE
