"""Papers for tests: what a kind prints with given answers, and a pack with every type of answer."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from app.packs import load_pack
from documents.paperwork.pack import PackDocuments, load_documents
from documents.paperwork.printing import Composed, Form, Identity, compose
from documents.paperwork.rules.answers import NOTHING, Given, Row, clean
from documents.paperwork.rules.interview import Circumstances, Interview, interview
from documents.paperwork.shape import NONE

ROOT = Path(__file__).resolve().parents[1]
PACKS = ROOT / "quests" / "packs"
RU, EN = "ru-spb-municipal", "gb-eng-local"
EXAMPLE = ROOT / "tests" / "example-papers"
IDENTITY = Identity(number="D0-000001-1", check_address="https://example.org/check/" + "a" * 24)
DAYS = Circumstances(today=date(2026, 6, 24), polling_day=date(2026, 9, 20))
Typed = Mapping[str, str | Sequence[Mapping[str, str]]]
"""What a test answers: a text, or the rows of a table; ``"none"`` for a table without any."""
_BLOCK = re.compile(r"</(?:p|h1|h2|tr|table|caption|section|div|title)>|<br>")
_TAG = re.compile(r"<[^>]+>")
_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)


@cache
def documents_of(pack_id: str) -> PackDocuments:
    """Give the documents of a pack of the program."""
    return load_documents(load_pack(PACKS / pack_id))


def given_of(documents: PackDocuments, answers: Typed) -> dict[str, Given]:
    """Give the answers as they are stored after somebody has typed these."""
    return {key: _given(documents, key, typed) for key, typed in answers.items()}


def interview_of(documents: PackDocuments, kind: str, answers: Typed) -> Interview:
    """Give the interview of a kind of paper with these answers, on a summer's day of 2026."""
    given = given_of(documents, answers)
    return interview(documents.kinds[kind], documents.answers, given, DAYS)


def form_of(documents: PackDocuments, kind: str) -> Form:
    """Give the newest edition of a form."""
    found = documents.kinds[kind]
    version = found.version[-1]
    return Form(
        kind=found,
        version=version,
        layout=documents.layouts[version.layout],
        answers=documents.answers,
        currency=documents.pack.header.currency,
    )


def composed(documents: PackDocuments, kind: str, answers: Typed) -> Composed:
    """Give the sheet of a kind with these answers, as it would be issued."""
    found = interview_of(documents, kind, answers)
    form = form_of(documents, kind)
    return compose(form, found.printed(), IDENTITY, tables=found.printed_tables())


def issued_text(pack_id: str, kind: str, answers: Typed) -> str:
    """Give what a kind of paper says with these answers, a line a paragraph or row of a table.

    Raises AssertionError when something stands in the way of issuing it: golden answers are whole.
    """
    documents = documents_of(pack_id)
    found = interview_of(documents, kind, answers)
    problems = {
        question.answer.key: question.verdict.problem.message
        for question in found.in_the_way
        if question.verdict.problem
    }
    assert not problems, problems
    made = composed(documents, kind, answers)
    assert not made.too_long, made.too_long
    return text_of(made.sheet.html)


def text_of(page: str) -> str:
    """Give the text of a composed page, a line a block, cells of a table apart by “ | ”."""
    body = _STYLE.sub("", page).replace("\n", " ")
    parted = re.sub(r"</t[dh]>\s*(?=<t[dh])", " | ", body)
    lines = _TAG.sub("", _BLOCK.sub("\n", parted)).split("\n")
    said = (" ".join(html.unescape(line).replace("\u00a0", " ").split()) for line in lines)
    return "\n".join(line for line in said if line) + "\n"


def example_documents() -> PackDocuments:
    """Give the pack of tests/example-papers: every type of answer, every way a paper is made."""
    return load_documents(load_pack(EXAMPLE))


def _given(documents: PackDocuments, key: str, typed: str | Sequence[Mapping[str, str]]) -> Given:
    answer = documents.answers[key]
    if isinstance(typed, str):
        text = typed if answer.is_table and typed == NONE else clean(answer, typed)
        return Given(text=text, version=1) if text else NOTHING
    columns = {column.key: column for column in answer.column}
    rows = tuple(
        Row(
            id=f"00000000-0000-4000-8000-{number:012d}",
            values={name: clean(columns[name], text) for name, text in values.items()},
            position=number,
        )
        for number, values in enumerate(typed, 1)
    )
    return Given(rows=rows, version=1)
