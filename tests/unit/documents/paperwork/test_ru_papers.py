"""What the papers of the Petersburg pack ask, when they are needed, and what they never fill in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.demo.papers_ru import ANSWERED, LISTED, NOTHING_LISTED
from documents.paperwork.rules.fitting import room_at
from documents.paperwork.rules.interview import is_needed
from documents.paperwork.shape import Answer, AnswerType, Overflow, Value
from tests.paperwork_world import (
    RU,
    Typed,
    composed,
    documents_of,
    given_of,
    interview_of,
    text_of,
)

DOCUMENTS = documents_of(RU)
WHOLE: Typed = {**ANSWERED, **LISTED, **dict.fromkeys(NOTHING_LISTED, "none")}
PRINTED = [key for key, kind in DOCUMENTS.listed.items() if kind.is_printed]
NO_PAPER_OF_FACTS = {"D15", "D16"}
"""The signature sheets and their protocol are made elsewhere in the program."""
REPORTS = ("first", "final")
IN, IMPROPER = ("30", "40", "50", "60"), ("80", "90", "100", "110")
RETURNED, WITHIN_140 = ("130", "180"), ("150", "160", "170")
SPENT = ("200", "220", "230", "240", "250", "260", "270", "280")
LEAVES = (*IN, *IMPROPER, *RETURNED, *WITHIN_140, *SPENT, "210", "290")
SURE = {
    AnswerType.DATE: "2001-12-31",
    AnswerType.PASSPORT: "40 05 123456",
    AnswerType.UNIT_CODE: "780-001",
    AnswerType.INN: "500100732259",
    AnswerType.SNILS: "112-233-445 95",
    AnswerType.MONEY: "123456789012.34",
    AnswerType.NUMBER: "1234",
    AnswerType.DECIMAL: "12345678.99",
    AnswerType.YEAR: "2020",
    AnswerType.BIC: "044525225",
    AnswerType.ACCOUNT: "40702810138250123017",
}
ROWS = 3


def needed(**said: str | Sequence[Mapping[str, str]]) -> set[str]:
    """Give the papers that somebody who has answered so must have."""
    found = given_of(DOCUMENTS, said)
    return {
        key
        for key, kind in DOCUMENTS.listed.items()
        if not kind.optional and is_needed(kind, found)
    }


def page_of(kind: str, answers: Typed) -> str:
    return composed(DOCUMENTS, kind, answers).sheet.html


def test_every_paper_of_the_facts_is_there_once() -> None:
    codes = [kind.code for kind in DOCUMENTS.listed.values()]
    expected = {f"D{number}" for number in range(1, 26)} - {"D10"} - NO_PAPER_OF_FACTS
    assert expected <= set(codes)
    assert set(codes) - expected == {"D11A", "D11B", "D12N"}
    assert len(codes) == len(set(codes))


def test_no_wording_counts_as_official_before_somebody_has_compared_it() -> None:
    assert not any(
        version.official for kind in DOCUMENTS.kinds.values() for version in kind.version
    )


def test_nothing_is_told_beside_a_field_that_nobody_could_verify() -> None:
    asked = [
        one.status
        for words in DOCUMENTS.words.values()
        for answer in words.answer.values()
        for one in answer.asked
    ]
    assert len(asked) > 50
    assert "?" not in asked


def test_a_page_of_questions_stays_small() -> None:
    sizes = {
        (kind.key, page.key): len(page.fields)
        for kind in DOCUMENTS.kinds.values()
        for page in kind.page
    }
    # The parts of one address belong together.
    assert {key for key, size in sizes.items() if size > 7} == {
        ("consent", "address"),
        ("agent_attorney", "address"),
        ("materials_notice", "address"),
        ("complaint", "address"),
    }


@pytest.mark.parametrize("kind", PRINTED)
def test_dates_and_signatures_are_left_to_the_hand(kind: str) -> None:
    page = page_of(kind, WHOLE)
    blanks = re.findall(r'<span class="blank-line">(.*?)</span>', page)
    assert blanks
    assert set(map(unescape, blanks)) == {"\u00a0"}


@pytest.mark.parametrize("kind", ["income", "first_report", "final_report"])
def test_what_is_not_answered_is_asked_before_the_paper_is_issued(kind: str) -> None:
    missing = {question.answer.key for question in interview_of(DOCUMENTS, kind, {}).in_the_way}
    wanted = {place.answer for place in DOCUMENTS.kinds[kind].field if place.required}
    assert missing == wanted


def test_the_fund_is_asked_for_until_somebody_says_there_is_none() -> None:
    with_fund = {"fund_notice", "account_data", "first_report", "final_report"}
    assert with_fund <= needed()
    assert with_fund <= needed(fund_way="account")
    assert not with_fund & needed(fund_way="no_fund")
    assert "no_fund_notice" in needed(fund_way="no_fund")
    assert "no_fund_notice" not in needed() | needed(fund_way="account")


def test_a_district_of_more_than_five_thousand_cannot_do_without_a_fund() -> None:
    warned = {
        voters: interview_of(
            DOCUMENTS, "no_fund_notice", {"fund_way": "no_fund", "district_voters": voters}
        )
        for voters in ("4999", "5000", "5001", "12000")
    }
    told = {
        voters: [q.verdict.warned for q in found.questions if q.answer.key == "district_voters"]
        for voters, found in warned.items()
    }
    assert told == {"4999": [()], "5000": [()], "5001": [("over",)], "12000": [("over",)]}


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("education_stated", "diploma_copy"),
        ("deputy", "deputy_certificate"),
        ("party_stated", "party_certificate"),
        ("renamed", "name_change_copy"),
    ],
)
def test_a_paper_behind_a_statement_is_needed_only_with_it(answer: str, kind: str) -> None:
    assert kind in needed(**{answer: "yes"})
    assert kind not in needed() | needed(**{answer: "no"})


def test_only_a_partys_nominee_brings_its_decision() -> None:
    assert "party_decision" in needed(nominator="association")
    assert "party_decision" not in needed(nominator="self")


def test_what_is_no_longer_stated_is_not_printed() -> None:
    stated = {**WHOLE, "deputy": "yes", "deputy_body": "Совет Гавани"}
    assert "Невский педагогический" in page_of("consent", stated)
    assert "Совет Гавани" in page_of("consent", stated)
    without = page_of("consent", {**stated, "education_stated": "no", "deputy": "no"})
    assert "Невский педагогический" not in without
    assert "Совет Гавани" not in without


def test_no_table_of_property_stays_empty() -> None:
    tables = [
        place.answer
        for place in DOCUMENTS.kinds["income"].field
        if DOCUMENTS.answers[place.answer].is_table
    ]
    page = text_of(page_of("income", {**WHOLE, **dict.fromkeys(tables, "none")}))
    assert len(tables) == 11
    assert page.count("не имею") == len(tables)


def test_an_account_with_nothing_on_it_is_printed() -> None:
    assert "40602810700000000025 | 0,00" in text_of(page_of("income", WHOLE))


def test_property_is_stated_as_of_the_first_of_a_month() -> None:
    def warned(day: str) -> tuple[str, ...]:
        found = interview_of(DOCUMENTS, "income", {"property_on": day})
        return next(q.verdict.warned for q in found.questions if q.answer.key == "property_on")

    assert warned("01.06.2026") == ()
    assert warned("20.06.2026") == ("first",)


def test_every_proxy_consents_on_a_sheet_of_their_own() -> None:
    page = page_of("proxies", WHOLE)
    assert page.count('class="own-sheet"') == len(LISTED["proxies"])


def test_that_nothing_has_changed_is_a_statement_too() -> None:
    assert "изменений в данных о кандидате, представленных ранее, нет" in page_of("changes", WHOLE)


def test_the_surname_is_written_as_in_the_passport() -> None:
    for kind in PRINTED:
        page = text_of(page_of(kind, WHOLE))
        assert "Елкин" not in page
        assert "Ёлкин" in page or kind == "complaint"


sums = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False)


@settings(max_examples=40, deadline=None)
@given(amounts=st.fixed_dictionaries(dict.fromkeys(LEAVES, sums)), report=st.sampled_from(REPORTS))
def test_a_report_adds_up_to_the_kopeck(amounts: Mapping[str, Decimal], report: str) -> None:
    typed = {f"{report}_{line}": f"{amount:.2f}" for line, amount in amounts.items()}
    said = {**WHOLE, **typed}
    found = printed_lines(text_of(page_of(f"{report}_report", said)))

    def of(*lines: str) -> Decimal:
        return sum((amounts[line] for line in lines), Decimal(0))

    line_10, line_120 = of(*IN, *IMPROPER), of(*RETURNED, *WITHIN_140)
    assert {line: found[line] for line in amounts} == dict(amounts)
    assert found["20"] == of(*IN)
    assert found["70"] == of(*IMPROPER)
    assert found["10"] == line_10
    assert found["140"] == of(*WITHIN_140)
    assert found["120"] == line_120
    assert found["190"] == of(*SPENT)
    assert found["300"] == line_10 - line_120 - of(*SPENT) - amounts["290"]


def test_an_empty_report_says_nought_in_every_line() -> None:
    empty = {key: text for key, text in WHOLE.items() if not key.startswith("first_")}
    found = printed_lines(text_of(page_of("first_report", empty)))
    assert set(found.values()) == {Decimal(0)}
    assert len(found) == 30


def printed_lines(page: str) -> dict[str, Decimal]:
    """Give the sums of a printed report by the number of their line."""
    rows = re.findall(r"^.+ \| (\d{2,3}) \| ([–\d ]+,\d\d) \|$", page, re.MULTILINE)
    return {
        line: Decimal(text.replace(" ", "").replace(",", ".").replace("–", "-"))
        for line, text in rows
    }


def longest(value: Value, room: int) -> str:
    """Give the longest answer that the place takes."""
    if value.choices:
        return value.choices[0]
    if value.type in SURE:
        return SURE[value.type]
    names = value.type in (AnswerType.NAME_RU, AnswerType.FIO)
    words = "Голенищева-Кутузова-Задонская " if names else "Долгоречинский № 5-бис, у моста "
    return (words * 200)[: min(value.longest, room)].strip(" -,№")


def room_of(answer: Answer) -> int:
    """Give how much of an answer goes onto every form that asks it."""
    places = [
        place
        for kind in DOCUMENTS.kinds.values()
        for place in kind.field
        if place.answer == answer.key and place.overflow is Overflow.REFUSE
    ]
    return min((room_at(8, place.room) for place in places), default=answer.longest)


@pytest.mark.parametrize("kind", PRINTED)
def test_the_longest_answers_are_printed_whole(kind: str) -> None:
    said: dict[str, str | Sequence[Mapping[str, str]]] = {}
    for key, answer in DOCUMENTS.answers.items():
        row = {column.key: longest(column, column.longest) for column in answer.column}
        said[key] = [row] * ROWS if answer.is_table else longest(answer, room_of(answer))
    said |= {"nominator": "association", "district_kind": "multi"}
    said["fund_way"] = "no_fund" if kind == "no_fund_notice" else "account"
    found = interview_of(DOCUMENTS, kind, said)
    assert [question.answer.key for question in found.in_the_way] == []
    made = composed(DOCUMENTS, kind, said)
    assert made.too_long == ()
    text = squeezed(text_of(made.sheet.html))
    for question in found.questions:
        whole = question.given.text
        if question.asked and question.answer.type in (AnswerType.LINE, AnswerType.TEXT):
            assert squeezed(whole) in text, question.answer.key


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)
