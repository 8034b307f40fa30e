"""Enter in a field does what the page is for: it shows nothing sealed and takes nothing away."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, BrowserOf
from tests.browser.world import World, submit

OPENS_THE_PAPER = ("a1_can_i", "a2_district", "a4_papers", "a5_income", "b1_watch")
PASSPORT = "40 05 654321"


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def script(request: pytest.FixtureRequest) -> bool:
    """Whether the browser runs scripts."""
    return bool(request.param)


@pytest.fixture
def whose(world: World) -> str:
    """One more candidate, whose papers are open."""
    whose = world.a_candidate("ru", "Ольха")
    world.prove(OPENS_THE_PAPER, whose)
    world.answer({"a1_can_i.nomination": "self"}, whose)
    return whose


def test_enter_beside_a_sealed_answer_goes_on_and_does_not_show_it(
    browser_of: BrowserOf, world: World, whose: str, script: bool
) -> None:
    page = browser_of(world.people[whose], width=PHONE, script=script)
    questions = world.at("documents/consent/questions/passport", whose)
    page.goto(questions)
    page.fill("[name=a-passport]", PASSPORT)
    submit(page, "button[name=action][value=next]")
    page.goto(questions)
    shows = page.locator("button[formaction$='/answers/passport/show']")
    expect(shows).to_be_visible()
    with page.expect_navigation():
        page.locator("[name=a-inn]").press("Enter")
    assert page.url.endswith("/questions/work")
    page.goto(questions)
    # The button is for fingers and for who walks with Tab; a reader of screens hears of no other.
    with page.expect_navigation():
        shows.focus()
        page.keyboard.press("Enter")
    expect(page.locator("#a-passport-help")).to_contain_text(PASSPORT)


def test_enter_in_a_row_saves_it_and_beside_the_rows_removes_none(
    browser_of: BrowserOf, world: World, whose: str, script: bool
) -> None:
    page = browser_of(world.people[whose], width=PHONE, script=script)
    page.goto(world.at("documents/income/tables/accounts/new", whose))
    page.fill("[name=a-number]", "40702810138250123017")
    page.fill("[name=a-bank]", "Банк «Пример»")
    with page.expect_navigation():
        page.locator("[name=a-bank]").press("Enter")
    expect(page.locator(".row-card")).to_contain_text("Банк «Пример»")
    expect(page.locator("button[formaction$='/remove']")).to_be_visible()
    first = page.locator("main form").first.locator("[type=submit]").first
    expect(first).to_have_attribute("data-enter", "")
    expect(first).to_have_attribute("tabindex", "-1")
