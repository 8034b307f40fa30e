"""What is taken as an answer and what is not."""

from __future__ import annotations

from typing import Any

import pytest

from app.errors import Refused
from quests.evidence import errors
from quests.evidence.rules.answers import check_answer, check_answers, keep_typed
from quests.route.shape import FormField


def a_field(kind: str, **values: Any) -> FormField:
    return FormField.model_validate({"key": "x", "type": kind, **values})


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        (a_field("text"), "Анна", "Анна"),
        (a_field("date"), "2026-06-24", "2026-06-24"),
        (a_field("date"), "24.06.2026", "2026-06-24"),
        (a_field("date"), "4/6/2026", "2026-06-04"),
        (a_field("number", min=1), "12 000", "12000"),
        (a_field("phone"), "+7 (900) 000-00-00", "+7 (900) 000-00-00"),
        (a_field("email"), "Anna@Example.org", "Anna@example.org"),
        (a_field("url"), "example.org/page", "https://example.org/page"),
        (a_field("choice", options=["a", "b"]), "b", "b"),
        (a_field("text"), "", ""),
    ],
)
def test_a_lawful_answer_is_kept_in_its_clean_form(field: FormField, typed: str, kept: str) -> None:
    assert check_answer(field, typed) == kept


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        (a_field("text", required=True), "", errors.FILL_IN),
        (a_field("yesno", required=True), "", errors.ANSWER_NEEDED),
        (a_field("yesno"), "maybe", errors.CHOOSE_OFFERED),
        (a_field("choice", options=["a"]), "<script>", errors.CHOOSE_OFFERED),
        (a_field("text"), "x" * 301, errors.TOO_LONG),
        (a_field("longtext", max=10), "x" * 11, errors.TOO_LONG),
        (a_field("text"), "a\x00b", errors.NOT_STORABLE),
        (a_field("text"), "\ud800", errors.NOT_STORABLE),
        (a_field("date"), "2026-02-30", errors.NOT_A_DATE),
        (a_field("date"), "٢٠٢٦-٠٦-٢٤", errors.NOT_A_DATE),
        (a_field("date"), "0001-01-01", errors.NOT_A_DATE),
        (a_field("number"), "1e9", errors.NOT_A_NUMBER),
        (a_field("number"), "9" * 400, errors.NOT_A_NUMBER),
        (a_field("number", min=1), "0", errors.NUMBER_TOO_SMALL),
        (a_field("number", max=5), "6", errors.NUMBER_TOO_LARGE),
        (a_field("phone"), "call me", errors.NOT_A_PHONE),
        (a_field("email"), "anna@", errors.NOT_AN_EMAIL),
        (a_field("url"), "javascript://example.org", errors.NOT_AN_ADDRESS),
        (a_field("url"), "https://[", errors.NOT_AN_ADDRESS),
    ],
)
def test_a_wrong_answer_is_refused_with_its_reason(
    field: FormField, typed: str, message: str
) -> None:
    with pytest.raises(Refused) as caught:
        check_answer(field, typed)
    assert caught.value.message == message


def test_a_stopping_answer_is_kept_and_proves_nothing() -> None:
    fields = (a_field("yesno", required=True, stop=["no"], warn=["yes"]),)
    stopped = check_answers(fields, {"x": "no"})
    assert stopped.are_complete
    assert stopped.stops == ("x",)
    assert not stopped.prove
    assert check_answers(fields, {"x": "yes"}).prove
    assert check_answers(fields, {"x": "yes"}).warns == ("x",)


def test_a_draft_keeps_everything_typed_into_known_fields_and_nothing_else() -> None:
    fields = (a_field("number"),)
    assert keep_typed(fields, {"x": " не знаю\x00 ", "other": "1"}) == {"x": "не знаю"}
