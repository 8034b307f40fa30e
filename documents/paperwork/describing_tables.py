"""Tables put into words: a card for every row, and the page on which a row is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import url_for

from app.web.language import current_language, gettext
from documents.paperwork import errors
from documents.paperwork.commands.rows import KeptRow
from documents.paperwork.describing import (
    KEYS,
    PREFIX,
    hidden,
    input_type,
    option_words,
    readable_value,
    say,
)
from documents.paperwork.pack import PackDocuments
from documents.paperwork.pages import CardView, ConflictView, QuestionView, TableView
from documents.paperwork.rules.answers import Row, Verdict
from documents.paperwork.rules.interview import Asked
from documents.paperwork.rules.numbers import grouped
from documents.paperwork.rules.tables import RowState, totals
from documents.paperwork.shape import Answer, AnswerWords, Column

MOST_LINES = 4
"""As many places of a row as its card shows; the rest is on its own page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableAddresses:
    """The addresses of one table on the pages of one kind of paper."""

    campaign_id: int
    kind: str
    key: str
    mark: str = ""
    """What somebody has come for, when a finding has led here."""

    def to(self, endpoint: str, row_id: str = "") -> str:
        """Give the address of a screen or an action, of the table or of one row."""
        values: dict[str, Any] = {"row_id": row_id} if row_id else {}
        if self.mark:
            values["finding"] = self.mark
        return url_for(
            f"paperwork.{endpoint}",
            campaign_id=self.campaign_id,
            kind=self.kind,
            key=self.key,
            **values,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RowAsking:
    """Everything the page of a row needs besides the row."""

    documents: PackDocuments
    answer: Answer
    here: TableAddresses
    typed: Mapping[str, str] = field(default_factory=dict)
    kept: KeptRow | None = None
    shown: Mapping[str, str] = field(default_factory=dict)
    """A sealed row opened, this once."""
    marks: Mapping[str, str] = field(default_factory=dict)
    """Of a sealed row: by what its texts are recognised without being shown."""
    saved: frozenset[str] = frozenset()
    complain: bool = True


def table_view(
    asked: Asked,
    removed: tuple[Row, ...],
    documents: PackDocuments,
    here: TableAddresses,
    *,
    named: bool = False,
) -> TableView:
    """Put a table into cards; ``named``: for somebody who may open its sealed rows anyway."""
    answer = asked.answer
    words = documents.answer_words(answer.key, current_language())
    full = len(asked.rows) >= answer.most
    return TableView(
        cards=tuple(
            _card(answer, words, state, number, here, named=named)
            for number, state in enumerate(asked.rows, 1)
        ),
        removed=tuple(
            (row_title(answer, words, row, named=named), here.to("restore_row", row.id))
            for row in removed
        ),
        totals=_totals(asked, words),
        none=asked.given.none,
        none_label=words.none,
        sealed=answer.seal,
        add_label=words.add,
        add_href="" if full else here.to("new_row"),
        # Beyond the most the same words stand beside the table as its problem.
        full=gettext(errors.ROWS_TOO_MANY, most=answer.most)
        if len(asked.rows) == answer.most
        else "",
    )


def row_title(answer: Answer, words: AnswerWords, row: Row, *, named: bool = False) -> str:
    """Give what a row is called: its kind, its place, and what it is about unless it is sealed."""
    first = next((column for column in answer.column if row.values.get(column.key)), None)
    if first is None:
        return words.one
    said = cell_text(answer, first, words, row.values, named=named)
    return f"{words.one}: {said}"


def cell_text(
    answer: Answer,
    column: Column,
    words: AnswerWords,
    values: Mapping[str, str],
    *,
    named: bool = False,
) -> str:
    """Give one place of a row as people read it; a sealed one stays dots.

    ``named``: but for what the pack lets a row be known by.
    """
    text = values.get(column.key, "")
    if answer.seal and not (named and column.names_row):
        return hidden(column, text) if text else ""
    return readable_value(column, words.column[column.key], text)


def _card(
    answer: Answer,
    words: AnswerWords,
    state: RowState,
    number: int,
    here: TableAddresses,
    *,
    named: bool,
) -> CardView:
    filled = [column for column in answer.column if state.row.values.get(column.key)]
    problem = next(
        (
            f"{words.column[key].label}: {say(verdict.problem)}"
            for key, verdict in state.cells.items()
            if verdict.problem is not None
        ),
        "",
    )
    return CardView(
        title=f"{words.one} {number}",
        lines=tuple(
            (
                words.column[column.key].label,
                cell_text(answer, column, words, state.row.values, named=named),
            )
            for column in filled[:MOST_LINES]
        ),
        problem=problem,
        href=here.to("edit_row", state.row.id),
        remove_action=here.to("remove_row", state.row.id),
    )


def _totals(asked: Asked, words: AnswerWords) -> tuple[tuple[str, str], ...]:
    answer = asked.answer
    if answer.seal or len(asked.given.rows) < 2:
        return ()
    kinds = {column.key: column.type for column in answer.column}
    return tuple(
        (words.column[key].label, grouped(kinds[key], text, current_language()))
        for key, text in totals(answer, asked.given.rows).items()
    )


def row_questions(state: RowState, asking: RowAsking) -> tuple[QuestionView, ...]:
    """Put every place of a row into a question."""
    return tuple(_question(column, state, asking) for column in asking.answer.column)


def row_question(key: str, state: RowState, asking: RowAsking) -> QuestionView:
    """Put one place of a row into a question. Raises StopIteration for a column it has not."""
    column = next(column for column in asking.answer.column if column.key == key)
    return _question(column, state, asking)


def _question(column: Column, state: RowState, asking: RowAsking) -> QuestionView:
    answer, key = asking.answer, column.key
    words = asking.documents.answer_words(answer.key, current_language()).column[key]
    text = state.row.values.get(key, "")
    verdict = state.cells[key]
    return QuestionView(
        key=key,
        name=PREFIX + key,
        type=input_type(column),
        label=words.label,
        help=words.help,
        options=tuple((option, option_words(words, option)) for option in column.choices),
        value=asking.typed.get(key, "" if answer.seal else text),
        was=asking.marks.get(key, "") if answer.seal else text,
        version=state.row.version,
        longest=column.longest,
        required=column.required,
        only_if="",
        unknown=False,
        sealed=answer.seal,
        hint=hidden(column, text) if answer.seal and text else "",
        shown=asking.shown.get(key, ""),
        show_action=asking.here.to("show_row", state.row.id),
        suggested="",
        problem=_problem(verdict, text, asking),
        advice=(
            *(say(advice) for advice in verdict.advice),
            *(words.warn[warning] for warning in verdict.warned),
        ),
        conflict=_conflict(key, asking),
        saved=key in asking.saved,
        source=None,
        mode=KEYS.get(column.type, ""),
    )


def _problem(verdict: Verdict, text: str, asking: RowAsking) -> str:
    if verdict.problem is None or (not text and not asking.complain):
        return ""
    return say(verdict.problem)


def _conflict(key: str, asking: RowAsking) -> ConflictView | None:
    kept = asking.kept
    if kept is None or kept.theirs is None or key not in kept.contested:
        return None
    text = kept.theirs.row.values.get(key, "")
    column = next(column for column in asking.answer.column if column.key == key)
    return ConflictView(
        theirs=hidden(column, text) if asking.answer.seal and text else text,
        by=kept.theirs.saved_by_name,
        at=kept.theirs.saved_at,
    )
