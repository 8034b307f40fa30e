"""Answers as a person reads them, and what is said beside them."""

from __future__ import annotations

from datetime import date

from app.sealing import Seal
from app.web.language import current_language, gettext
from app.web.wording import day_of_year
from quests.route.shape import FieldType, FormField
from quests.route.words import FieldWords

DOTS = "••••"


def other_day(written: str, noted: str) -> str:
    """Say that one of two days must be wrong; nothing while they agree."""
    if not (written and noted) or written == noted:
        return ""
    return gettext("The receipt of the packet says {day}.", day=day_words(noted))


def answer_words(asked: FormField, words: FieldWords, value: str) -> str:
    """Give an answer as a person reads it."""
    if asked.choices and value:
        usual = {"yes": gettext("Yes"), "no": gettext("No")}
        return words.options.get(value) or usual.get(value, value)
    if asked.type is FieldType.DATE and value:
        return day_words(value)
    return value


def day_words(typed: str) -> str:
    """Give a day as people say it; what is no day yet stays as it was typed."""
    try:
        return day_of_year(date.fromisoformat(typed), current_language())
    except ValueError:
        return typed


def sealed_words(asked: FormField, sealed: str, seal: Seal) -> str:
    """Give what may be shown of a sealed answer; of a choice nothing: its end would tell which."""
    return DOTS if asked.choices else seal.hint(sealed)
