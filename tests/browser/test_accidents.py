"""What was typed survives refusals, impatience and a server that dies in the middle."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, BrowserOf
from tests.browser.live import LiveServer
from tests.browser.world import World, answer, send_form

WARD = "select count(*) from evidence where campaign_id = :id and step_key = 'pick_ward'"


def fill_in(page: Page) -> None:
    """Fill in the first step of the English route."""
    answer(page, postcode="AB1 2CD", council="Elmbridge", area_kind="ward", ward="Mill & Lane")
    answer(page, seats="3", poll_date="2027-05-06", confirmed="yes")


def test_a_server_killed_in_the_middle_loses_and_doubles_nothing(
    browser_of: BrowserOf, world: World, live: LiveServer
) -> None:
    key = world.a_candidate("en", "Hazel Brook")
    page = browser_of(world.people[key], language="en")
    page.watch.server_may_be_gone = True  # type: ignore[attr-defined]
    page.goto(world.at("steps/pick_ward", key))
    fill_in(page)
    live.kill()
    page.locator("#work-form button[value=send]").click()
    page.wait_for_url("chrome-error://**")
    live.start()
    page.goto(world.at("steps/pick_ward", key))
    page.locator(".kept button").first.click()
    expect(page.locator("[name=a-ward]")).to_have_value("Mill & Lane")
    expect(page.locator("[name=a-seats]")).to_have_value("3")
    send_form(page)
    expect(page.locator("main")).to_contain_text("this counts")
    assert world.one(WARD, id=world.campaigns[key]) == 1


def test_a_double_click_hands_in_once(browser_of: BrowserOf, world: World) -> None:
    key = world.a_candidate("en", "Fern Vale")
    page = browser_of(world.people[key], language="en")
    page.goto(world.at("steps/pick_ward", key))
    fill_in(page)
    page.dblclick("#work-form button[value=send]")
    expect(page.locator("main")).to_contain_text("this counts")
    page.goto(world.at("steps/pick_ward", key))
    page.fill("[name=question]", "Is a division the same as a ward?")
    page.locator("form[action$='/questions'] [type=submit]").dblclick()
    expect(page.locator("#questions")).to_contain_text("Is a division")
    asked = "select count(*) from question where campaign_id = :id"
    assert world.one(asked, id=world.campaigns[key]) == 1
    assert world.one(WARD, id=world.campaigns[key]) == 1


def test_a_double_click_applies_once(browser_of: BrowserOf, world: World) -> None:
    page = browser_of(language="en", script=False)
    apply(page, world, "Holly Double", "holly@example.org")
    page.locator("main form[method=post] [type=submit]").last.dblclick()
    page.wait_for_url("**/campaigns")
    applied = "select count(*) from campaign where title = 'Holly Double'"
    assert world.one(applied) == 1


def apply(page: Page, world: World, name: str, email: str) -> None:
    """Fill in an application in the English coalition."""
    district = world.one(
        "select district_id from campaign where id = :id", id=world.campaigns["en"]
    )
    page.goto(f"/join/{district}")
    page.fill("[name=name]", name)
    page.fill("[name=email]", email)
    page.fill("[name=password]", "four words are easy")
    page.check("[name=consent]")


def test_without_scripts_a_candidate_applies_works_and_asks(
    browser_of: BrowserOf, world: World
) -> None:
    page = browser_of(language="en", width=PHONE, script=False)
    apply(page, world, "Alder Wood", "alder@example.org")
    page.locator("main form[method=post] [type=submit]").last.click()
    page.wait_for_url("**/campaigns")
    assert world.one("select count(*) from campaign where title = 'Alder Wood'") == 1

    key = world.a_candidate("en", "Rowan Field")
    page = browser_of(world.people[key], language="en", width=DESK, script=False)
    page.goto(world.at("route", key))
    page.locator("main a[href$='/steps/pick_ward']").first.click()
    fill_in(page)
    answer(page, seats="three")
    send_form(page)
    assert page.locator("#a-seats-error").count() == 1
    assert page.locator("[name=a-ward]").input_value() == "Mill & Lane"
    answer(page, seats="3")
    send_form(page)
    assert "this counts" in page.locator("main").inner_text()
    page.locator("details.menu summary").click()
    page.locator("details.menu a[hreflang=ru]").click()
    assert page.locator("html").get_attribute("lang") == "ru"
