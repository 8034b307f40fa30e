"""Numbers that a form works out from answers, so that nobody adds them up by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from documents.paperwork.rules.interview import EMPTY, Table
from documents.paperwork.rules.numbers import amount_of, amount_text
from documents.paperwork.shape import AnswerType, FormSum

NOTHING = Fraction(0)


def form_sums(
    sums: Sequence[FormSum], printed: Mapping[str, str], tables: Mapping[str, Table]
) -> dict[str, str]:
    """Give each sum by its key in the notation of kept numbers; a balance may be below zero.

    ``printed``: answers by key. What is empty or no number counts for nothing. A sum may use
    those before it.
    """
    found: dict[str, Fraction] = {}
    for each in sums:
        added = sum(_amounts(each, each.plus, found, printed, tables), NOTHING)
        found[each.key] = added - sum(_amounts(each, each.minus, found, printed, tables), NOTHING)
    kinds = {each.key: each.type for each in sums}
    return {key: _text(kinds[key], amount) for key, amount in found.items()}


def _amounts(
    each: FormSum,
    names: Iterable[str],
    known: Mapping[str, Fraction],
    printed: Mapping[str, str],
    tables: Mapping[str, Table],
) -> Iterator[Fraction]:
    for name in names:
        if name in known:
            yield known[name]
            continue
        table, mark, column = name.partition(".")
        texts = _column(each, tables.get(table, EMPTY), column) if mark else [printed.get(name, "")]
        for text in texts:
            yield amount_of(each.type, text) or NOTHING


def _column(each: FormSum, table: Table, column: str) -> Iterator[str]:
    for row in table.rows:
        where = each.where
        if where is None or row.values.get(where.answer, "") in where.among:
            yield row.values.get(column, "")


def _text(kind: AnswerType, amount: Fraction) -> str:
    text = amount_text(kind, abs(amount))
    return f"-{text}" if amount < 0 else text
