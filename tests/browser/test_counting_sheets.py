"""Counting sheets with one thumb: what was typed is not lost by a tap beside the button."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from app import clock
from documents.signatures.models import SignatureBatch, SignatureSheet
from tests.browser.conftest import PHONE, BrowserOf
from tests.browser.world import World, submit

PASSPORT = "4005 123456"


def two_sheets_out(world: World) -> str:
    """Plant a campaign with two sheets out; give its short name."""
    whose = world.a_candidate("ru", "Считает")
    campaign_id = world.campaigns[whose]
    with world.database.writing() as session:
        batch = SignatureBatch(
            campaign_id=campaign_id,
            key=f"{campaign_id:036}",
            first_number=1,
            last_number=2,
            sides=1,
            rows_per_sheet=4,
            form_version="2026",
            official=False,
            snapshot="",
            digest="",
            state="ready",
            cover_digest="",
            ordered_at=clock.now(),
        )
        session.add(batch)
        session.flush()
        for number in (1, 2):
            sheet = SignatureSheet(
                campaign_id=campaign_id,
                batch_id=batch.id,
                number=number,
                state="out",
                defects=[],
                signed=0,
                struck=0,
                good=0,
                folder="",
            )
            session.add(sheet)
    return whose


def type_rows(page: Page) -> None:
    page.fill("[name=day-1]", "21.11")
    page.fill("[name=day-2]", "2211")
    page.fill("[name=passport-1]", PASSPORT)
    page.fill("[name=certified_on]", "2311")


def test_rows_are_put_back_after_a_tap_on_the_next_sheet_and_passports_never(
    browser_of: BrowserOf, world: World
) -> None:
    whose = two_sheets_out(world)
    page = browser_of(world.people[whose], width=PHONE)
    page.goto(world.at("signatures/sheets/1", whose))
    type_rows(page)
    page.click("main form a[href$='/sheets/2']")
    page.wait_for_url("**/sheets/2")
    assert "123456" not in page.evaluate("JSON.stringify({...sessionStorage})")

    page.go_back()
    page.reload()
    page.locator(".kept button").first.click()
    for name, text in (("day-1", "21.11"), ("day-2", "2211"), ("certified_on", "2311")):
        expect(page.locator(f"[name={name}]")).to_have_value(text)
    expect(page.locator("[name=passport-1]")).to_have_value("")


def test_the_summary_of_a_refused_sheet_leads_to_each_wrong_row(
    browser_of: BrowserOf, world: World
) -> None:
    whose = two_sheets_out(world)
    page = browser_of(world.people[whose], width=PHONE)
    page.goto(world.at("signatures/sheets/1", whose))
    type_rows(page)
    page.fill("[name=day-4]", "soon")
    submit(page, "main form:has([name=day-1]) [type=submit]")
    expect(page.locator("[data-focus]")).to_be_focused()
    page.click("[data-focus] a[href='#day-4']")
    expect(page.locator("[name=day-4]")).to_be_focused()
    expect(page.locator("[name=day-4]")).to_be_in_viewport()
    expect(page.locator("[name=passport-1]")).to_have_value(PASSPORT)
