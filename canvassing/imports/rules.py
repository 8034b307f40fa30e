"""Tables as they come from outside: rows of text with their lines, columns by their names."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Generic, TypeVar

from app.accounts.rules.districts import is_storable
from app.accounts.rules.places import folded
from app.errors import Param, Refused
from app.texts import N_

MOST_ROWS = 5_000
MOST_COLUMNS = 40
LONGEST_CELL = 1_000
DELIMITERS = ",;\t"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
Row = tuple[int, list[str]]
"""The line (from 1) and its cells."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongLine:
    """A line that can't be taken: a sentence marked with ``N_`` and what it is filled with."""

    line: int
    column: str
    message: str
    params: Mapping[str, Param]

    @classmethod
    def of(cls, line: int, error: Refused) -> WrongLine:
        """Give the line of a refusal."""
        return cls(line=line, column=error.field or "", message=error.message, params=error.params)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read(Generic[T]):
    """What a table holds: the good entries with their lines, and the lines that are not."""

    entries: tuple[tuple[int, T], ...]
    wrong: tuple[WrongLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """The cells of one line by the names of their columns."""

    columns: Mapping[str, int]
    cells: Sequence[str]

    def __getitem__(self, column: str) -> str:
        """Give the cell with single spaces; "" where the line or the column is missing.

        Raises Refused for text that can't be stored.
        """
        place = self.columns.get(column)
        text = self.cells[place] if place is not None and place < len(self.cells) else ""
        if len(text) > LONGEST_CELL:
            raise Refused(
                column, N_("Too long: at most {longest} characters."), longest=LONGEST_CELL
            )
        if not is_storable(text):
            raise Refused(
                column, N_("This text has characters that can’t be stored. Type it anew.")
            )
        return " ".join(text.split())

    def whole(self, column: str, *, most: int, least: int = 1) -> int | None:
        """Give a whole number, None for an empty cell. Raises Refused."""
        text = self[column]
        if not text:
            return None
        # A spreadsheet writes whole numbers as 5.0.
        digits = text.removesuffix(".0")
        if not digits.isascii() or not digits.isdigit() or not least <= int(digits[:12]) <= most:
            raise Refused(
                column, N_("A whole number from {least} to {most}."), least=least, most=most
            )
        return int(digits)


def rows_of_text(text: str, names: Mapping[str, Sequence[str]]) -> list[Row]:
    """Give the rows of a CSV table that are not blank.

    Raises Refused(None) when it can't be read or is too large.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    first = next((line for line in lines.split("\n") if line.strip()), "")
    known = _column_of(names)

    def recognised(delimiter: str) -> int:
        return sum(folded(cell) in known for cell in first.replace('"', "").split(delimiter))

    reader = csv.reader(StringIO(lines, newline=""), delimiter=max(DELIMITERS, key=recognised))
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((line, cells))
            line = reader.line_num + 1
            if len(rows) > MOST_ROWS + 1:
                raise Refused(None, N_("More than {most} lines. Split the table."), most=MOST_ROWS)
    except csv.Error:
        raise Refused(
            None,
            N_("The table can’t be read from line {line} on. Is a quotation mark left open?"),
            line=line,
        ) from None
    return rows


def lines_of(
    rows: Sequence[Row], names: Mapping[str, Sequence[str]], needed: Sequence[Sequence[str]]
) -> Iterator[tuple[int, Cells]]:
    """Give each line under the first one, which names the columns.

    ``needed`` are groups of columns of which each group must be there. Raises Refused(None).
    """
    if not rows:
        raise Refused(None, N_("The table is empty."))
    if len(rows) > MOST_ROWS + 1:
        raise Refused(None, N_("More than {most} lines. Split the table."), most=MOST_ROWS)
    known = _column_of(names)
    columns: dict[str, int] = {}
    for place, name in enumerate(rows[0][1][:MOST_COLUMNS]):
        column = known.get(folded(name))
        if column is not None:
            columns.setdefault(column, place)
    if not any(all(column in columns for column in group) for group in needed):
        raise Refused(
            None,
            N_("The first line must name the columns: {columns}."),
            columns=" / ".join(", ".join(group) for group in needed),
        )
    for line, cells in rows[1:]:
        yield line, Cells(columns=columns, cells=cells)


def _column_of(names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {folded(name): column for column, said in names.items() for name in (column, *said)}


def neutral(cell: str) -> str:
    """Give a cell as a spreadsheet shows it and never runs it."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
