"""Reading a counted sheet from what a browser sent: each field by itself, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.errors import Refused
from documents.signatures import errors
from documents.signatures.commands.counting import CountEntry, RowEntry, is_passport
from documents.signatures.rules.days import Season, read_day, write_day
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


def read_entry(
    typed: TypedSheet, *, season: Season, example: date, version: int
) -> CountEntry | tuple[Refused, ...]:
    """Give what is to be kept, or a refusal beside each field that can't be read.

    ``example``: the day that refusals show as it can be typed.
    """
    days = {name: _read(text, season) for name, text in _days(typed)}
    problems = tuple(_problems(typed, days, example))
    if problems:
        return problems
    return CountEntry(
        collector_id=int(typed.collector[:18]),
        certified_on=days["certified_on"],
        candidate_on=days["candidate_on"],
        defects=typed.noted,
        rows=tuple(_row(row, days[f"day-{row.number}"]) for row in typed.rows),
        version=version,
    )


def _days(typed: TypedSheet) -> Iterator[tuple[str, str]]:
    """Give the name and the text of every field that takes a day."""
    for row in typed.rows:
        yield f"day-{row.number}", row.day
    yield "certified_on", typed.certified_on
    yield "candidate_on", typed.candidate_on


def _read(text: str, season: Season) -> date | None:
    return read_day(text, season=season) if text else None


def _problems(
    typed: TypedSheet, days: Mapping[str, date | None], example: date
) -> Iterator[Refused]:
    """Give what is wrong in the order of the page."""
    if not (typed.collector.isascii() and typed.collector.isdigit()):
        yield Refused("collector", errors.COLLECTOR_MISSING)
    for row in typed.rows:
        if row.day and days[f"day-{row.number}"] is None:
            yield Refused(f"day-{row.number}", errors.ROW_DATE, day=write_day(example))
        if row.passport and not is_passport(_digits(row)):
            yield Refused(f"passport-{row.number}", errors.ROW_PASSPORT)
    for name, text in (
        ("certified_on", typed.certified_on),
        ("candidate_on", typed.candidate_on),
    ):
        if text and days[name] is None:
            yield Refused(name, errors.DAY_FORM, day=write_day(example))


def _row(row: TypedRow, day: date | None) -> RowEntry:
    state = _STATES.get(row.state, RowState.EMPTY)
    if state is RowState.EMPTY and (day or row.passport or row.noted):
        # Whoever types something about a row means that somebody has signed there.
        state = RowState.SIGNED
    return RowEntry(
        number=row.number,
        state=state,
        signed_on=day,
        defects=row.noted,
        passport=_digits(row),
    )


def _digits(row: TypedRow) -> str:
    return "".join(row.passport.replace("№", " ").split())


def _codes(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(value[:LONGEST_FIELD] for value in values[:MOST_CODES])


_STATES: Mapping[str, RowState] = {state.value: state for state in RowState}
