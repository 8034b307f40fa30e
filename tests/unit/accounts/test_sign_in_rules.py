"""Delays grow, networks are prefixes, and passwords have a length."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.access import Role
from app.accounts.rules.identity import check_password, clean_name, clean_phone, login_of
from app.accounts.rules.sign_in import (
    Failures,
    after_failure,
    device_of,
    idle_limit,
    needs_second_factor,
    network_of,
)
from app.errors import Refused

NOW = datetime(2026, 6, 24, 9, 0, tzinfo=UTC)


def failures(count: int, *, gap: timedelta = timedelta(0)) -> Failures:
    state, moment = Failures(), NOW
    for _ in range(count):
        state = after_failure(state, free_tries=5, now=moment)
        moment += gap
    return state


def test_the_first_four_failures_cost_nothing() -> None:
    assert failures(4).locked_for(NOW) is None


def test_the_fifth_failure_costs_half_a_minute() -> None:
    assert failures(5).locked_for(NOW) == timedelta(seconds=30)


def test_each_further_failure_doubles_the_delay() -> None:
    assert failures(7).locked_for(NOW) == timedelta(minutes=2)


def test_no_delay_is_longer_than_an_hour() -> None:
    assert failures(500).locked_for(NOW) == timedelta(hours=1)


def test_failures_are_forgotten_after_a_day() -> None:
    assert failures(9, gap=timedelta(hours=25)).locked_for(NOW + timedelta(days=30)) is None


@pytest.mark.parametrize(
    ("address", "prefix"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3::9", "2001:db8:1::/56"),
        ("nonsense", "unknown"),
        (None, "unknown"),
    ],
)
def test_guessing_is_counted_by_network(address: str | None, prefix: str) -> None:
    assert network_of(address) == prefix


def test_a_device_is_two_words() -> None:
    agent = "Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0"
    assert device_of(agent) == "Firefox · Android"


def test_an_unknown_device_is_no_word() -> None:
    assert device_of(None) == ""


def test_a_coordinator_rests_twelve_hours_and_a_candidate_two_weeks() -> None:
    assert idle_limit({Role.COORDINATOR, Role.CANDIDATE}) == timedelta(hours=12)
    assert idle_limit({Role.CANDIDATE}) == timedelta(days=14)


@pytest.mark.parametrize("role", list(Role))
def test_who_reaches_money_or_many_people_needs_a_second_factor(role: Role) -> None:
    obliged = {Role.COORDINATOR, Role.CHIEF, Role.TREASURER}
    assert needs_second_factor({role}) is (role in obliged)


@pytest.mark.parametrize("password", ["", "short", "x" * 9, "x" * 201, "x" * 1_000_000])
def test_a_password_has_ten_to_two_hundred_characters(password: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_password(password)
    assert refusal.value.field == "password"


def test_the_address_is_no_password() -> None:
    with pytest.raises(Refused):
        check_password("Anna@Example.org", login="anna@example.org")


def test_logins_are_compared_without_case_and_width() -> None:
    assert login_of(" Ａnna@Example.ORG ") == "anna@example.org"


@pytest.mark.parametrize("name", ["", "  ", "—", "123", "я" * 200])
def test_a_name_has_letters(name: str) -> None:
    with pytest.raises(Refused):
        clean_name(name)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("+7 (812) 000-00-00", "+78120000000"),
        ("", None),
        (None, None),
        ("020 7946 0000", "02079460000"),
    ],
)
def test_a_phone_is_kept_as_digits(typed: str | None, stored: str | None) -> None:
    assert clean_phone(typed) == stored


@pytest.mark.parametrize("typed", ["call me", "12", "+" * 8, "1" * 30])
def test_a_phone_nobody_could_call_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        clean_phone(typed)
