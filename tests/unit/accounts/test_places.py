"""A district is found however people write its street."""

from __future__ import annotations

import pytest

from app.accounts.rules.places import folded, search_text, searched_words


@pytest.mark.parametrize(
    ("typed", "compared"),
    [
        ("  Берёзовая,  УЛ. ", "березовая улица"),
        ("пр. Обороны", "проспект обороны"),
        ("№ 7", "no 7"),
        ("Tulip Street", "tulip street"),
        ("", ""),
    ],
)
def test_case_punctuation_and_yo_do_not_count(typed: str, compared: str) -> None:
    assert folded(typed) == compared


def test_words_for_house_and_flat_do_not_narrow_the_search() -> None:
    assert searched_words("ул. Тихая, д. 5") == ("улица", "тихая", "5")


def test_a_long_query_is_cut_to_eight_words() -> None:
    assert len(searched_words(" ".join(f"w{i}" for i in range(50)))) == 8


def test_every_word_of_a_district_begins_after_a_space() -> None:
    assert search_text("Тихая Гавань", "7", "", "Ёлочная ул.") == " тихая гавань 7 елочная улица "
