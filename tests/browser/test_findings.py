"""From a finding of the clerk to its field and back, by keyboard, on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from quests.route.library import PackLibrary
from tests.browser.axe import grave_findings
from tests.browser.conftest import PHONE, BrowserOf
from tests.browser.reaching import too_low
from tests.browser.test_keyboard import tab_to
from tests.browser.watching import assert_fits
from tests.browser.world import World, answer, submit
from tests.web.paperwork.program import ANSWERS
from tests.web.portal import RU

STEP = "b2_consent"
WRONG = "муниципального совета другого округа"
FIELD = "#a-council"


@pytest.fixture
def candidate(world: World, library: PackLibrary) -> str:
    """Plant a candidate who has reached the consent to stand."""
    whose = world.a_candidate("ru", "Ёлкина Анна Петровна")
    world.prove([step.key for step in library[RU].steps if step.key != STEP], whose)
    world.answer({"a1_can_i.nomination": "self"}, whose)
    return whose


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_finding_is_mended_by_keyboard_and_is_gone(
    browser_of: BrowserOf, world: World, candidate: str, *, script: bool
) -> None:
    page = browser_of(world.people[candidate], width=PHONE, script=script)
    page.goto(world.at("documents/consent/questions/where", candidate))
    answer(page, **{**ANSWERS[RU]["where"], "council": WRONG})
    submit(page, "button[name=action][value=next]")
    page.goto(world.at("clerk", candidate))
    assert_calm(page, script=script)
    expect(finding(page)).to_have_count(1)

    fold = page.locator("#warnings .paper-findings", has=finding(page)).locator("summary").first
    if not finding(page).is_visible():
        fold.focus()
        page.keyboard.press("Enter")
    tab_to(page, "#warnings .finding-go[href*='council_name']")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(FIELD)).to_be_focused()
    remark = page.locator(".remark")
    expect(remark).to_contain_text(WRONG)
    expect(remark.locator(".notice-title")).to_be_in_viewport()
    expect(page.locator(FIELD)).to_be_in_viewport()
    assert_calm(page, script=script)

    page.keyboard.press("Control+A")
    page.keyboard.type(known(world, candidate))
    tab_to(page, "button[value=clerk]")
    if script:
        expect(page.locator("#state-council [role=status]")).to_contain_text("больше ничего")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".notice-done").first).to_contain_text("исправлено")
    expect(finding(page)).to_have_count(0)
    tab_to(page, ".now a.button")
    assert_calm(page, script=script)


def test_what_is_missing_is_the_first_thing_one_is_led_to(
    browser_of: BrowserOf, world: World, candidate: str
) -> None:
    page = browser_of(world.people[candidate], width=PHONE)
    page.goto(world.at("clerk", candidate))
    tab_to(page, ".now a.button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#a-commission")).to_be_focused()
    answer(page, **ANSWERS[RU]["where"])
    tab_to(page, "button[value=clerk]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".now a.button")).to_have_attribute("href", re.compile("/questions/name"))


def finding(page: Page) -> Locator:
    """Give the finding about the name of the council."""
    return page.locator(".finding:has(a[href*='council_name'])")


def known(world: World, whose: str) -> str:
    """Give what the council of a campaign is called."""
    sql = "select council from district join campaign on campaign.district_id = district.id"
    return str(world.one(f"{sql} where campaign.id = :id", id=world.campaigns[whose]))


def assert_calm(page: Page, *, script: bool) -> None:
    """Fail when the page is too wide, a target too low, or axe finds something grave."""
    assert_fits(page)
    assert not too_low(page)
    # In a browser without script axe waits for ever.
    assert not script or not grave_findings(page)
