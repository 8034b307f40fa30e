"""The Route screen: the one thing now, the map, and who sees it how."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from quests.route.library import PackLibrary
from quests.route.models import Milestone
from tests.web.portal import EN, RU, Portal, a_portal, counted

FIRST = "a1_can_i"


def keys(portal: Portal) -> list[str]:
    return [step.key for step in portal.library[portal.pack_id].steps]


def test_the_first_screen_names_the_one_thing_to_do_now(portal: Portal) -> None:
    page = portal.browser("anna").page(portal.at("route"))
    words = portal.library[RU].words_in("en").step[FIRST]
    card = page.soup.find(class_="now-card") or page.soup.find("aside")
    assert page.h1 == "80 days to polling day"
    assert words.title in card.get_text(" ") and words.why in card.get_text(" ")
    assert card.find("a", href=portal.at(f"steps/{FIRST}")) is not None
    assert page.says("Start this step")


def test_the_route_greets_in_russian_with_the_right_plural(portal: Portal) -> None:
    page = portal.browser("anna", "ru").page(portal.at("route"))
    assert page.h1 == "80 дней до голосования"


def test_a_returned_step_is_what_to_do_now_with_its_reason(portal: Portal) -> None:
    portal.prove([FIRST], state="returned")
    page = portal.browser("anna").page(portal.at("route"))
    assert page.says("Mend and send again") and page.says("Sign the second page.")


def test_when_everything_is_done_nothing_is_asked(portal: Portal) -> None:
    portal.prove(keys(portal))
    page = portal.browser("anna").page(portal.at("route"))
    assert page.response.status_code == 200 and not page.says("Start this step")


def test_a_coordinator_sees_the_route_as_the_candidate_does(portal: Portal) -> None:
    mine = portal.browser("anna").page(portal.at("route"))
    theirs = portal.browser("vera").page(portal.at("route"))
    assert theirs.says("You see this route as the candidate does: Anna")
    assert not mine.says("as the candidate does")
    assert mine.says("Start this step") and theirs.says("Start this step")
    stations = [
        [link.get_text(" ") for link in page.soup.select("ol a")] for page in (mine, theirs)
    ]
    assert stations[0] == stations[1]


def test_one_of_the_team_is_not_told_to_look_as_an_outsider(portal: Portal) -> None:
    page = portal.browser("canvasser").page(portal.at("route"))
    assert not page.says("as the candidate does")


@pytest.mark.parametrize("who", ["pavel", "boris", "stranger"])
def test_a_route_of_others_is_missing(portal: Portal, who: str) -> None:
    portal.browser(who).page(portal.at("route"), 404)
    portal.browser(who).page(portal.at(f"steps/{FIRST}"), 404)


def test_a_station_just_reached_is_celebrated_only_shortly_after(portal: Portal) -> None:
    portal.prove([FIRST])
    browser, title = portal.browser("anna"), portal.library[RU].words_in("en").step[FIRST].title
    with portal.database.writing() as session:
        session.add(
            Milestone(campaign_id=portal.campaigns["anna"], step_key=FIRST, reached_at=portal.now)
        )
    page = browser.page(portal.at("route"))
    assert page.says(f"Station reached {title}") or page.says("Station reached")
    with portal.database.writing() as session:
        session.execute(update(Milestone).values(reached_at=portal.now - timedelta(minutes=6)))
    assert not browser.page(portal.at("route")).says("Station reached")


def test_a_station_that_is_open_again_is_not_celebrated(portal: Portal) -> None:
    with portal.database.writing() as session:
        session.add(
            Milestone(campaign_id=portal.campaigns["anna"], step_key=FIRST, reached_at=portal.now)
        )
    assert not portal.browser("anna").page(portal.at("route")).says("Station reached")


def test_the_page_asks_as_few_questions_of_the_database_however_far_the_route_is(
    portal: Portal,
) -> None:
    browser = portal.browser("anna")
    browser.page(portal.at("route"))
    with counted(portal.database) as at_start:
        browser.page(portal.at("route"))
    portal.prove(keys(portal)[:20])
    with counted(portal.database) as far:
        browser.page(portal.at("route"))
    assert len(far) == len(at_start) <= 15


@pytest.mark.parametrize("pack_id", [RU, EN])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_page_is_light(
    program: Flask, library: PackLibrary, pack_id: str, language: str
) -> None:
    portal = a_portal(program, library, pack_id=pack_id)
    portal.prove(keys(portal)[:10])
    page = portal.browser("anna", language).page(portal.at("route"))
    assert len(gzip.compress(page.html.encode())) < 30_000


@pytest.mark.parametrize("days", [0, -1, -30])
def test_on_and_after_polling_day_the_page_still_stands(
    program: Flask, library: PackLibrary, days: int
) -> None:
    portal = a_portal(program, library, days=days)
    page = portal.browser("anna").page(portal.at("route"))
    assert page.h1[0].isdigit()


@pytest.mark.parametrize(
    ("pack_id", "language", "days", "words"),
    [
        (RU, "ru", 80, "по закону"),
        (RU, "en", 80, "by law"),
        (EN, "en", 60, "by our plan"),
        (EN, "ru", 60, "по нашему плану"),
    ],
)
def test_days_to_spare_say_whether_the_law_or_our_plan_counts_them(
    program: Flask, library: PackLibrary, pack_id: str, language: str, days: int, words: str
) -> None:
    portal = a_portal(program, library, pack_id=pack_id, days=days)
    page = portal.browser("anna", language).page(portal.at("route"))
    facts = page.soup.select_one("aside, .now").get_text(" ")
    assert words in facts
