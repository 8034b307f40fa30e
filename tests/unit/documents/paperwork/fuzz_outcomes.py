"""What must come of any answers: a refusal that names its field, or a sheet that says them all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from documents.paperwork.checking import SLOT
from documents.paperwork.layout import Layout
from documents.paperwork.pack import PackDocuments
from documents.paperwork.printing import Composed, Form, compose, spoken
from documents.paperwork.rules.answers import Row, read_date
from documents.paperwork.rules.interview import Asked, Interview
from documents.paperwork.shape import Answer, AnswerType, DocumentKind, Value
from tests.paperwork_world import IDENTITY, Typed, form_of, interview_of, text_of

SOME_ROWS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("personal_statement", "expenses"): ("settled", "candidate"),
}
"""Papers that list some rows of a table only: the column that decides, and what it must say."""
_WHITE = re.compile(r"[\s\u2010\u00ad]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one set of answers."""

    preview: Composed
    issued: Composed | None
    """None: something stood in the way."""
    wanted: Counter[str]
    """Every value that the paper must say, without white space, and how often at least."""


def outcome_of(documents: PackDocuments, kind: str, answers: Typed) -> Outcome:
    """Go the way from typed answers to a sheet; every refusal on it must name its field."""
    found = interview_of(documents, kind, answers)
    form = form_of(documents, kind)
    names = {place.answer for place in form.kind.field}
    for question in found.in_the_way:
        assert question.answer.key in names
        problem = question.verdict.problem
        assert problem is not None
        assert "{" not in problem.message.format_map(problem.params) or "sign" in problem.params
    printed, tables = found.printed(), found.printed_tables()
    preview = compose(form, printed, None, tables=tables)
    issued = None
    if not found.in_the_way:
        whole = compose(form, printed, IDENTITY, tables=tables)
        assert set(whole.too_long) <= names
        issued = None if whole.too_long else whole
    return Outcome(preview=preview, issued=issued, wanted=_wanted(form, found))


def missing(made: Composed, wanted: Counter[str]) -> list[str]:
    """Give the values that the sheet does not say whole, or not often enough."""
    said = squeezed(text_of(made.sheet.html))
    return [value for value, often in wanted.items() if said.count(value) < often]


def squeezed(text: str) -> str:
    """Give a text without white space and the hyphens of line ends."""
    return _WHITE.sub("", text)


def _wanted(form: Form, found: Interview) -> Counter[str]:
    values = Counter[str]()
    shown = _shown(form.layout, form.kind)
    for question in found.questions:
        if question.asked and question.answer.key in shown:
            values.update(squeezed(text) for text in _said(form, question))
    del values[""]
    # Only what carries a mark stands in one place: everything else may be counted twice by chance.
    return Counter({text: often if _is_marked(text) else 1 for text, often in values.items()})


def _is_marked(text: str) -> bool:
    return re.match(r"Я[А-Я]{4}ь", text) is not None


def _said(form: Form, question: Asked) -> Iterator[str]:
    answer = question.answer
    if not answer.is_table:
        if not answer.choices:
            yield _value(form, answer, question.given.text)
        return
    printed = {key for _, key in form.layout.spoken_of()} | _columns(form.layout)
    for row in question.given.rows:
        for column in answer.column if _stands(form, answer, row) else ():
            if not column.choices and column.key in printed:
                yield _value(form, column, row.values.get(column.key, ""), narrow=True)


def _stands(form: Form, answer: Answer, row: Row) -> bool:
    """Say whether a row belongs on this paper, and is far enough along to be put anywhere."""
    choices = (column for column in answer.column if column.choices)
    if any(row.values.get(column.key, "") not in column.choices for column in choices):
        return False
    where = SOME_ROWS.get((form.kind.key, answer.key))
    return where is None or row.values[where[0]] == where[1]


def _value(form: Form, value: Value, text: str, *, narrow: bool = False) -> str:
    day = read_date(text) if value.type is AnswerType.DATE and narrow else None
    if day is not None:
        pattern = {"ru": "%d.%m.%Y", "en": "%d/%m/%Y"}[form.kind.language]
        return day.strftime(pattern)
    return spoken(value, text, kind=form.kind)


def _shown(layout: Layout, kind: DocumentKind) -> set[str]:
    """Give the answers whose own words stand on the paper; others only decide what else does."""
    in_phrases = {key for phrase in kind.phrase for key in SLOT.findall(phrase.text)}
    return in_phrases | {key for name, key in layout.spoken_of() if name in ("a", "t")}


def _columns(layout: Layout) -> set[str]:
    """Give every word of a layout that may be a column: a table may be told to leave some out."""
    texts = (layout.source, *(text for _, text in layout.parts))
    return {word for text in texts for word in re.findall(r"[a-z_]+", text)}
