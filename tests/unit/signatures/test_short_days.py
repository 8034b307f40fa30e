"""A day without a year: the one that is meant, also where a collecting lies in the year before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.signatures.rules.days import Season, example_day, read_day, short_forms

WINTER = Season(first=date(2026, 11, 20), last=date(2026, 12, 5), latest=date(2027, 2, 14))
NO_PERIOD = Season(first=None, last=None, latest=date(2027, 2, 14))


@pytest.mark.parametrize("season", [WINTER, NO_PERIOD])
@pytest.mark.parametrize("text", ["2111", "21.11", "21.11.26", "21.11.2026"])
def test_a_collecting_before_the_turn_of_the_year_gets_its_own_year(
    season: Season, text: str
) -> None:
    assert read_day(text, season=season) == date(2026, 11, 21)


def test_a_day_outside_the_collecting_is_the_latest_not_after_the_vote() -> None:
    assert read_day("0602", season=WINTER) == date(2027, 2, 6)
    assert read_day("14.2", season=WINTER) == date(2027, 2, 14)
    assert read_day("15.2", season=WINTER) == date(2026, 2, 15)


def test_a_collecting_across_the_turn_of_the_year_has_days_in_both() -> None:
    season = Season(first=date(2026, 12, 20), last=date(2027, 1, 15), latest=date(2027, 3, 14))
    assert read_day("2512", season=season) == date(2026, 12, 25)
    assert read_day("0501", season=season) == date(2027, 1, 5)


def test_a_period_saved_after_the_vote_is_no_reason_to_think_of_a_later_year() -> None:
    wrong = Season(first=date(2027, 11, 20), last=date(2027, 12, 5), latest=date(2027, 2, 14))
    assert read_day("2111", season=wrong) == date(2026, 11, 21)


def test_the_last_of_february_is_found_in_the_leap_year_before_the_vote() -> None:
    assert read_day("2902", season=NO_PERIOD) == date(2024, 2, 29)
    assert read_day("3002", season=NO_PERIOD) is None


@given(
    polling=st.dates(date(1901, 1, 1), date(2399, 12, 31)),
    before=st.integers(1, 300),
    length=st.integers(0, 60),
    day=st.integers(0, 60),
)
def test_any_day_of_the_collecting_is_read_from_its_short_forms(
    polling: date, before: int, length: int, day: int
) -> None:
    first = polling - timedelta(days=before)
    last = min(polling, first + timedelta(days=length))
    meant = min(last, first + timedelta(days=day))
    season = Season(first=first, last=last, latest=polling)
    for text in short_forms(meant):
        assert read_day(text, season=season) == meant


@given(polling=st.dates(date(1910, 1, 1), date(2399, 12, 31)), known=st.booleans(), data=st.data())
def test_no_short_form_is_ever_a_day_after_the_vote(
    polling: date, known: bool, data: st.DataObject
) -> None:
    first = data.draw(st.dates(date(1900, 1, 1), date(2400, 12, 31))) if known else None
    last = data.draw(st.dates(date(1900, 1, 1), date(2400, 12, 31))) if known else None
    month, day = data.draw(st.integers(1, 12)), data.draw(st.integers(1, 28))
    found = read_day(f"{day}.{month}", season=Season(first=first, last=last, latest=polling))
    assert found is not None and found <= polling
    assert (found.month, found.day) == (month, day)


@given(today=st.dates(), first=st.dates(), length=st.integers(0, 90))
def test_the_example_is_a_day_of_the_collecting_and_is_read_as_itself(
    today: date, first: date, length: int
) -> None:
    last = min(date.max.toordinal(), first.toordinal() + length)
    season = Season(first=first, last=date.fromordinal(last), latest=date.fromordinal(last))
    example = example_day(season, today)
    assert first <= example <= date.fromordinal(last)
    for text in short_forms(example):
        assert read_day(text, season=season) == example


def test_the_example_is_today_where_nothing_is_known_and_never_after_the_vote() -> None:
    assert example_day(NO_PERIOD, date(2026, 11, 22)) == date(2026, 11, 22)
    assert example_day(NO_PERIOD, date(2027, 3, 1)) == date(2027, 2, 14)
    assert example_day(WINTER, date(2026, 9, 1)) == date(2026, 11, 20)
    assert example_day(WINTER, date(2027, 1, 7)) == date(2026, 12, 5)
