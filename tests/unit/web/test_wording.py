"""Days, moments, money and counts as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from app.web import wording

DAY = date(2026, 7, 12)
NOON = datetime(2026, 7, 12, 9, 5, tzinfo=UTC)


def test_a_day_is_said_with_its_weekday() -> None:
    assert wording.day(DAY, "ru", this_year=2026) == "12\u00a0июля, воскресенье"
    assert wording.day(DAY, "en", this_year=2026) == "Sunday 12\u00a0July"


def test_a_day_of_another_year_names_it() -> None:
    assert wording.day(DAY, "ru", this_year=2025).startswith("12\u00a0июля 2026")
    assert wording.day(DAY, "en", this_year=2025) == "Sunday 12\u00a0July 2026"


def test_a_short_day_stays_on_one_line() -> None:
    assert wording.day_short(DAY, "ru") == "12\u00a0июля"
    assert wording.day_short(DAY, "en") == "12\u00a0July"


def test_a_moment_is_shown_in_the_zone_it_belongs_to() -> None:
    said = wording.moment(NOON, "ru", "Europe/Moscow", this_year=2026)
    assert said == "12\u00a0июля, 12:05"
    said = wording.moment(NOON, "en", "Europe/London", this_year=2026)
    assert said == "12\u00a0July, 10:05"


def test_a_moment_near_midnight_falls_on_the_zones_own_day() -> None:
    late = datetime(2026, 12, 31, 22, 30, tzinfo=UTC)
    said = wording.moment(late, "ru", "Europe/Moscow", this_year=2026)
    assert said == "1\u00a0января\u00a02027, 01:30"


@pytest.mark.parametrize(
    ("minor", "currency", "language", "said"),
    [
        (150_000, "RUB", "ru", "1\u00a0500\u00a0₽"),
        (150_050, "RUB", "ru", "1\u00a0500,50\u00a0₽"),
        (150_000, "GBP", "en", "£1,500"),
        (5, "GBP", "en", "£0.05"),
        (0, "RUB", "ru", "0\u00a0₽"),
        (-150_000, "GBP", "en", "−£1,500"),
        (150_000, "RUB", "en", "RUB\u00a01,500"),
        (150_050, "RUB", "en", "RUB\u00a01,500.50"),
        (-150_000, "RUB", "en", "−RUB\u00a01,500"),
        (150_000, "GBP", "ru", "1\u00a0500\u00a0£"),
    ],
)
def test_money_has_its_sign_and_no_empty_decimals(
    minor: int, currency: str, language: str, said: str
) -> None:
    assert wording.money(minor, currency, language) == said


@pytest.mark.parametrize(
    ("count", "ru", "en"),
    [
        (1, "остался 1\u00a0день", None),
        (2, "осталось 2\u00a0дня", "2\u00a0days left"),
        (5, "осталось 5\u00a0дней", "5\u00a0days left"),
        (11, "осталось 11\u00a0дней", "11\u00a0days left"),
        (21, "остался 21\u00a0день", "21\u00a0days left"),
        (22, "осталось 22\u00a0дня", "22\u00a0days left"),
        (112, "осталось 112\u00a0дней", "112\u00a0days left"),
    ],
)
def test_days_left_are_counted_in_the_right_form(count: int, ru: str, en: str | None) -> None:
    day = DAY + timedelta(days=count)
    if en is None:
        assert wording.days_left(day, DAY, "ru") == "завтра"
        assert wording.days_left(day, DAY, "en") == "tomorrow"
        return
    assert wording.days_left(day, DAY, "ru") == ru
    assert wording.days_left(day, DAY, "en") == en


def test_today_and_days_gone_are_said_as_such() -> None:
    assert wording.days_left(DAY, DAY, "ru") == "сегодня"
    assert wording.days_left(DAY, DAY, "en") == "today"
    assert wording.days_left(DAY - timedelta(days=1), DAY, "ru") == "1\u00a0день назад"
    assert wording.days_left(DAY - timedelta(days=1), DAY, "en") == "1\u00a0day ago"
    assert wording.days_left(DAY - timedelta(days=3), DAY, "ru") == "3\u00a0дня назад"


@pytest.mark.parametrize(
    ("length", "ru", "en"),
    [
        (timedelta(seconds=-5), "меньше минуты", "less than a minute"),
        (timedelta(seconds=59), "меньше минуты", "less than a minute"),
        (timedelta(minutes=1), "1\u00a0мин", "1\u00a0min"),
        (timedelta(minutes=59, seconds=59), "59\u00a0мин", "59\u00a0min"),
        (timedelta(hours=1), "1\u00a0ч", "1\u00a0hour"),
        (timedelta(hours=47), "47\u00a0ч", "47\u00a0hours"),
        (timedelta(hours=48), "2\u00a0дня", "2\u00a0days"),
        (timedelta(days=21), "21\u00a0день", "21\u00a0days"),
    ],
)
def test_a_span_is_said_in_its_largest_sensible_unit(length: timedelta, ru: str, en: str) -> None:
    assert wording.span(length, "ru") == ru
    assert wording.span(length, "en") == en


def test_numbers_are_grouped_as_the_language_does() -> None:
    assert wording.number(12_345, "en") == "12,345"
    assert wording.number(12_345, "ru") == "12\u00a0345"
