"""Two people at the same desk, and a decision that is taken back."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import BrowserOf
from tests.browser.world import World, submit


def test_the_second_of_two_coordinators_is_told_and_the_first_may_undo(
    browser_of: BrowserOf, world: World
) -> None:
    key = world.a_candidate("en", "Ivy Marsh")
    world.prove(["pick_ward", "eligibility", "choose_agent"], key)
    candidate = browser_of(world.people[key], language="en")
    hand_in(candidate, world.at("steps/bank_ledger", key))
    review = world.one("select id from review where campaign_id = :id", id=world.campaigns[key])
    first = browser_of(world.people["en-coordinator"], language="en")
    second = browser_of(world.people["en-chief"], language="en")
    for desk in (first, second):
        desk.goto(f"/desk/reviews/{review}")
    submit(first, "form[action$='/accept'] button")
    expect(first.locator("main")).to_contain_text("Accepted")

    second.fill("[name=own_words]", "The test entry is missing.")
    submit(second, "form[action$='/return'] button")
    expect(second.locator("[data-failed] .lead")).to_contain_text("Coordinator")

    submit(first, "form[action$='/undo'] button")
    expect(first.locator("main")).to_contain_text("waits for a check again")
    submit(first, "form[action$='/accept'] button")
    candidate.goto("/demo/mailbox")
    expect(candidate.locator("table")).to_contain_text("Open an account and start the ledger")


def hand_in(page: Page, address: str) -> None:
    """Tick everything off and send the list."""
    page.goto(address)
    for tick in page.locator("[name=ticked]").all():
        tick.check()
    submit(page, "form[action$='/checklist'] button[value=send]")
    expect(page.locator("#work-check")).to_contain_text("This is being checked")
