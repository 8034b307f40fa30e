"""What may stand on a form, and what only looks odd."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.paperwork import errors
from documents.paperwork.rules.answers import age_on, check_answer, clean
from documents.paperwork.rules.texts import kept, unprintable
from documents.paperwork.shape import Answer, AnswerType, PatternWarning

TODAY = date(2026, 6, 24)


def an_answer(kind: AnswerType, **more: object) -> Answer:
    return Answer(key="it", type=kind, **more)


def problem(kind: AnswerType, text: str) -> str:
    answer = an_answer(kind)
    found = check_answer(answer, clean(answer, text), today=TODAY).problem
    return found.message if found else ""


@pytest.mark.parametrize("typed", ["4005123456", "40 05 123456", "40 05 № 123456"])
def test_a_passport_is_kept_in_one_notation(typed: str) -> None:
    assert clean(an_answer(AnswerType.PASSPORT), typed) == "40 05 123456"


@pytest.mark.parametrize("typed", ["40 05 12345", "АБ 05 123456", "4005 1234567"])
def test_a_passport_of_another_form_is_a_problem(typed: str) -> None:
    assert problem(AnswerType.PASSPORT, typed) == errors.FORMAT_PROBLEMS["passport"]


def test_an_inn_with_good_check_digits_is_fine() -> None:
    verdict = check_answer(an_answer(AnswerType.INN), "500100732259", today=TODAY)
    assert verdict.problem is None and not verdict.advice


def test_an_inn_with_bad_check_digits_is_advised_and_not_refused() -> None:
    verdict = check_answer(an_answer(AnswerType.INN), "500100732258", today=TODAY)
    assert verdict.problem is None
    assert verdict.advice[0].message == errors.INN_DIGITS


def test_the_inn_of_an_organisation_is_no_persons_inn() -> None:
    assert problem(AnswerType.INN, "7707083893") == errors.FORMAT_PROBLEMS["inn"]


@pytest.mark.parametrize("typed", ["17.06.1970", "1970-06-17", "17/06/1970"])
def test_a_day_is_kept_in_one_notation(typed: str) -> None:
    assert clean(an_answer(AnswerType.DATE), typed) == "1970-06-17"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("31.02.1970", errors.FORMAT_PROBLEMS["date"]),
        ("01.01.2030", errors.DATE_AHEAD),
        ("01.01.1400", errors.DATE_TOO_OLD),
    ],
)
def test_a_day_that_cannot_be_is_a_problem(typed: str, message: str) -> None:
    assert problem(AnswerType.DATE, typed) == message


@pytest.mark.parametrize("typed", ["Ёлкина-Полёва", "Анна Мария"])
def test_a_russian_name_may_be_double(typed: str) -> None:
    assert problem(AnswerType.NAME_RU, typed) == ""


@pytest.mark.parametrize("typed", ["Anna", "Анна1", "<b>Анна</b>"])
def test_a_russian_name_has_russian_letters_only(typed: str) -> None:
    assert problem(AnswerType.NAME_RU, typed) == errors.FORMAT_PROBLEMS["name_ru"]


def test_a_name_in_capitals_is_advised() -> None:
    verdict = check_answer(an_answer(AnswerType.NAME_RU), "ИВАНОВА", today=TODAY)
    assert verdict.problem is None and verdict.advice[0].message == errors.NAME_CASE


def test_the_packs_own_warnings_stop_nothing() -> None:
    title = PatternWarning(key="prefix", pattern=r"^(Mr|Dr)\b")
    verdict = check_answer(an_answer(AnswerType.NAME, warn=(title,)), "Dr Ann", today=TODAY)
    assert verdict.problem is None and verdict.warned == ("prefix",)


def test_invisible_marks_are_taken_out_before_they_reach_the_paper() -> None:
    assert kept("Ива\u200bнов\u202eа\u00ad", lines=False) == "Иванова"


@pytest.mark.parametrize("typed", ["и\u200b\u0306", "и\ufeff\u0306", "и\u00ad\u0306"])
def test_a_letter_that_an_invisible_mark_has_parted_is_whole_again(typed: str) -> None:
    assert kept(typed, lines=False) == "й" == kept(kept(typed, lines=False), lines=False)


@pytest.mark.parametrize("sign", ["😀", "漢", "ش"])
def test_a_sign_the_typeface_lacks_is_named(sign: str) -> None:
    verdict = check_answer(an_answer(AnswerType.LINE), f"Совет {sign}", today=TODAY)
    assert verdict.problem is not None and verdict.problem.params["sign"] == sign


@given(st.text(max_size=300))
def test_whatever_is_typed_can_be_stored_and_is_stable(text: str) -> None:
    found = kept(text, lines=True)
    assert "\x00" not in found
    found.encode("utf-8")
    assert kept(found, lines=True) == found


@given(st.sampled_from(list(AnswerType)), st.text(max_size=80))
def test_no_text_breaks_the_checks(kind: AnswerType, text: str) -> None:
    answer = an_answer(kind)
    check_answer(answer, clean(answer, text), today=TODAY)


def test_html_is_printable_text() -> None:
    assert unprintable("<script>alert(1)</script>") == ""


def test_somebody_born_on_a_leap_day_is_of_age_the_day_after() -> None:
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18
