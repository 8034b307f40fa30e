"""Who starts on the first day of an election can still do everything the law asks in time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from app.calendar import Anchors
from app.facts import Fact, FactState
from quests.route import rules
from quests.route.library import PackLibrary, load_library
from quests.route.position import Route
from quests.route.shape import answer_fact

RU, EN = "ru-spb-municipal", "gb-eng-local"
PUBLISHED = date(2026, 6, 18)
ENGLISH_POLLS = (date(2026, 5, 7), date(2027, 5, 6), date(2027, 10, 14), date(2028, 5, 4))
PARTY = {
    answer_fact("independent_or_party", "route"): Fact(FactState.PRESENT, 1, "party"),
    answer_fact("a1_can_i", "nomination"): Fact(FactState.PRESENT, 1, "party_signatures"),
}


@pytest.fixture(scope="module")
def library() -> PackLibrary:
    return load_library()


def on(
    library: PackLibrary, pack_id: str, anchors: Anchors, day: date, facts: Mapping[str, Fact]
) -> Route:
    days = library.days(pack_id, anchors)
    return rules.route(library[pack_id], facts, day, deadlines=days.dates, times=days.times)


def behind_by_law(route: Route) -> dict[str, int]:
    """The steps that should have been begun before today if the law is to be kept."""
    return {
        step.step.key: step.slack_days
        for step in route.steps
        if step.slack_is_legal and step.slack_days is not None and step.slack_days < 0
    }


def petersburg(library: PackLibrary, after: int, facts: Mapping[str, Fact]) -> Route:
    anchors = Anchors(published=PUBLISHED, polling_day=PUBLISHED + timedelta(days=80))
    return on(library, RU, anchors, PUBLISHED + timedelta(days=after), facts)


def england(library: PackLibrary, poll: date, after: int, facts: Mapping[str, Fact]) -> Route:
    anchors = Anchors(polling_day=poll)
    notice = library.days(EN, anchors).dates["notice_of_election_latest"]
    assert notice is not None
    return on(library, EN, anchors, notice + timedelta(days=after), facts)


@pytest.mark.parametrize("facts", [{}, PARTY], ids=["alone", "of a party"])
def test_a_petersburg_candidate_who_starts_on_the_first_day_is_not_late(
    library: PackLibrary, facts: Mapping[str, Fact]
) -> None:
    route = petersburg(library, 0, facts)
    assert behind_by_law(route) == {}
    assert route.now is not None
    assert (route.now.step.key, route.by_key["c8_register"].slack_is_legal) == ("a1_can_i", True)


@pytest.mark.parametrize("facts", [{}, PARTY], ids=["alone", "of a party"])
@pytest.mark.parametrize("poll", ENGLISH_POLLS, ids=str)
def test_an_english_candidate_who_starts_on_the_day_of_the_notice_is_not_late(
    library: PackLibrary, poll: date, facts: Mapping[str, Fact]
) -> None:
    route = england(library, poll, 0, facts)
    assert behind_by_law(route) == {}
    assert route.by_key["submit"].slack_is_legal


def test_who_has_done_nothing_days_later_is_told_to_be_late(library: PackLibrary) -> None:
    assert "a1_can_i" in behind_by_law(petersburg(library, 4, {}))
    assert "eligibility" in behind_by_law(england(library, ENGLISH_POLLS[1], 4, {}))


def test_what_is_left_tightens_towards_the_day_papers_are_handed_in(library: PackLibrary) -> None:
    chain = ("a1_can_i", "a4_papers", "b3_submit", "c2_sheet", "c4_collect", "c8_register")
    route = petersburg(library, 0, {})
    starts = [route.by_key[key].latest_start for key in chain]
    assert all(starts) and starts == sorted(starts, key=lambda day: day or PUBLISHED)
    handing_in = route.by_key["c8_register"].due
    assert handing_in is not None and handing_in.on == PUBLISHED + timedelta(days=20)
