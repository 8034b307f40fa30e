"""Every kind of paper, laid out and drawn with answers of every sort: no word lost or outside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.paperwork.shape import AnswerType, Value
from tests.paperwork_world import EN, RU, Typed, documents_of
from tests.unit.documents.paperwork.fuzz_answers import (
    MOST_ROWS,
    SEATS,
    Mood,
    answers_of,
    mark_of,
)
from tests.unit.documents.paperwork.fuzz_examples import DRAWN_HERE, examples
from tests.unit.documents.paperwork.fuzz_outcomes import Outcome, missing, outcome_of
from tests.unit.documents.paperwork.fuzz_sheets import (
    drawn,
    laid_out,
    lost,
    off_the_page,
    outside,
    undrawn,
)
from tests.unit.documents.paperwork.test_fuzzed_answers import PRINTED
from tests.unit.documents.whole_papers import WHOLE

pytestmark = list(DRAWN_HERE)
SOME_ROWS = 12
"""Enough to go over a page; two hundred of the longest would be three hundred pages."""
TABLED = [
    (RU, "income", "accounts"),
    (EN, "polling_agents_notice", "polling_agents"),
    (EN, "expenses_return", "expenses"),
    (EN, "expenses_return", "donations"),
]
SHORT = {
    AnswerType.DATE: "2026-05-01",
    AnswerType.MONEY: "999999999.99",
    AnswerType.ACCOUNT: "40702810138250123017",
    AnswerType.BIC: "044525225",
}
some = examples(2)


@pytest.mark.parametrize("mood", list(Mood))
@pytest.mark.parametrize(("pack", "kind"), PRINTED)
@some
@given(data=st.data())
def test_no_word_is_lost_or_leaves_its_place(
    pack: str, kind: str, mood: Mood, data: st.DataObject
) -> None:
    documents = documents_of(pack)
    asked = answers_of(documents, kind, mood, most_rows=SOME_ROWS)
    check(outcome_of(documents, kind, data.draw(asked)))


@pytest.mark.parametrize(("pack", "kind", "table"), TABLED)
def test_two_hundred_rows_stand_on_the_paper(pack: str, kind: str, table: str) -> None:
    documents = documents_of(pack)
    answer = documents.answers[table]
    rows = [
        {column.key: short(column, place) for place, column in enumerate(answer.column)}
        for place in range(0, MOST_ROWS * SEATS, SEATS)
    ]
    typed: Typed = {**WHOLE[pack], table: rows}
    found = outcome_of(documents, kind, typed)
    assert (found.issued is not None) == (answer.most >= MOST_ROWS)
    check(found)


def short(column: Value, place: int) -> str:
    """Give what a place of a row takes, as briefly as can be."""
    if column.type is AnswerType.LINE:
        return mark_of(place)
    return SHORT.get(column.type, "") or next(iter(column.choices), "Яма Юля")


def check(found: Outcome) -> None:
    """Lay out and draw what came of some answers, and look for every word of it."""
    made = found.issued or found.preview
    assert missing(made, found.wanted) == []
    laid = laid_out(made.sheet)
    assert lost(laid) == []
    pdf = drawn(laid, made.sheet)
    # What was refused may look as it likes in a preview, as long as every word can be found.
    if found.issued is not None:
        assert outside(laid) == []
        assert off_the_page(pdf) == 0
        assert undrawn(laid, pdf) == {}
