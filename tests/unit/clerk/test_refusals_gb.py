"""Each test is a refusal in England that the clerk prevents, or a false alarm it must not give."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.paperwork_world import EN
from tests.unit.clerk.world import Desk, stop, warning

ANSWERS = {
    "council": "Harbour Council",
    "ward": "Quay ward",
    "poll_date": "2026-09-20",
    "surname": "Smith-Jones",
    "forenames": "Andrew John",
    "description": "independent",
    "proposer": "Mary Brown",
    "proposer_prefix": "AB",
    "proposer_number": "12",
    "seconder": "Peter White",
    "seconder_prefix": "AB",
    "seconder_number": "112/1",
    "home_address": "5 Clear Road, Harbour, HB1 2CD",
    "qual_a": "yes",
    "qual_b": "no",
    "qual_c": "no",
    "qual_d": "no",
    "qual_a_where": "home",
    "qual_a_address": "5 Clear Road, Harbour, HB1 2CD",
    "keep_private": "no",
    "witness_name": "Jane Green",
    "witness_address": "7 Clear Road, Harbour, HB1 2CD",
    "birth_date": "1970-06-17",
}


@pytest.fixture
def desk() -> Desk:
    return Desk(pack_id=EN, answers=dict(ANSWERS))


@pytest.mark.parametrize("words", ["as above", "Same as above", "see above", "Ditto"])
def test_an_address_that_only_says_as_above_is_found(desk: Desk, words: str) -> None:
    desk.answers |= {"qual_a_where": "other", "qual_a_address": words}
    assert stop(desk.findings("as_above"))


def test_a_street_that_is_called_above_something_is_an_address(desk: Desk) -> None:
    desk.answers["qual_a_where"] = "other"
    desk.answers["qual_a_address"] = "3 Flat above shop, Sea Road, Harbour"
    assert desk.findings("as_above") == ()


def test_a_wrong_date_of_the_poll_is_found(desk: Desk) -> None:
    desk.known["polling_day"] = "2026-09-17"
    assert stop(desk.findings("poll_day"))


def test_a_council_by_its_full_name_is_the_one_known_by_its_place_and_another_is_found(
    desk: Desk,
) -> None:
    desk.known["council"] = "Harbour"
    assert desk.findings("council_name") == ()
    for other in ("Quay", "Harbour District Council"):
        desk.known["council"] = other
        assert warning(desk.findings("council_name"))


def test_a_ward_named_otherwise_than_in_the_notice_is_found(desk: Desk) -> None:
    desk.known["district_name"] = "Quay Ward"
    assert warning(desk.findings("ward_name"))


def test_a_witness_who_differs_between_the_forms_is_found(desk: Desk) -> None:
    desk.issue("consent_to_nomination")
    home = desk.issue("home_address")
    desk.seen["home_address"] = replace(home, said={**home.said, "witness_name": "Joan Green"})
    assert stop(desk.findings("witness_across"))


def test_qualifications_ticked_differently_are_found(desk: Desk) -> None:
    desk.issue("consent_to_nomination")
    home = desk.issue("home_address")
    desk.seen["home_address"] = replace(home, said={**home.said, "qual_d": "yes"})
    assert stop(desk.findings("qualifications_across"))


def test_nobody_stands_without_a_qualification(desk: Desk) -> None:
    desk.answers["qual_a"] = "no"
    assert stop(desk.findings("a_qualification"))


def test_a_qualification_that_is_not_answered_yet_is_no_refusal(desk: Desk) -> None:
    desk.answers["qual_a"] = "no"
    del desk.answers["qual_d"]
    assert desk.findings("a_qualification") == ()


def test_one_elector_signing_twice_is_found(desk: Desk) -> None:
    desk.answers["seconder_number"] = "12"
    assert stop(desk.findings("two_subscribers"))
    assert desk.findings("two_names") == ()


@pytest.mark.parametrize(
    ("key", "text", "rule"),
    [
        ("forenames", "Dr Andrew John", "prefix"),
        ("surname", "Smith MBE", "suffix"),
        ("forenames", "Andrew J", "initials"),
        ("proposer_prefix", "a.b", "elector_prefix"),
        ("seconder_number", "twelve", "elector_number"),
        ("home_address", "5 Clear Rd, Harbour", "abbreviated_address"),
    ],
)
def test_what_a_returning_officer_frowns_at_is_found(
    desk: Desk, key: str, text: str, rule: str
) -> None:
    assert desk.findings(rule) == ()
    desk.answers[key] = text
    assert warning(desk.findings(rule))


def test_a_party_description_without_a_certificate_fails(desk: Desk) -> None:
    desk.answers |= {"description": "party", "description_text": "Harbour First"}
    assert stop(desk.findings("certificate"))
    assert warning(desk.findings("description_register"))


def test_an_unregistered_long_description_is_found(desk: Desk) -> None:
    desk.answers |= {
        "description": "party",
        "description_text": "Harbour First and last and always here",
    }
    assert warning(desk.findings("description_words"))


def test_an_emblem_without_a_certificate_is_found(desk: Desk) -> None:
    desk.kinds = ("emblem_request",)
    desk.answers |= {"description": "party", "emblem_name": "Anchor"}
    assert stop(desk.findings("emblem"))


def test_a_home_that_would_be_published_as_the_agents_office_is_found(desk: Desk) -> None:
    desk.kinds = ("agent_notice", "home_address")
    desk.answers |= {"agent_who": "self", "agent_office": "5 Clear Road, Harbour, HB1 2CD"}
    assert warning(desk.findings("agent_leak"))


def test_a_po_box_is_no_office(desk: Desk) -> None:
    desk.kinds = ("agent_notice",)
    desk.answers |= {"agent_who": "self", "agent_office": "P.O. Box 5, Harbour"}
    assert stop(desk.findings("po_box"))


def test_five_polling_agents_at_one_station_are_found(desk: Desk) -> None:
    desk.kinds = ("polling_agents_notice",)
    desk.answers["polling_agents"] = [
        {"name": f"Agent {word}", "address": "5 Clear Road", "station": station}
        for word, station in zip(
            "ABCDEF", ["School", "school", "School", "School", "School", "Hall"]
        )
    ]
    (found,) = desk.findings("polling_agents")
    assert found.params["count"] == 5


def test_somebody_too_young_on_the_last_day_of_nominations_is_found(desk: Desk) -> None:
    desk.days["nominations_close"] = date(2026, 8, 21)
    desk.answers["birth_date"] = "2008-08-22"
    assert stop(desk.findings("age"))
    desk.answers["birth_date"] = "2008-08-21"
    assert desk.findings("age") == ()


@pytest.mark.parametrize(
    ("day", "rule"), [(date(2026, 7, 20), "consent_early"), (date(2026, 8, 22), "consent_late")]
)
def test_a_consent_signed_outside_its_month_is_found(desk: Desk, day: date, rule: str) -> None:
    desk.days |= {
        "consent_earliest_signature": date(2026, 7, 21),
        "nominations_close": date(2026, 8, 21),
    }
    desk.issue("consent_to_nomination", dates={"date": day})
    assert stop(desk.findings(rule))
    desk.issue("consent_to_nomination", dates={"date": date(2026, 8, 1)})
    assert desk.findings(rule) == ()
