"""Without a mouse: everything is reached by Tab, done by Enter, and seen while focused."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests import builders
from tests.browser.conftest import BrowserOf
from tests.browser.world import World, code_now

MOST_TABS = 60


def test_signing_in_the_menu_and_a_form_work_by_keyboard_alone(
    browser_of: BrowserOf, world: World
) -> None:
    page = browser_of(language="en")
    page.goto("/sign-in")
    page.keyboard.press("Tab")
    assert focused(page, "className") == "skip", "the first stop leads to the content"
    tab_to(page, "[name=login]")
    page.keyboard.type(world.logins["en-coordinator"])
    tab_to(page, "[name=password]")
    page.keyboard.type(builders.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("[name=code]")).to_be_visible()
    tab_to(page, "[name=code]")
    page.keyboard.type(code_now())
    page.keyboard.press("Enter")
    expect(page.locator("details.menu")).to_contain_text("Coordinator en")

    tab_to(page, "details.menu summary")
    page.keyboard.press("Enter")
    tab_to(page, "details.menu a[href='/settings']")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Settings")
    tab_to(page, "[name=name]")
    page.keyboard.press("Control+A")
    page.keyboard.type("Coordinator Renamed")
    page.keyboard.press("Enter")
    expect(page.locator("main .notice")).to_be_visible()
    expect(page.locator("[name=name]")).to_have_value("Coordinator Renamed")


def test_the_map_is_travelled_by_keyboard(browser_of: BrowserOf, world: World) -> None:
    page = browser_of(world.people["en"], language="en")
    page.goto(world.at("route", "en"))
    tab_to(page, "main a[href$='/steps/pick_ward']")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Find your ward and poll date")


def focused(page: Page, what: str) -> str:
    """Give a property of the element that has the focus."""
    return str(page.evaluate(f"document.activeElement.{what}"))


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus; every stop on the way must show it."""
    for _ in range(MOST_TABS):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
        shown = page.evaluate(
            """() => {
              const e = document.activeElement;
              if (e === document.body) return true;
              const parts = [e, e.closest("label, li, fieldset, summary") || e];
              return parts.some((part) => {
                const style = getComputedStyle(part);
                return style.outlineStyle !== "none" || style.boxShadow !== "none";
              });
            }"""
        )
        assert shown, f"the focus is not seen on {focused(page, 'outerHTML')[:160]}"
    raise AssertionError(f"{selector} was not reached by {MOST_TABS} Tabs on {page.url}")
