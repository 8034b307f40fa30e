"""Which pages of an issued paper came back, by the codes on them and by their number."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.paperwork.describing import pages_told
from documents.paperwork.rules.scans import (
    MOST_SCANS,
    CodeVerdict,
    is_wrong,
    page_address,
    page_numbers,
    pages_arrived,
    pages_missing,
    side_by_side,
    tokens_of,
)

TOKEN, ANOTHER = "abcdefghijklmnopqrstuvwx", "zyxwvutsrqponmlkjihgfedc"
ADDRESS = f"https://example.org/check/{TOKEN}"
MATCH, NONE, UNREAD = CodeVerdict.MATCH, CodeVerdict.NONE, CodeVerdict.UNREAD
OTHER, OLDER, FOREIGN = CodeVerdict.OTHER, CodeVerdict.OLDER, CodeVerdict.FOREIGN


@dataclass(frozen=True, slots=True)
class File:
    """One file of a signed paper."""

    code: CodeVerdict
    pages: int
    page_numbers: Sequence[Sequence[int]] | None = None


def page(*numbers: int) -> File:
    """Give a photo of these pages of the newest version."""
    return File(MATCH, 1, [numbers])


@pytest.mark.parametrize(
    ("came", "missing"),
    [
        ([], 3),
        ([File(MATCH, 1), File(NONE, 1), File(UNREAD, 1)], 0),
        ([File(MATCH, 2), File(OTHER, 1)], 1),
        ([File(OLDER, 3)], 3),
        ([File(MATCH, 1), File(FOREIGN, 5)], 2),
        ([File(NONE, 9)], 0),
    ],
)
def test_only_pages_that_may_be_of_this_version_count(came: list[File], missing: int) -> None:
    assert pages_missing(issued=3, came=came) == missing


def test_the_number_is_read_from_the_code_of_a_page() -> None:
    codes = ((page_address(ADDRESS, 2),), (), (page_address(ADDRESS, 1), page_address(ADDRESS, 3)))
    assert page_numbers(codes, token=TOKEN, issued=3) == ((2,), (), (1, 3))


@pytest.mark.parametrize(
    "code",
    [
        ADDRESS,
        f"{ADDRESS}/",
        f"{ADDRESS}/0",
        f"{ADDRESS}/-1",
        f"{ADDRESS}/01",
        f"{ADDRESS}/4",
        f"{ADDRESS}/1/2",
        f"{ADDRESS}/\u0662",
        f"{ADDRESS}/" + "9" * 5000,
        page_address(f"https://example.org/check/{ANOTHER}", 1),
        "]http://[",
    ],
)
def test_what_is_no_page_of_this_version_has_no_number(code: str) -> None:
    assert page_numbers(((code,),), token=TOKEN, issued=3) is None


def test_a_file_that_could_not_be_read_has_no_numbers() -> None:
    assert page_numbers(None, token=TOKEN, issued=3) is None


def test_the_token_is_found_whether_or_not_the_code_says_the_page() -> None:
    assert tokens_of([ADDRESS, page_address(ADDRESS, 1), page_address(ADDRESS, 2)]) == (TOKEN,)


def test_a_page_that_came_twice_counts_once() -> None:
    found = pages_arrived(issued=3, came=[page(1), page(2), page(2)])
    assert (found.missing, found.absent, found.twice) == (1, (3,), (2,))


def test_two_codes_read_on_one_page_are_two_pages() -> None:
    found = pages_arrived(issued=3, came=[page(1, 2), page(3)])
    assert (found.missing, found.absent, found.twice) == (0, (), ())


def test_nothing_is_named_as_long_as_a_page_came_of_which_nobody_knows_which_it_is() -> None:
    found = pages_arrived(issued=4, came=[page(1), File(NONE, 1)])
    assert (found.missing, found.absent) == (2, ())


def test_a_page_of_another_paper_keeps_nothing_from_being_named() -> None:
    found = pages_arrived(issued=2, came=[page(1), File(OTHER, 1)])
    assert (found.missing, found.absent) == (1, (2,))


def test_numbers_beyond_what_was_issued_are_no_numbers() -> None:
    found = pages_arrived(issued=2, came=[page(7), page(0)])
    assert (found.missing, found.absent, found.twice) == (0, (), ())


def test_each_page_stands_beside_the_scan_of_that_page() -> None:
    came = [page(3), File(OTHER, 1), page(1), File(NONE, 1), page(3)]
    seen = [(one.number, one.file, one.again) for one in side_by_side(issued=3, came=came)]
    assert seen == [(1, 2, False), (2, 3, False), (3, 0, False), (3, 4, True), (4, 1, False)]


def test_pages_of_old_papers_stand_in_the_order_in_which_they_came() -> None:
    places = side_by_side(issued=2, came=[File(MATCH, 2), File(NONE, 1)])
    assert [(one.number, one.file, one.page) for one in places] == [(1, 0, 1), (2, 0, 2), (3, 1, 1)]


def test_many_pages_of_which_nobody_knows_which_they_are_are_placed_at_once() -> None:
    came = [File(NONE, 600) for _ in range(MOST_SCANS)]
    began = time.process_time()
    places = side_by_side(issued=1, came=came)
    assert time.process_time() - began < 1
    assert [one.file for one in places] == [file for file in range(MOST_SCANS) for _ in range(600)]


def test_missing_pages_are_told_by_their_numbers() -> None:
    found = pages_arrived(issued=9, came=[page(4), page(6), page(6), page(6)])
    assert pages_told("en", found, issued=9) == (
        "Pages 1–3, 5, 7–9 of 9 have not come.",
        "Page 6 is here more than once; it counts as one.",
    )
    assert pages_told("ru", pages_arrived(issued=3, came=[page(1), page(2)]), issued=3) == (
        "Не пришла страница 3 из 3.",
    )
    assert pages_told("en", pages_arrived(issued=1, came=[page(1)]), issued=1) == ()


@st.composite
def files(draw: st.DrawFn) -> File:
    """Give a file of any sort, with numbers as codes could say them."""
    pages = draw(st.integers(1, 4))
    numbers = st.lists(st.lists(st.integers(-1, 13), max_size=3), max_size=5)
    return File(draw(st.sampled_from(CodeVerdict)), pages, draw(st.none() | numbers))


@given(st.integers(0, 12), st.lists(files(), max_size=6))
def test_counting_and_placing_agree_whatever_came(issued: int, came: list[File]) -> None:
    found, places = pages_arrived(issued=issued, came=came), side_by_side(issued=issued, came=came)
    gaps = [place.number for place in places if place.file is None]
    assert len(gaps) == found.missing <= issued
    assert not found.absent or list(found.absent) == gaps
    assert [each.number for each in places if not each.again] == list(
        range(1, 1 + len({each.number for each in places}))
    )
    assert {each.number for each in places if each.again} == set(found.twice)
    shown = {(each.file, each.page) for each in places if each.file is not None}
    everything = {(at, one) for at, file in enumerate(came) for one in range(1, file.pages + 1)}
    assert shown == everything
    right = sum(file.pages for file in came if not is_wrong(file.code))
    assert found.missing >= issued - right or any(
        len(numbers) > 1 for file in came for numbers in file.page_numbers or ()
    )


@given(st.integers(1, 7), st.lists(files(), max_size=6), files())
def test_one_more_file_never_makes_more_pages_missing(
    issued: int, came: list[File], more: File
) -> None:
    before = pages_missing(issued=issued, came=came)
    assert pages_missing(issued=issued, came=[*came, more]) <= before


LATE = File(MATCH, 1)
"""A photo of a page after the last numbered one: its code names the paper only."""


def test_a_late_page_does_not_stand_for_a_numbered_one() -> None:
    came = [page(1), *(page(number) for number in range(3, 9)), LATE, LATE]
    found = pages_arrived(issued=10, came=came)
    assert (found.missing, found.absent) == (1, (2,))
    again = pages_arrived(issued=10, came=[*came, LATE])
    assert (again.missing, again.absent) == (1, (2,))
    places = side_by_side(issued=10, came=came)
    assert [place.file for place in places] == [0, None, 1, 2, 3, 4, 5, 6, 7, 8]


def test_which_of_the_late_pages_is_missing_is_not_guessed() -> None:
    came = [*(page(number) for number in range(1, 9)), LATE]
    found = pages_arrived(issued=10, came=came)
    assert (found.missing, found.absent) == (1, ())
    assert pages_arrived(issued=10, came=came[:-1]).absent == (9, 10)


def test_a_late_page_that_nobody_could_read_may_be_any() -> None:
    came = [*(page(number) for number in range(1, 8)), LATE, File(UNREAD, 1)]
    found = pages_arrived(issued=10, came=came)
    assert (found.missing, found.absent) == (1, ())


def test_of_a_long_paper_of_the_time_before_every_page_may_be_any() -> None:
    assert pages_missing(issued=10, came=[LATE] * 10) == 0
    assert pages_missing(issued=10, came=[LATE] * 9) == 1
