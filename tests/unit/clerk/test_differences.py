"""Differences: told so that a person sees them, and sorted by what explains them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.clerk.rules.differences import (
    Sort,
    difference,
    same_but_endings,
    says_in_full,
    untidy,
)


@pytest.mark.parametrize(
    ("one", "other", "sort"),
    [
        ("гор. Ленинград", "гор.  Ленинград", Sort.SPACES),
        ("Север-Строй", "Север–Строй", Sort.HYPHENS),
        ("Ёлкина", "Елкина", Sort.YO),
        ("Quay ward", "Quay Ward", Sort.CASE),
        ("АО «Море»", "AO «Море»", Sort.ALPHABET),
        ("дом 5", "дом 7", Sort.LETTERS),
    ],
)
def test_a_difference_is_sorted_by_what_explains_it(one: str, other: str, sort: Sort) -> None:
    found = difference(one, other)
    assert found is not None
    assert found.sort is sort


def test_the_letters_that_differ_are_marked() -> None:
    found = difference("Ёлкина", "Елкина")
    assert found is not None
    assert [(piece.text, piece.marked) for piece in found.one] == [("Ё", True), ("лкина", False)]


@given(st.text(max_size=200), st.text(max_size=200))
def test_both_texts_are_told_whole(one: str, other: str) -> None:
    found = difference(one, other)
    if found is None:
        assert one == other
        return
    assert "".join(piece.text for piece in found.one) == one
    assert "".join(piece.text for piece in found.other) == other


def test_a_long_text_is_marked_as_a_whole() -> None:
    found = difference("а" * 3000, "б" * 3000)
    assert found is not None
    assert [len(piece.text) for piece in found.one] == [3000]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Муниципальный совет Тихая Гавань", "Муниципального совета Тихая Гавань", True),
        ("Муниципальный совет Тихая Гавань", "Муниципального совета города Тихая Гавань", False),
        ("Совет округа № 3", "Совета округа № 8", False),
        ("", "", True),
    ],
)
def test_names_that_differ_by_endings_are_the_same(one: str, other: str, *, same: bool) -> None:
    assert same_but_endings(one, other) is same


@given(st.text())
def test_any_text_can_be_looked_at(text: str) -> None:
    assert set(untidy(text)) <= set(Sort)


@pytest.mark.parametrize(
    ("short", "full", "alike"),
    [
        ("Тихая Гавань", "Совета муниципального округа Тихая Гавань", True),
        ("МО Тихая Гавань", "Совета муниципального округа Тихая Гавань", True),
        ("город Петергоф", "Совета муниципального округа города Петергофа", True),
        ("Тихая Гавань", "Совета муниципального округа Тихая Пристань", False),
        ("Гавань", "Совета муниципального округа Тихая Гавань", False),
        ("Приморский", "Совета муниципального округа Южно-Приморский", False),
        ("Тихая Гавань", "Совета муниципального округа Гавань", False),
        ("МО", "Совета муниципального округа", False),
        ("", "Совета", False),
    ],
)
def test_a_full_name_is_the_short_one_with_nothing_but_its_kind_around(
    short: str, full: str, alike: bool
) -> None:
    beside = ("совет", "муниципальный", "округ", "город", "МО")
    assert says_in_full(short, full, beside) is alike
