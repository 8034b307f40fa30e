"""From answers to a sheet: one page of primitive data, complete in itself, ready for the press."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import segno
from babel.dates import format_date
from markupsafe import Markup

from documents.paperwork.checking import SLOT
from documents.paperwork.layout import Layout, style
from documents.paperwork.rules.answers import read_date
from documents.paperwork.rules.fitting import Fit, fit
from documents.paperwork.shape import (
    Answer,
    AnswerType,
    DocumentKind,
    FormField,
    FormVersion,
    Phrase,
)
from documents.sheets import Sheet, Variant

DATE_PATTERNS: Mapping[str, str] = {"ru": "d MMMM y 'года'", "en": "d MMMM y"}
Cell = dict[str, Any]


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

    def as_json(self) -> str:
        """Give the snapshot as text, to be sealed."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Snapshot:
        """Read a snapshot; one that can't be opened any more is empty."""
        if not text:
            return cls(answers={}, sheet="")
        found = json.loads(text)
        return cls(answers=dict(found["answers"]), sheet=found["sheet"])


def compose(form: Form, printed: Mapping[str, str], identity: Identity | None) -> Composed:
    """Give the sheet with these answers; without an identity it is a preview."""
    kind = form.kind
    fits = {place.answer: _fit(form, place, printed) for place in kind.field}
    cells = {key: _cell(found) for key, found in fits.items()}
    context = {
        "a": cells,
        "p": {phrase.key: _parts(phrase, cells) for phrase in kind.phrase},
        "hand": {place.key: {"caption": place.caption} for place in kind.hand},
        "paper": _paper(form, fits, identity),
    }
    return Composed(
        sheet=Sheet(
            html=form.layout.fill(context),
            variant=Variant.UA,
            identifier=identity.number if identity else f"{kind.code}-preview",
            language=kind.language,
        ),
        too_long=tuple(key for key, found in fits.items() if found.refused),
    )


def spoken(answer: Answer, text: str, *, kind: DocumentKind) -> str:
    """Give an answer as the form says it."""
    if answer.type is AnswerType.CHOICE:
        return kind.printed[answer.key].get(text, "")
    if answer.type is AnswerType.DATE:
        found = read_date(text)
        return long_date(found, kind.language) if found else text
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


def _cell(found: Fit) -> Cell:
    return {"text": found.text, "size": found.size_pt}


def _parts(phrase: Phrase, cells: Mapping[str, Cell]) -> list[Cell]:
    parts: list[Cell] = []
    at = 0
    for slot in SLOT.finditer(phrase.text):
        parts.append({"text": phrase.text[at : slot.start()], "answer": None})
        parts.append({"text": "", "answer": cells[slot[1]]})
        at = slot.end()
    parts.append({"text": phrase.text[at:], "answer": None})
    return parts


def _paper(form: Form, fits: Mapping[str, Fit], identity: Identity | None) -> Cell:
    words = form.kind.words
    official = form.version.official
    return {
        "kind": form.kind.key,
        "language": form.kind.language,
        "title": words.title,
        "style": Markup(style()),  # noqa: S704 - our own style sheet.
        "number": identity.number if identity else "",
        "number_line": words.number.format(number=identity.number) if identity else words.preview,
        "code": _code(identity.check_address) if identity else "",
        "code_label": words.code,
        "preview": identity is None,
        "preview_mark": words.preview,
        "draft_mark": "" if official else words.draft,
        "draft_why": "" if official else words.draft_why,
        "continuation": words.continuation,
        "continued": [
            (form.kind.label[key], found.rest) for key, found in fits.items() if found.rest
        ],
    }


def _code(address: str) -> str:
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", scale=4, border=2, xmldecl=False, svgns=True, dark="#000", light="#fff"
    )
    return "data:image/svg+xml;base64," + base64.b64encode(out.getvalue()).decode("ascii")
