"""Search over help: word forms in both languages, and what stands first."""

from __future__ import annotations

import unicodedata

import pytest

from quests.help.rules import Entry, HitKind, entry, search, shortened
from quests.help.stemming import query_stems, stem_line


def found(query: str, *entries: Entry) -> list[str]:
    return [hit.title for hit in search(entries, query_stems(query))]


SIGNATURES = entry(HitKind.ARTICLE, "a", "Как собирать подписи", "Подписные листы и сборщики.")
ACCOUNT = entry(HitKind.ARTICLE, "b", "Opening the election account", "Banks need three papers.")
DEPOSIT = entry(HitKind.SEEDED, "c", "Нужен ли залог?", "Нет, нужны подписи.")


@pytest.mark.parametrize("query", ["подпись", "подписей", "ПОДПИСЯМИ", "подписи"])
def test_another_form_of_a_russian_word_is_found(query: str) -> None:
    assert SIGNATURES.title in found(query, SIGNATURES, ACCOUNT)


@pytest.mark.parametrize("query", ["accounts", "opened ACCOUNT", "a bank"])
def test_another_form_of_an_english_word_is_found(query: str) -> None:
    assert found(query, SIGNATURES, ACCOUNT) == [ACCOUNT.title]


def test_a_word_in_the_title_weighs_more() -> None:
    assert found("подписи", DEPOSIT, SIGNATURES) == [SIGNATURES.title, DEPOSIT.title]


def test_an_entry_with_all_words_stands_before_one_with_some() -> None:
    some = entry(HitKind.ARTICLE, "x", "Account", "")
    assert found("election account", some, ACCOUNT)[0] == ACCOUNT.title


def test_fewer_than_half_of_the_words_is_no_answer() -> None:
    assert found("account of a distant galaxy far away", ACCOUNT) == []


def test_yo_and_two_part_letters_do_not_matter() -> None:
    article = entry(HitKind.ARTICLE, "x", "Счёт и займы", "")
    assert found("счет", article)
    assert found(unicodedata.normalize("NFD", "займы счёта"), article)


@pytest.mark.parametrize("query", ["", "  ", "?!", "%", "_", "а", "%_\\"])
def test_a_query_without_words_finds_nothing(query: str) -> None:
    assert found(query, SIGNATURES, ACCOUNT) == []


def test_a_very_long_query_is_cut() -> None:
    assert len(query_stems(" ".join(f"word{n}" for n in range(50)))) == 12


def test_stored_stems_can_be_looked_for_whole() -> None:
    assert stem_line("Ты ты", "тысяча") == f" {' '.join(query_stems('ты тысяча'))} "


def test_a_long_text_is_cut_for_a_list() -> None:
    assert shortened("а" * 160) == "а" * 160
    assert shortened("а" * 161) == "а" * 157 + "…"
