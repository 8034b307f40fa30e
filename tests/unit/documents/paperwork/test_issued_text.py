"""What a paper says with whole answers: an example of how golden texts of kinds are made."""

from __future__ import annotations

from tests.paperwork_world import RU, issued_text
from tests.web.paperwork.program import ANSWERS

CONSENT = {key: text for page in ANSWERS[RU].values() for key, text in page.items()}


def test_the_consent_says_who_stands_where_and_the_undertaking() -> None:
    said = issued_text(RU, "consent", CONSENT)
    assert "Я, Ёлкина Анна Петровна, даю согласие баллотироваться" in said
    assert "обязуюсь прекратить деятельность, несовместимую со статусом депутата" in said
    assert "дата рождения — 17 июня 1970 года" in said
