"""The days on signed papers as they are typed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.clerk.rules.told import SigningDays, read_told, signing_days

TODAY = date(2026, 11, 22)
DAYS = SigningDays(first=date(2025, 11, 20), today=TODAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5.11", date(2026, 11, 5)),
        ("0511", date(2026, 11, 5)),
        ("05112026", date(2026, 11, 5)),
        ("05.11.26", date(2026, 11, 5)),
        ("2026-11-05", date(2026, 11, 5)),
        ("22.11", TODAY),
        ("23.11", date(2025, 11, 23)),
    ],
)
def test_a_day_is_taken_as_it_is_typed_with_one_thumb(text: str, day: date) -> None:
    told = read_told({"date": text}, ["date"], DAYS)
    assert (told.days, told.wrong) == ({"date": day}, {})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("31.02.2026", "no_day"),
        ("31.02", "no_day"),
        ("tomorrow", "no_day"),
        ("23.11.2026", "ahead"),
        ("01.01.2031", "ahead"),
        ("19.11.2025", "long_ago"),
        ("01.01.1900", "long_ago"),
    ],
)
def test_a_day_on_which_nobody_can_have_signed_is_told(text: str, code: str) -> None:
    assert read_told({"date": text}, ["date"], DAYS).wrong == {"date": code}


def test_a_place_with_nothing_typed_has_no_day() -> None:
    told = read_told({"date": ""}, ["date", "other"], DAYS)
    assert (told.days, told.wrong) == ({"date": None, "other": None}, {})


def test_papers_are_signed_at_the_earliest_a_year_before_the_campaign() -> None:
    polling = date(2027, 1, 20)
    known = signing_days(published_on=date(2026, 11, 20), polling_day=polling, today=TODAY)
    assert known == DAYS
    unknown = signing_days(published_on=None, polling_day=polling, today=TODAY)
    assert unknown.first == date(2026, 1, 20)


@given(st.text(max_size=40))
def test_nothing_typed_brings_it_down(text: str) -> None:
    read_told({"date": text}, ["date"], DAYS)
