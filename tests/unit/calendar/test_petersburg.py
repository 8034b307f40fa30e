"""Petersburg's dates against published ones and the arithmetic of article 11.1."""

from __future__ import annotations

from datetime import date

import pytest

from app.calendar import Anchors, compute_dates
from tests.unit.calendar.places import PETERSBURG, days, moments

POLL_2024 = date(2024, 9, 8)


def test_the_published_days_of_2024_are_reproduced() -> None:
    computed = moments(
        PETERSBURG,
        Anchors(
            polling_day=POLL_2024,
            first_polling_day=date(2024, 9, 6),
            published=date(2024, 6, 20),
        ),
    )
    expected = {
        "nomination_opens": "2024-06-21",
        "nomination_closes": "2024-07-10 18:00",
        "documents_for_registration": "2024-07-10 18:00",
        "signature_collection_ends": "2024-07-10 18:00",
        "media_campaign_opens": "2024-08-10",
        "campaigning_closes": "2024-09-06 00:00",
        "calling_of_election_opens": "2024-06-09",
        "calling_of_election": "2024-06-19",
    }
    assert {key: computed[key] for key in expected} == expected


def test_a_later_publication_moves_the_close_of_nomination() -> None:
    computed = moments(PETERSBURG, Anchors(polling_day=POLL_2024, published=date(2024, 6, 24)))
    assert computed["nomination_opens"] == "2024-06-25"
    assert computed["nomination_closes"] == "2024-07-14 18:00"


@pytest.mark.parametrize("year", [2019, 2024])
def test_media_campaigning_opens_with_28_full_days_left(year: int) -> None:
    computed = days(PETERSBURG, Anchors(polling_day=date(year, 9, 8)))
    assert computed["media_campaign_opens"] == date(year, 8, 10)


def test_with_one_day_of_voting_silence_begins_the_day_before() -> None:
    computed = compute_dates(PETERSBURG, Anchors(polling_day=POLL_2024))
    closing = computed["campaigning_closes"]
    assert (closing.on, f"{closing.at}") == (date(2024, 9, 7), "00:00:00")
    assert closing.rule.status == "A"


def test_with_several_days_of_voting_silence_begins_with_the_first() -> None:
    closing = compute_dates(
        PETERSBURG, Anchors(polling_day=POLL_2024, first_polling_day=date(2024, 9, 6))
    )["campaigning_closes"]
    assert (closing.on, closing.rule.status) == (date(2024, 9, 6), "V")


def test_a_first_polling_day_equal_to_the_only_one_is_one_day_of_voting() -> None:
    one = Anchors(polling_day=POLL_2024)
    same = Anchors(polling_day=POLL_2024, first_polling_day=POLL_2024)
    assert days(PETERSBURG, one) == days(PETERSBURG, same)


def test_days_before_the_poll_leave_that_many_full_days() -> None:
    computed = days(PETERSBURG, Anchors(polling_day=POLL_2024, first_polling_day=date(2024, 9, 6)))
    assert computed["candidate_withdrawal"] == date(2024, 9, 2)
    assert computed["candidate_withdrawal_forced"] == date(2024, 9, 4)
    assert computed["registration_cancellation_claim"] == date(2024, 8, 30)
    assert computed["observer_lists"] == date(2024, 9, 2)
    assert computed["poster_places_designated"] == date(2024, 8, 8)
    assert computed["calling_by_commission"] == date(2024, 6, 29)
    assert computed["poll_publication_ban_opens"] == date(2024, 9, 3)


def test_days_after_an_event_are_calendar_days_and_stay_on_weekends() -> None:
    computed = days(
        PETERSBURG,
        Anchors(
            polling_day=POLL_2024,
            submitted=date(2024, 7, 10),
            decided=date(2024, 7, 19),
            results=date(2024, 9, 13),
            receipt=date(2024, 8, 1),
        ),
    )
    assert computed["registration_decision"] == date(2024, 7, 20)
    assert computed["registration_appeal"] == date(2024, 7, 29)
    assert computed["final_report"] == date(2024, 10, 13)
    assert computed["money_returned"] == date(2024, 10, 13)
    assert computed["improper_donation_returned"] == date(2024, 8, 11)


def test_signatures_start_the_day_after_consent() -> None:
    anchors = Anchors(polling_day=POLL_2024, consented=date(2024, 6, 25))
    assert days(PETERSBURG, anchors)["signature_collection_starts"] == date(2024, 6, 26)


@pytest.mark.parametrize(
    ("paid", "starts"),
    [(date(2024, 6, 25), date(2024, 6, 26)), (date(2024, 6, 28), date(2024, 6, 28))],
)
def test_signatures_do_not_start_before_the_sheets_are_paid(paid: date, starts: date) -> None:
    anchors = Anchors(polling_day=POLL_2024, consented=date(2024, 6, 25), sheets_paid=paid)
    assert days(PETERSBURG, anchors)["signature_collection_starts"] == starts


def test_the_fund_is_due_before_the_documents_and_until_then_before_the_close() -> None:
    known = Anchors(polling_day=POLL_2024, published=date(2024, 6, 20))
    assert days(PETERSBURG, known)["fund_created"] == date(2024, 7, 10)
    handed_in = Anchors(
        polling_day=POLL_2024, published=date(2024, 6, 20), submitted=date(2024, 7, 5)
    )
    assert days(PETERSBURG, handed_in)["fund_created"] == date(2024, 7, 5)


def test_without_the_publication_the_close_of_nomination_asks_for_it() -> None:
    computed = compute_dates(PETERSBURG, Anchors(polling_day=POLL_2024))
    assert computed["nomination_closes"].missing == ("published",)
    assert computed["fund_created"].missing == ("submitted", "published")
    assert computed["money_returned"].missing == ("results",)


def test_voting_cannot_begin_after_its_last_day() -> None:
    with pytest.raises(ValueError, match="first polling day"):
        Anchors(polling_day=POLL_2024, first_polling_day=date(2024, 9, 9))
