"""Answers of a paper that are saved while one types, over a slow line."""

from __future__ import annotations

from playwright.sync_api import Route, expect

from tests.browser.conftest import PHONE, BrowserOf
from tests.browser.world import World

OPENS_THE_PAPER = ("pick_ward", "eligibility", "choose_agent")
TEXT = "Elmbridge Borough"


def test_typing_on_while_a_save_is_on_its_way_is_no_conflict_with_oneself(
    browser_of: BrowserOf, world: World
) -> None:
    whose = world.a_candidate("en", "Lily Brook")
    world.prove(OPENS_THE_PAPER, whose)
    page = browser_of(world.people[whose], language="en", width=PHONE)
    page.goto(world.at("documents/nomination_paper/questions/where", whose))
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route(page.url, hold_the_first)
    place = page.locator("[name=a-council]")
    with page.expect_request(lambda asked: asked.method == "POST"):
        place.fill(TEXT[:4])
    place.press_sequentially(TEXT[4:])
    # The portal has the first save, and its answer is on its way; leaving the field saves again.
    answered = held[0].fetch()
    assert answered.ok
    place.press("Tab")
    held[0].fulfill(response=answered)
    expect(page.locator("[name=w-council]")).to_have_value(TEXT)
    expect(page.locator("main [role=alert]")).to_have_count(0)
    page.reload()
    expect(place).to_have_value(TEXT)
