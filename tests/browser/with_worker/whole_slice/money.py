"""A support page, and a gift from the stranger's phone to the receipt."""

from __future__ import annotations

import time

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.watching import assert_fits
from tests.browser.with_worker.answering import fill_in
from tests.browser.with_worker.printed import PRESS_MS
from tests.browser.with_worker.whole_slice.trip import Trip, look_again_until
from tests.browser.world import submit


def support_page(trip: Trip) -> None:
    """Write the page; it is public once a coordinator has accepted it."""
    told = trip.told
    trip.proved(*told.between, told.money_step)
    trip.is_not_done(told.money_step)
    page = trip.go("fund/page")
    for name, value in told.support.items():
        page.fill(f"main [name={name}]", value)
    submit(page, "main button[name=send]")
    assert_fits(page)
    public = f"/support/{told.support['slug']}"
    visitor = trip.open(None, language=told.language, width=PHONE)
    answered = visitor.goto(public)
    assert answered is not None and answered.status == 404
    trip.accept("coordinator", "page")
    visitor.goto(public)
    expect(visitor.locator("h1")).to_have_text(told.support["title"])
    visitor.context.close()


def gift(trip: Trip) -> None:
    """A stranger gives; the gift is held until the treasurer has settled it; a receipt comes."""
    told = trip.told
    giver = trip.open(None, language=told.language, width=PHONE)
    mail = f"giver-{told.language}@example.org"
    giver.goto(f"/support/{told.support['slug']}")
    fill_in(giver, {**told.giver, "email": mail})
    assert_fits(giver)
    submit(giver, ".support-give form [type=submit]")
    giver.wait_for_url("**/demo/pay/*")
    payment = giver.url.rpartition("/")[2]
    submit(giver, "button[value=pay]")
    expect(giver.locator("main .notice-warn")).to_be_visible(timeout=PRESS_MS)
    assert_fits(giver)
    settle_held_gift(trip)
    receipt = giver.locator("a[href$='/receipt']")
    look_again_until(giver, receipt)
    address = receipt.get_attribute("href") or ""
    giver.goto(f"/demo/mailbox?to={mail}")
    letter = giver.locator("table a", has_text=told.receipt).filter(has_text=trip.name)
    look_again_until(giver, letter)
    assert printed(giver, address).startswith(b"%PDF")
    told_once = "select count(*) from gateway_event where event_id = :id"
    assert trip.world.one(told_once, id=f"paid_{payment}") == 1
    giver.context.close()
    trip.is_done(told.money_step)


def printed(giver: Page, address: str) -> bytes:
    """Give the receipt; until it is typeset its address leads back to the gift."""
    end = time.monotonic() + PRESS_MS / 1000
    while True:
        answered = giver.request.get(address)
        if answered.headers["content-type"] == "application/pdf":
            return answered.body()
        assert time.monotonic() < end, "the receipt was never printed"


def settle_held_gift(trip: Trip) -> None:
    """The treasurer states the limit the pack doesn't know, or finds the giver in the register."""
    fund = trip.helper("treasurer")
    fund.goto(trip.at("fund"))
    held = fund.locator("a[href*='/fund/gifts/']")
    expect(held).to_have_count(1)
    if trip.told.limit:
        fill_in(fund, trip.told.limit)
        submit(fund, "#limit form [type=submit]")
    else:
        held.click()
        submit(fund, "button[name=found][value='1']")
        fund.goto(trip.at("fund"))
    look_again_until(fund, fund.locator("main:not(:has(a[href*='/fund/gifts/']))"))
    fund.context.close()
