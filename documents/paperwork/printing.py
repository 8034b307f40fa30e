"""From answers to a sheet: one page of primitive data, complete in itself, ready for the press."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from babel.dates import format_date
from markupsafe import Markup

from documents.paperwork.checking import SLOT
from documents.paperwork.codes.drawing import paper_pictures
from documents.paperwork.layout import Layout, style
from documents.paperwork.rules.answers import Row, read_date
from documents.paperwork.rules.fitting import Fit, fit
from documents.paperwork.rules.interview import EMPTY, Table
from documents.paperwork.rules.numbers import grouped
from documents.paperwork.rules.standing import none_changes, row_changes
from documents.paperwork.rules.sums import form_sums
from documents.paperwork.rules.tables import totals
from documents.paperwork.shape import (
    SUMMED,
    Answer,
    AnswerType,
    DocumentKind,
    FormField,
    FormVersion,
    Phrase,
    Value,
)
from documents.paperwork.wording import in_words
from documents.sheets import Sheet, Variant

DATE_PATTERNS: Mapping[str, str] = {"ru": "d MMMM y 'года'", "en": "d MMMM y"}
SHORT_DATES: Mapping[str, str] = {"ru": "%d.%m.%Y", "en": "%d/%m/%Y"}
YES_NO_PRINTED: Mapping[str, Mapping[str, str]] = {
    "ru": {"yes": "да", "no": "нет"},
    "en": {"yes": "Yes", "no": "No"},
}
CELL_SIZE_PT = 10
"""Tables are set smaller than running text; they grow downwards and are never cut."""
Cell = dict[str, Any]
NO_TABLES: Mapping[str, Table] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What makes an issued version this one: its number and the address of its check page."""

    number: str
    check_address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A kind of paper in one edition, with its layout and the answers it asks."""

    kind: DocumentKind
    version: FormVersion
    layout: Layout
    answers: Mapping[str, Answer]
    currency: str = ""
    """Of the sums that are printed in words."""
    approved: bool = False
    """Whether somebody with the right to has compared its wording for this election."""

    @property
    def official(self) -> bool:
        """Say whether it may be printed without the mark of a draft."""
        return self.version.official or self.approved

    @property
    def shows_sealed(self) -> bool:
        """Say whether a sealed answer, or a sum of such ones, is printed on it."""
        summed = (name for each in self.kind.sum for name in (*each.plus, *each.minus))
        keys = {place.answer for place in self.kind.field}
        keys |= {name.partition(".")[0] for name in summed}
        return any(self.answers[key].seal for key in keys if key in self.answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """What a sheet of certifying lines certifies: the paper's title and its pages."""

    title: str
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A sheet, and the answers for which the form has no place."""

    sheet: Sheet
    too_long: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What was issued, frozen: the answers as they stood and the sheet as it was printed."""

    answers: dict[str, str]
    sheet: str
    """JSON of the sheet: rendering it again gives the same bytes."""
    tables: dict[str, Table] = field(default_factory=dict)

    def as_json(self) -> str:
        """Give the snapshot as text, to be sealed."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    def says_the_same(self, other: Snapshot) -> bool:
        """Say whether a form with the answers of the other would read the same."""
        return (
            self.answers == other.answers
            and not row_changes(self.tables, other.tables)
            and not none_changes(self.tables, other.tables)
            and _order(self.tables) == _order(other.tables)
        )

    @classmethod
    def from_json(cls, text: str) -> Snapshot:
        """Read a snapshot; one that can't be opened any more is empty."""
        if not text:
            return cls(answers={}, sheet="")
        found = json.loads(text)
        # Papers issued before there were tables have none.
        tables = {key: _table(value) for key, value in found.get("tables", {}).items()}
        return cls(answers=dict(found["answers"]), sheet=found["sheet"], tables=tables)


def _order(tables: Mapping[str, Table]) -> dict[str, list[str]]:
    return {key: [row.id for row in table.rows] for key, table in tables.items() if table.rows}


def _table(found: Mapping[str, Any]) -> Table:
    return Table(rows=tuple(Row(**row) for row in found["rows"]), none=found["none"])


def compose(
    form: Form,
    printed: Mapping[str, str],
    identity: Identity | None,
    *,
    tables: Mapping[str, Table] = NO_TABLES,
    copies: Copies | None = None,
) -> Composed:
    """Give the sheet with these answers; without an identity it is a preview.

    With ``copies`` it is a sheet of certifying lines, which has no number of its own.
    """
    kind = form.kind
    flat = [place for place in kind.field if not form.answers[place.answer].is_table]
    fits = {place.answer: _fit(form, place, printed) for place in flat}
    cells = {
        key: _cell(
            form,
            form.answers[key],
            printed.get(key, ""),
            shown=found.text,
            size=found.size_pt,
        )
        for key, found in fits.items()
    }
    context = {
        "a": cells,
        "t": {
            place.answer: _grid(form, place.answer, tables.get(place.answer, EMPTY))
            for place in kind.field
            if form.answers[place.answer].is_table
        },
        "sum": {
            key: {"text": grouped(AnswerType.MONEY, text, kind.language), "size": CELL_SIZE_PT}
            for key, text in form_sums(kind.sum, printed, tables).items()
        },
        "p": {phrase.key: _parts(phrase, cells) for phrase in kind.phrase},
        "hand": {place.key: {"caption": place.caption} for place in kind.hand},
        "paper": _paper(form, fits, identity, copies),
    }
    return Composed(
        sheet=Sheet(
            html=form.layout.fill(context),
            # What is looked at for a day need not open in thirty years.
            variant=Variant.ISSUED if identity else Variant.UA,
            identifier=identity.number if identity else f"{kind.code}-preview",
            language=kind.language,
        ),
        too_long=tuple(key for key, found in fits.items() if found.refused),
    )


def spoken(answer: Value, text: str, *, kind: DocumentKind, name: str = "") -> str:
    """Give an answer as the form says it; ``name`` is ``table.column`` for a place of a row."""
    if answer.choices:
        printed = kind.printed.get(name or answer.key)
        return (printed or YES_NO_PRINTED.get(kind.language, {})).get(text, "")
    if answer.type is AnswerType.DATE:
        found = read_date(text)
        return long_date(found, kind.language) if found else text
    if answer.type in SUMMED:
        return grouped(answer.type, text, kind.language)
    # A number sign alone at the end of a line reads as a slip of the pen.
    return text.replace("№ ", "№\u00a0")


def long_date(day: date, language: str) -> str:
    """Give a day as documents write it: 17 июня 1970 года, 17 June 1970."""
    locale = {"en": "en_GB"}.get(language, language)
    return format_date(day, DATE_PATTERNS[language], locale=locale)


def _fit(form: Form, place: FormField, printed: Mapping[str, str]) -> Fit:
    text = spoken(form.answers[place.answer], printed.get(place.answer, ""), kind=form.kind)
    continued = form.kind.words.continued
    return fit(text, room=place.room, overflow=place.overflow, continued=continued)


def _cell(form: Form, value: Value, text: str, *, shown: str, size: int) -> Cell:
    """Give what a layout may say of one value: its text, its key, its short and written-out form.

    ``words`` are made only for a layout that speaks of them: they are costly.
    """
    language = form.kind.language
    day = read_date(text) if value.type is AnswerType.DATE else None
    return {
        "text": shown,
        "size": size,
        "key": text if value.choices else "",
        "short": day.strftime(SHORT_DATES[language]) if day else shown,
        "words": in_words(value.type, text, language=language, currency=form.currency)
        if form.layout.says_words
        else "",
    }


def _grid(form: Form, key: str, table: Table) -> Cell:
    answer = form.answers[key]
    columns = {column.key: column for column in answer.column}
    return {
        "rows": [
            {
                name: _table_cell(form, answer, column, row.values.get(name, ""))
                for name, column in columns.items()
            }
            for row in table.rows
        ],
        "none": form.kind.none.get(key, "") if table.none else "",
        "total": {
            name: _table_cell(form, answer, columns[name], text)
            for name, text in totals(answer, table.rows).items()
        },
        "count": len(table.rows),
    }


def _table_cell(form: Form, answer: Answer, column: Value, text: str) -> Cell:
    shown = spoken(column, text, kind=form.kind, name=f"{answer.key}.{column.key}")
    cell = _cell(form, column, text, shown=shown, size=CELL_SIZE_PT)
    # Columns are narrow: days are written in figures there.
    return {**cell, "text": cell["short"]} if column.type is AnswerType.DATE else cell


def _parts(phrase: Phrase, cells: Mapping[str, Cell]) -> list[Cell]:
    parts: list[Cell] = []
    at = 0
    for slot in SLOT.finditer(phrase.text):
        parts.append({"text": phrase.text[at : slot.start()], "answer": None})
        parts.append({"text": "", "answer": cells[slot[1]]})
        at = slot.end()
    parts.append({"text": phrase.text[at:], "answer": None})
    return parts


def _paper(
    form: Form, fits: Mapping[str, Fit], identity: Identity | None, copies: Copies | None
) -> Cell:
    words = form.kind.words
    official = form.official
    preview = identity is None and copies is None
    code, page_codes = paper_pictures(identity.check_address) if identity else ("", [])
    return {
        "kind": form.kind.key,
        "language": form.kind.language,
        "title": words.title,
        "style": Markup(style()),  # noqa: S704 - our own style sheet.
        "number": identity.number if identity else "",
        "number_line": _number_line(form, identity, preview=preview),
        "code": code,
        "page_codes": page_codes,
        "code_label": words.code,
        "preview": preview,
        "preview_mark": words.preview,
        "draft_mark": "" if official else words.draft,
        "draft_why": "" if official else words.draft_why,
        "continuation": words.continuation,
        "continued": [
            (form.kind.label[key], found.rest) for key, found in fits.items() if found.rest
        ],
        "copied": copies.title if copies else "",
        "copies": list(range(1, copies.pages + 1)) if copies else [],
    }


def _number_line(form: Form, identity: Identity | None, *, preview: bool) -> str:
    words = form.kind.words
    if identity is not None:
        return words.number.format(number=identity.number)
    return words.preview if preview else ""
