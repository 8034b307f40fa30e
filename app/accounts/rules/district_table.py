"""Reading a table of districts that somebody pasted or saved from a spreadsheet."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from app.accounts.rules.districts import (
    DistrictEntry,
    DistrictKey,
    is_storable,
    problems_of,
    tidy,
)
from app.accounts.rules.places import folded
from app.errors import Refused
from app.texts import N_

LARGEST_TABLE = 2 * 1024 * 1024
"""Bytes as they arrive."""
MOST_ROWS = 5_000
DELIMITERS = ",;\t"
COLUMNS = ("council", "number", "name", "seats", "electors", "places")
_NAMES = {
    "council": ("совет", "муниципальный совет", "муниципальное образование", "мо"),
    "number": ("no", "district number", "номер", "номер округа", "округ"),
    "name": ("district name", "ward", "division", "название", "наименование", "название округа"),
    "seats": ("мандаты", "мандатов", "число мандатов", "количество мандатов"),
    "electors": ("voters", "избиратели", "избирателей", "число избирателей"),
    "places": ("streets", "адреса", "улицы", "улицы и дома", "границы", "места"),
}
_COLUMN_OF = {folded(name): column for column in COLUMNS for name in (column, *_NAMES[column])}
_DIGITS = re.compile(r"[0-9]{1,12}")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongLine:
    """A line that can't be taken, with every reason; a reason's field is the column."""

    line: int
    """Counted from 1, the line of column names included."""
    reasons: tuple[Refused, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictTable:
    """What a table holds: good entries and wrong lines, both in its order."""

    entries: tuple[DistrictEntry, ...]
    wrong: tuple[WrongLine, ...]
    ignored: tuple[str, ...]
    """Names of columns that mean nothing here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    columns: Mapping[str, int]
    width: int
    ignored: tuple[str, ...]


def decode_table(content: bytes) -> str:
    """Give the text of a table in UTF-8, UTF-16 with a mark, or windows-1251.

    Raises Refused(None) for what is empty, too large or no text.
    """
    if len(content) > LARGEST_TABLE:
        raise _whole(N_("The table is larger than 2 MB. Split it into parts."))
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise _whole(N_("This is a workbook, not a CSV table. Save it as CSV and try again."))
    text = _decoded(content)
    if not is_storable(text):
        raise _whole(N_("This is not a table of text. Save it as CSV in UTF-8 and try again."))
    if not text.strip():
        raise _whole(N_("The table is empty."))
    return unicodedata.normalize("NFC", text)


def read_table(text: str) -> DistrictTable:
    """Read a table whose first line names the columns.

    Raises Refused(None) when nothing of it can be read; single bad lines are told in ``wrong``.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    delimiter = _delimiter(lines)
    rows = _rows(lines, delimiter)
    header = _header(next(rows, (0, []))[1])
    entries: list[DistrictEntry] = []
    wrong: list[WrongLine] = []
    seen: dict[DistrictKey, int] = {}
    for count, (line, cells) in enumerate(rows, start=1):
        if count > MOST_ROWS:
            raise _whole(N_("More than {most} districts. Split the table."), most=MOST_ROWS)
        entry, reasons = _entry(header, cells)
        if not reasons and entry.key in seen:
            reasons = [_twice(entry, seen[entry.key])]
        if reasons:
            wrong.append(WrongLine(line=line, reasons=tuple(reasons)))
        else:
            seen[entry.key] = line
            entries.append(entry)
    if not entries and not wrong:
        raise _whole(N_("The table has column names and no districts below them."))
    return DistrictTable(entries=tuple(entries), wrong=tuple(wrong), ignored=header.ignored)


def _decoded(content: bytes) -> str:
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "windows-1251"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _whole(
        N_("The letters of this file can’t be read. Save it as CSV in UTF-8 and try again.")
    )


def _delimiter(text: str) -> str:
    first = next(line for line in text.split("\n") if line.strip()) if text.strip() else ""

    def recognised(delimiter: str) -> int:
        return sum(folded(cell) in _COLUMN_OF for cell in first.replace('"', "").split(delimiter))

    return max(DELIMITERS, key=recognised)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Give each row that is not blank with the number of its first line."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            raise _whole(
                N_("The table can’t be read from line {line} on. Is a quotation mark left open?"),
                line=line,
            ) from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield line, cells


def _header(names: Sequence[str]) -> _Header:
    columns: dict[str, int] = {}
    ignored = []
    for index, name in enumerate(names):
        column = _COLUMN_OF.get(folded(name))
        if column is None:
            ignored.append(name.strip()[:40])
        elif column in columns:
            raise _whole(N_("Two columns mean the same: {column}."), column=name.strip())
        else:
            columns[column] = index
    if "council" not in columns:
        raise _whole(
            N_("The first line must name the columns: {columns}."), columns=", ".join(COLUMNS)
        )
    kept = tuple(name for name in ignored if name)
    return _Header(columns=columns, width=len(names), ignored=kept)


def _entry(header: _Header, cells: Sequence[str]) -> tuple[DistrictEntry, list[Refused]]:
    def cell(column: str) -> str:
        index = header.columns.get(column)
        return cells[index].strip() if index is not None and index < len(cells) else ""

    reasons: list[Refused] = []
    if any(extra.strip() for extra in cells[header.width :]):
        reasons.append(
            _whole(N_("More cells than columns: put text with commas or semicolons in quotes."))
        )
    entry = tidy(
        DistrictEntry(
            council=cell("council"),
            number=cell("number"),
            name=cell("name"),
            seats=_number("seats", cell("seats"), reasons),
            electors=_number("electors", cell("electors"), reasons),
            places=cell("places"),
        )
    )
    return entry, [*reasons, *problems_of(entry)]


def _number(field: str, text: str, reasons: list[Refused]) -> int | None:
    """Read a number with spaces between thousands; a comma or point is not guessed at."""
    digits = _SPACES.sub("", text)
    if not digits:
        return None
    if _DIGITS.fullmatch(digits):
        return int(digits)
    reasons.append(Refused(field, N_("Write the number in digits only.")))
    return None


def _twice(entry: DistrictEntry, line: int) -> Refused:
    if entry.number or not entry.name:
        return Refused("number", N_("The same council and number as in line {line}."), line=line)
    return Refused("name", N_("The same council and name as in line {line}."), line=line)


def _whole(message: str, **params: str | int) -> Refused:
    return Refused(None, message, **params)
