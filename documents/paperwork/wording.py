"""Sums and numbers written out in the language of a form."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from num2words import num2words

from documents.paperwork.shape import AnswerType

MOST_DIGITS = 18
"""With those after the point; the words of larger sums are of no use to anybody."""
_LANGUAGES: Mapping[str, str] = {"ru": "ru", "en": "en_GB"}


@lru_cache(maxsize=1024)
def in_words(kind: AnswerType, text: str, *, language: str, currency: str) -> str:
    """Give a kept sum or whole number in words; empty for anything else.

    ``currency``: of a sum, three letters: "тысяча двести рублей пять копеек".
    """
    known = _LANGUAGES.get(language, language)
    if kind is AnswerType.MONEY and _is_plain(text.replace(".", "", 1)):
        said = num2words(Decimal(text), to="currency", currency=currency, lang=known, separator=" ")
        return " ".join(str(said).split())
    if kind is AnswerType.NUMBER and _is_plain(text):
        return str(num2words(int(text), lang=known))
    return ""


def _is_plain(text: str) -> bool:
    return len(text) < MOST_DIGITS and text.isascii() and text.isdigit()
