"""Reading a counted sheet from what a browser sent: each field by itself, nothing lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.errors import Refused
from documents.signatures import errors
from documents.signatures.commands.counting import CountEntry, RowEntry
from documents.signatures.rules.days import read_day
from documents.signatures.rules.sheets import RowState

LONGEST_FIELD = 40
MOST_CODES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedRow:
    """One row as it was typed."""

    number: int
    state: str
    day: str
    passport: str
    noted: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedSheet:
    """A sheet as it was typed; only the rows that the sheet has are looked at."""

    collector: str
    certified_on: str
    candidate_on: str
    noted: tuple[str, ...]
    rows: tuple[TypedRow, ...]
    version: str


def typed_sheet(sent: Mapping[str, Sequence[str]], rows: int) -> TypedSheet:
    """Give what was typed about a sheet with so many rows; ``sent``: all values of each field."""

    def text(name: str) -> str:
        return next(iter(sent.get(name, ())), "").strip()[:LONGEST_FIELD]

    return TypedSheet(
        collector=text("collector"),
        certified_on=text("certified_on"),
        candidate_on=text("candidate_on"),
        noted=_codes(sent.get("defects", ())),
        rows=tuple(
            TypedRow(
                number=number,
                state=text(f"state-{number}"),
                day=text(f"day-{number}"),
                passport=text(f"passport-{number}"),
                noted=_codes(sent.get(f"defects-{number}", ())),
            )
            for number in range(1, rows + 1)
        ),
        version=text("version"),
    )


def entry_of(typed: TypedSheet, *, year: int, version: int) -> CountEntry:
    """Give what is to be kept. Raises Refused beside the field that can't be read."""
    if not (typed.collector.isascii() and typed.collector.isdigit()):
        raise Refused("collector", errors.COLLECTOR_MISSING)
    return CountEntry(
        collector_id=int(typed.collector[:18]),
        certified_on=_day("certified_on", typed.certified_on, year),
        candidate_on=_day("candidate_on", typed.candidate_on, year),
        defects=typed.noted,
        rows=tuple(_row(row, year) for row in typed.rows),
        version=version,
    )


def _row(row: TypedRow, year: int) -> RowEntry:
    day = read_day(row.day, year=year) if row.day else None
    if row.day and day is None:
        raise Refused(f"row-{row.number}", errors.ROW_DATE, row=row.number)
    state = _STATES.get(row.state, RowState.EMPTY)
    if state is RowState.EMPTY and (day or row.passport or row.noted):
        # Whoever types something about a row means that somebody has signed there.
        state = RowState.SIGNED
    return RowEntry(
        number=row.number,
        state=state,
        signed_on=day,
        defects=row.noted,
        passport="".join(row.passport.replace("№", " ").split()),
    )


def _day(name: str, text: str, year: int) -> date | None:
    if not text:
        return None
    found = read_day(text, year=year)
    if found is None:
        raise Refused(name, errors.DAY_FORM)
    return found


def _codes(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(value[:LONGEST_FIELD] for value in values[:MOST_CODES])


_STATES: Mapping[str, RowState] = {state.value: state for state in RowState}
