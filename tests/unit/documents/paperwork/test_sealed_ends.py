"""Of a sealed answer only the end of a long number is shown: of all else it would tell too much."""

from __future__ import annotations

import pytest

from documents.paperwork.describing import hidden
from documents.paperwork.shape import Answer, AnswerType

LONG_NUMBERS = {
    AnswerType.PASSPORT: "40 10 654321",
    AnswerType.UNIT_CODE: "780-021",
    AnswerType.INN: "500100732221",
    AnswerType.SNILS: "112-233-445 21",
    AnswerType.BIC: "044525221",
    AnswerType.ACCOUNT: "40702810138250123021",
    AnswerType.PHONE: "+7 900 000-00-21",
}


@pytest.mark.parametrize("kind", sorted(LONG_NUMBERS))
def test_a_long_number_is_known_by_its_end(kind: AnswerType) -> None:
    assert hidden(Answer(key="a", type=kind, seal=True), LONG_NUMBERS[kind]) == "••••21"


@pytest.mark.parametrize("kind", sorted(set(AnswerType) - set(LONG_NUMBERS)))
def test_of_everything_else_nothing_is_told(kind: AnswerType) -> None:
    shown = hidden(Answer(key="a", type=kind, seal=True), "17.06.1970")
    assert shown == "••••"


@pytest.mark.parametrize("kind", sorted(AnswerType))
def test_a_short_text_is_all_dots(kind: AnswerType) -> None:
    assert hidden(Answer(key="a", type=kind, seal=True), "1970") == "••••"
