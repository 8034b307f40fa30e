"""Numbers of people, banks and money: vectors of the facts, and properties of the checks."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.paperwork import errors
from documents.paperwork.rules.answers import check_answer, clean
from documents.paperwork.rules.numbers import (
    account_fits,
    amount_of,
    amount_text,
    grouped,
    plain_money,
    plain_snils,
    share_of,
    snils_fits,
)
from documents.paperwork.shape import Answer, AnswerType
from documents.paperwork.wording import in_words

TODAY = date(2026, 6, 24)
BANKS = [
    ("40602810700000000025", "049805746"),
    ("30101810800000000746", "049805000"),
    ("30101810400000000225", "044525225"),
    ("30101810500000000653", "044030653"),
    ("40702810138250123017", "044525225"),
]
DIGITS = st.text("0123456789", min_size=1)


def problem(kind: AnswerType, typed: str, **more: object) -> str:
    answer = Answer(key="it", type=kind, **more)
    found = check_answer(answer, clean(answer, typed), today=TODAY).problem
    return found.message if found else ""


@pytest.mark.parametrize(("account", "bic"), BANKS)
def test_the_key_of_a_published_account_fits_its_bank(account: str, bic: str) -> None:
    assert account_fits(account, bic) is True


@given(
    bank=st.sampled_from(BANKS),
    place=st.integers(0, 19),
    by=st.integers(1, 9),
)
def test_one_wrong_digit_of_an_account_is_always_noticed(
    bank: tuple[str, str], place: int, by: int
) -> None:
    account, bic = bank
    other = str((int(account[place]) + by) % 10)
    changed = account[:place] + other + account[place + 1 :]
    if changed.startswith("30101") == account.startswith("30101"):
        assert account_fits(changed, bic) is False


@given(DIGITS, DIGITS)
def test_nothing_is_said_of_an_account_at_something_that_is_no_bank(account: str, bic: str) -> None:
    if len(account) != 20 or len(bic) != 9 or not bic.startswith("04"):
        assert account_fits(account, bic) is None


def test_an_account_of_another_bank_is_refused_where_the_code_of_the_bank_is_known() -> None:
    answer = Answer(key="it", type=AnswerType.ACCOUNT, bic="bank")
    beside = {"bank": "044525225"}
    wrong = check_answer(answer, "40702810138250123018", today=TODAY, beside=beside)
    assert wrong.problem is not None and wrong.problem.message == errors.ACCOUNT_KEY
    alone = check_answer(answer, "40702810138250123018", today=TODAY)
    assert alone.problem is None


def test_the_insurance_number_of_the_facts_fits_and_another_does_not() -> None:
    assert plain_snils("112 233 445 95") == "112-233-445 95"
    assert snils_fits("112-233-445 95") and not snils_fits("112-233-445 96")


def test_the_oldest_insurance_numbers_have_no_check_digits() -> None:
    assert snils_fits("001-001-997 00")


@given(st.integers(1_001_999, 999_999_999))
def test_exactly_one_pair_of_check_digits_fits_an_insurance_number(number: int) -> None:
    digits = f"{number:09d}"
    fitting = [pair for pair in range(100) if snils_fits(f"{digits}{pair:02d}")]
    assert len(fitting) == 1


def test_bad_check_digits_of_an_insurance_number_are_advised_and_not_refused() -> None:
    answer = Answer(key="it", type=AnswerType.SNILS)
    found = check_answer(answer, "112-233-445 96", today=TODAY)
    assert found.problem is None and found.advice[0].message == errors.SNILS_DIGITS


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1 234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1.234,56 руб.", "1234.56"),
        ("£1,234", "1234.00"),
        ("12", "12.00"),
        ("0,1", "0.10"),
        ("12.345", "12.345"),
        ("сто", "сто"),
        ("-5", "-5"),
    ],
)
def test_a_sum_is_kept_in_one_notation_or_as_it_was_typed(typed: str, kept: str) -> None:
    assert plain_money(typed) == kept


@given(st.integers(0, 10**13 - 1))
def test_a_sum_read_back_as_documents_print_it_is_the_same(kopecks: int) -> None:
    text = amount_text(AnswerType.MONEY, Fraction(kopecks, 100))
    for language in ("ru", "en"):
        assert plain_money(grouped(AnswerType.MONEY, text, language)) == text
    assert amount_of(AnswerType.MONEY, text) == Fraction(kopecks, 100)


def test_a_sum_of_many_sums_is_written_like_any_other() -> None:
    whole = "1999999999999999998.00"
    assert grouped(AnswerType.MONEY, whole, "en") == "1,999,999,999,999,999,998.00"
    assert grouped(AnswerType.MONEY, f"-{whole}", "ru").endswith("999\u00a0998,00")


@given(st.text(max_size=40))
def test_no_text_is_too_odd_to_be_tidied_and_tidying_twice_changes_nothing(text: str) -> None:
    for kind in AnswerType:
        answer = Answer(key="it", type=kind, region="RU")
        once = clean(answer, text)
        assert clean(answer, once) == once
        check_answer(answer, once, today=TODAY)


@pytest.mark.parametrize(
    ("text", "worth"),
    [("1/3", Fraction(1, 3)), ("50%", Fraction(1, 2)), ("12.5%", Fraction(1, 8)), ("1/0", None)],
)
def test_a_share_is_a_fraction_or_a_percentage(text: str, worth: Fraction | None) -> None:
    assert share_of(text) == worth


@pytest.mark.parametrize("typed", ["4/3", "0/5", "120 %", "половина", "1/0"])
def test_a_share_of_nothing_or_of_more_than_the_whole_is_refused(typed: str) -> None:
    assert problem(AnswerType.SHARE, typed) == errors.FORMAT_PROBLEMS["share"]


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (AnswerType.PERCENT, "100,01"),
        (AnswerType.PERCENT, "1.234"),
        (AnswerType.NUMBER, "два"),
        (AnswerType.NUMBER, "1" * 16),
        (AnswerType.DECIMAL, "1.23456"),
        (AnswerType.YEAR, "25"),
        (AnswerType.BIC, "12345"),
        (AnswerType.ACCOUNT, "4070281013825012301"),
        (AnswerType.EMAIL, "anna at example.org"),
        (AnswerType.FIO, "Анна"),
        (AnswerType.PHONE, "one two"),
        (AnswerType.YEAR, "٢٠٢٥"),
    ],
)
def test_what_is_no_number_of_its_kind_is_refused_with_words(kind: AnswerType, typed: str) -> None:
    assert problem(kind, typed, region="RU") in (
        errors.FORMAT_PROBLEMS[kind.value],
        errors.NOT_PRINTABLE,
    )


def test_a_year_that_has_not_come_is_refused_unless_it_may_lie_ahead() -> None:
    assert problem(AnswerType.YEAR, "2027") == errors.YEAR_AHEAD
    assert problem(AnswerType.YEAR, "2027", future=True) == ""


def test_a_telephone_number_is_kept_with_its_country() -> None:
    answer = Answer(key="it", type=AnswerType.PHONE, region="RU")
    assert clean(answer, "8 (921) 555-01-23") == "+7 921 555-01-23"
    assert clean(answer, "+44 20 7946 0018") == "+44 20 7946 0018"


def test_sums_and_numbers_are_written_out_in_the_language_of_the_form() -> None:
    said = in_words(AnswerType.MONEY, "1202.05", language="ru", currency="RUB")
    assert said == "одна тысяча двести два рубля пять копеек"
    assert in_words(AnswerType.MONEY, "2.00", language="en", currency="GBP").startswith(
        "two pounds"
    )
    assert in_words(AnswerType.NUMBER, "21", language="ru", currency="RUB") == "двадцать один"
    assert in_words(AnswerType.MONEY, "сто", language="ru", currency="RUB") == ""
