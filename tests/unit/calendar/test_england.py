"""England's dates against published timetables and an independent library."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from uk_election_timetables.calendars import Country
from uk_election_timetables.elections.local import LocalElection

from app.calendar import Anchors, compute_dates
from tests.unit.calendar.places import ENGLAND, days, moments

PUBLISHED = {
    # Electoral Commission media page, 4 May 2023; bracketed values computed.
    date(2023, 5, 4): {
        "notice_of_election_latest": "2023-03-27",
        "nominations_close": "2023-04-04 16:00",
        "statement_of_persons_nominated": "2023-04-05 16:00",
        "register_to_vote": "2023-04-17 23:59",
        "postal_vote_application": "2023-04-18 17:00",
        "proxy_application": "2023-04-25 17:00",
        "voter_authority_certificate": "2023-04-25 17:00",
        "polling_counting_agents": "2023-04-26",
        "lost_postal_replacement_from": "2023-04-27",
    },
    # ALDC quoting the Electoral Commission, 2 May 2024.
    date(2024, 5, 2): {
        "notice_of_election_latest": "2024-03-26",
        "nominations_close": "2024-04-05 16:00",
        "consent_earliest_signature": "2024-03-05",
        "statement_of_persons_nominated": "2024-04-08 16:00",
        "register_to_vote": "2024-04-16 23:59",
        "postal_vote_application": "2024-04-17 17:00",
        "proxy_application": "2024-04-24 17:00",
        "polling_counting_agents": "2024-04-25",
        "lost_postal_replacement_from": "2024-04-26",
    },
    # Electoral Commission as quoted by ALDC; Lambeth and Stroud, by-elections of 1 May 2025.
    date(2025, 5, 1): {
        "notice_of_election_latest": "2025-03-25",
        "nominations_close": "2025-04-02 16:00",
        "withdrawal": "2025-04-02 16:00",
        "statement_of_persons_nominated": "2025-04-03 16:00",
        "register_to_vote": "2025-04-11 23:59",
        "postal_vote_application": "2025-04-14 17:00",
        "proxy_application": "2025-04-23 17:00",
        "voter_authority_certificate": "2025-04-23 17:00",
        "notice_of_poll_latest": "2025-04-23",
        "emergency_proxy_opens": "2025-04-23 17:00",
        "polling_counting_agents": "2025-04-24",
        "lost_postal_replacement_from": "2025-04-25",
        "lost_postal_replacement": "2025-05-01 17:00",
        "temporary_voter_authority_certificate": "2025-05-01 22:00",
    },
    # North Yorkshire, by-election of 13 February 2025; up to the poll a parish counts alike.
    date(2025, 2, 13): {
        "notice_of_election_latest": "2025-01-09",
        "nominations_close": "2025-01-17 16:00",
        "statement_of_persons_nominated": "2025-01-20 16:00",
        "register_to_vote": "2025-01-28 23:59",
        "postal_vote_application": "2025-01-29 17:00",
        "proxy_application": "2025-02-05 17:00",
        "polling_counting_agents": "2025-02-06",
        "lost_postal_replacement_from": "2025-02-07",
        "clerical_error_register_fix": "2025-02-13 21:00",
    },
    # Warwick District Council, by-election of 2 December 2021.
    date(2021, 12, 2): {
        "notice_of_election_latest": "2021-10-28",
        "nominations_close": "2021-11-05 16:00",
        "statement_of_persons_nominated": "2021-11-08 16:00",
        "register_to_vote": "2021-11-16 23:59",
        "postal_vote_application": "2021-11-17 17:00",
        "proxy_application": "2021-11-24 17:00",
        "polling_counting_agents": "2021-11-25",
        "lost_postal_replacement_from": "2021-11-26",
    },
}


@pytest.mark.parametrize("poll", PUBLISHED, ids=str)
def test_a_published_timetable_is_reproduced(poll: date) -> None:
    computed = moments(ENGLAND, Anchors(polling_day=poll))
    assert {key: computed[key] for key in PUBLISHED[poll]} == PUBLISHED[poll]


@pytest.mark.parametrize(
    ("declared", "due"),
    [
        (date(2024, 5, 2), date(2024, 6, 6)),
        (date(2024, 5, 3), date(2024, 6, 7)),
        (date(2024, 5, 4), date(2024, 6, 10)),
        (date(2024, 5, 5), date(2024, 6, 10)),
        (date(2024, 5, 6), date(2024, 6, 10)),
        (date(2025, 5, 1), date(2025, 6, 5)),
        (date(2025, 5, 2), date(2025, 6, 6)),
        (date(2025, 5, 3), date(2025, 6, 9)),
        (date(2025, 5, 5), date(2025, 6, 9)),
        (date(2025, 5, 6), date(2025, 6, 10)),
    ],
    ids=str,
)
def test_the_return_of_expenses_falls_on_the_published_day(declared: date, due: date) -> None:
    anchors = Anchors(polling_day=date(declared.year, 5, 1), declared=declared)
    assert days(ENGLAND, anchors)["return_of_expenses"] == due


@pytest.mark.parametrize("year", range(2013, 2029))
def test_every_thursday_agrees_with_the_independent_library(year: int) -> None:
    poll = date(year, 1, 1) + timedelta(days=(3 - date(year, 1, 1).weekday()) % 7)
    while poll.year == year:
        _agrees_with_the_library(poll)
        poll += timedelta(days=7)


@pytest.mark.parametrize(
    "poll",
    [
        date(2022, 6, 14),
        date(2022, 6, 7),
        date(2022, 9, 21),
        date(2022, 10, 11),
        date(2023, 5, 10),
        date(2020, 5, 12),
        date(2021, 12, 29),
        date(2023, 1, 4),
        date(2024, 1, 5),
        date(2026, 12, 30),
        date(2027, 4, 1),
        date(2025, 4, 22),
        date(2022, 12, 31),
    ],
    ids=str,
)
def test_polls_near_moved_and_proclaimed_holidays_agree_with_the_library(poll: date) -> None:
    _agrees_with_the_library(poll)


def _agrees_with_the_library(poll: date) -> None:
    theirs = LocalElection(poll, Country.ENGLAND)
    ours = days(ENGLAND, Anchors(polling_day=poll))
    assert {
        "notice_of_election_latest": ours["notice_of_election_latest"],
        "register_to_vote": ours["register_to_vote"],
        "nominations_close": ours["nominations_close"],
        "statement_of_persons_nominated": ours["statement_of_persons_nominated"],
        "postal_vote_application": ours["postal_vote_application"],
        "voter_authority_certificate": ours["voter_authority_certificate"],
    } == {
        "notice_of_election_latest": theirs.notice_of_election_deadline,
        "register_to_vote": theirs.registration_deadline,
        "nominations_close": theirs.close_of_nominations,
        "statement_of_persons_nominated": theirs.sopn_publish_deadline,
        "postal_vote_application": theirs.postal_vote_application_deadline,
        "voter_authority_certificate": theirs.vac_application_deadline,
    }, poll


def test_what_shares_the_close_of_nominations_falls_with_it() -> None:
    computed = moments(ENGLAND, Anchors(polling_day=date(2026, 5, 7)))
    together = ("withdrawal", "election_agent_appointment", "certificate", "emblem")
    assert {computed[key] for key in together} == {computed["nominations_close"]}


def test_a_short_period_after_the_result_counts_working_days_only() -> None:
    anchors = Anchors(polling_day=date(2024, 5, 2), return_delivered=date(2024, 5, 23))
    # 27 May 2024 was a bank holiday.
    assert days(ENGLAND, anchors)["candidate_declaration"] == date(2024, 6, 4)


def test_a_last_day_on_a_bank_holiday_moves_past_it() -> None:
    # 4 May + 21 is Saturday 25 May; Monday 27 May is a bank holiday.
    anchors = Anchors(polling_day=date(2024, 5, 2), declared=date(2024, 5, 4))
    assert days(ENGLAND, anchors)["claims_received"] == date(2024, 5, 28)


def test_a_last_day_on_christmas_eve_moves_past_the_holidays() -> None:
    anchors = Anchors(polling_day=date(2024, 11, 19), declared=date(2024, 11, 19))
    assert days(ENGLAND, anchors)["return_of_expenses"] == date(2024, 12, 27)


def test_the_donation_period_begins_with_the_day_of_receipt_and_is_not_moved() -> None:
    anchors = Anchors(polling_day=date(2025, 5, 1), receipt=date(2025, 5, 2))
    assert days(ENGLAND, anchors)["donation_return"] == date(2025, 5, 31)


def test_two_months_for_acceptance_end_with_the_month_when_it_has_no_such_day() -> None:
    assert days(ENGLAND, Anchors(polling_day=date(2021, 12, 30)))["acceptance_of_office"] == date(
        2022, 2, 28
    )


def test_consent_opens_a_calendar_month_before_the_close_even_across_february() -> None:
    # Nominations for 28 April 2022 closed on 29 or 30 March; 29 February did not exist in 2022.
    computed = days(ENGLAND, Anchors(polling_day=date(2022, 4, 28)))
    assert computed["nominations_close"] == date(2022, 3, 30)
    assert computed["consent_earliest_signature"] == date(2022, 2, 28)


def test_an_early_notice_moves_nothing() -> None:
    poll = date(2026, 5, 7)
    assert days(ENGLAND, Anchors(polling_day=poll, published=date(2026, 3, 16))) == days(
        ENGLAND, Anchors(polling_day=poll)
    )


def test_the_opening_of_nominations_is_asked_for_and_not_guessed() -> None:
    poll = date(2026, 5, 7)
    opening = compute_dates(ENGLAND, Anchors(polling_day=poll))["nominations_open"]
    assert (opening.on, opening.missing) == (None, ("nominations_open",))
    told = Anchors(polling_day=poll, nominations_open=date(2026, 3, 24))
    assert days(ENGLAND, told)["nominations_open"] == date(2026, 3, 24)


def test_a_deadline_after_the_result_says_that_the_declaration_is_missing() -> None:
    due = compute_dates(ENGLAND, Anchors(polling_day=date(2026, 5, 7)))["return_of_expenses"]
    assert (due.on, due.at, due.missing) == (None, None, ("declared",))


@pytest.mark.parametrize("typed", [date.min, date(26, 5, 7), date.max], ids=str)
def test_a_day_of_an_impossible_year_counts_as_not_known(typed: date) -> None:
    due = compute_dates(ENGLAND, Anchors(polling_day=date(2026, 5, 7), declared=typed))
    assert due["return_of_expenses"].missing == ("declared",)
    poll = compute_dates(ENGLAND, Anchors(polling_day=typed))["nominations_close"]
    assert (poll.on, poll.missing) == (None, ("polling_day",))
