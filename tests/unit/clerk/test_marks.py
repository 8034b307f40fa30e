"""The way from a finding to its field: the mark says which rule at which answer, and no more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.clerk.rules.marks import Mark, home_of, is_about, read_mark
from tests.paperwork_world import RU
from tests.unit.clerk.test_refusals_ru import CONSENT
from tests.unit.clerk.world import Desk, clerk_of


@pytest.mark.parametrize(
    "mark",
    [Mark(rule="yo", answer="surname"), Mark(rule="yo", answer="surname", upto="nomination")],
)
def test_a_mark_is_read_as_it_was_written(mark: Mark) -> None:
    assert read_mark(mark.text) == mark


@pytest.mark.parametrize("text", ["", ".", "yo", "yo.", ".a", "a..b", "a.b.c.d", "a." + "b" * 300])
def test_what_is_no_mark_is_read_as_none(text: str) -> None:
    assert read_mark(text) is None


@given(text=st.text(max_size=300))
def test_nothing_breaks_reading_a_mark(text: str) -> None:
    found = read_mark(text)
    assert found is None or found.text == text


def test_a_mark_means_the_same_finding_whatever_the_value_is_by_now() -> None:
    desk = Desk(pack_id=RU, answers=dict(CONSENT), known={"council": "Совет другого округа"})
    mark, rule = Mark(rule="council_name", answer="council"), clerk_of(RU).rules["council_name"]
    for value in ("Совета округа Первого", "Совета округа Второго"):
        desk.answers["council"] = value
        (found,) = desk.findings("council_name")
        assert is_about(found, mark, rule, desk.case())
        assert not is_about(found, Mark(rule="council_name", answer="surname"), rule, desk.case())
        assert not is_about(found, Mark(rule="yo", answer="council"), rule, desk.case())


def test_what_is_missing_on_a_page_stays_one_finding_until_all_of_it_is_answered() -> None:
    answers = {key: text for key, text in CONSENT.items() if key not in ("surname", "first_name")}
    desk = Desk(pack_id=RU, answers=dict(answers), kinds=("consent",))
    rule = clerk_of(RU).rules["unanswered"]
    mark = Mark(rule="unanswered", answer="surname")

    def left() -> list[tuple[str, ...]]:
        found, case = desk.findings("unanswered"), desk.case()
        return [each.answers for each in found if is_about(each, mark, rule, case)]

    assert left() == [("surname", "first_name")]
    desk.answers["surname"] = CONSENT["surname"]
    assert left() == [("first_name",)]
    desk.answers["first_name"] = CONSENT["first_name"]
    assert left() == []


def test_a_finding_is_mended_in_the_paper_that_asks_for_its_answer() -> None:
    desk = Desk(pack_id=RU, answers=dict(CONSENT), known={"council": "Совет другого округа"})
    (found,) = desk.findings("council_name")
    assert home_of(found, desk.case()) == "consent"


def test_a_mark_of_a_whole_paper_is_read_as_it_was_written_and_means_no_answer() -> None:
    for mark in (Mark(rule="unissued", paper="consent"), Mark(rule="a", paper="b", upto="c")):
        assert read_mark(mark.text) == mark
    assert read_mark("unissued.paper-") is None


def test_a_mark_of_a_whole_paper_means_what_is_mended_in_it() -> None:
    desk = Desk(pack_id=RU, answers=dict(CONSENT), known={"council": "Совет другого округа"})
    (found,) = desk.findings("council_name")
    rule, case = clerk_of(RU).rules["council_name"], desk.case()
    assert is_about(found, Mark(rule="council_name", paper="consent"), rule, case)
    assert not is_about(found, Mark(rule="council_name", paper="income"), rule, case)
    assert not is_about(found, Mark(rule="yo", paper="consent"), rule, case)
