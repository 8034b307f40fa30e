"""Answers as people read them: days are said, choices are named, the rest stays as typed."""

from __future__ import annotations

import pytest
from flask import Flask, session

from quests.evidence.saying import answer_words
from quests.route.shape import FieldType, FormField
from quests.route.words import FieldWords

WORDS = FieldWords(label="Day")


@pytest.mark.parametrize(
    ("language", "typed", "said"),
    [
        ("ru", "2026-07-12", "12\u00a0июля\u00a02026"),
        ("en", "2026-07-12", "12\u00a0July\u00a02026"),
        ("en", "12.07", "12.07"),
        ("en", "", ""),
    ],
)
def test_a_day_is_said_as_people_say_it(
    program: Flask, language: str, typed: str, said: str
) -> None:
    asked = FormField(key="day", type=FieldType.DATE)
    with program.test_request_context():
        session["language"] = language
        assert answer_words(asked, WORDS, typed) == said
