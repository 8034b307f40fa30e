"""What every journey begins with: signing up, being let in, and finding work in the queue."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests import builders
from tests.browser.world import World, submit

PLACES = {"ru": "Берёзовая", "en": "Birch Lane"}
NAMES = {"ru": "Соколова Анна Павловна", "en": "Rose Hill"}


def sign_up(page: Page, world: World, language: str) -> int:
    """Go from the first page to an application; give the campaign's number."""
    election = world.one(
        "select election_id from campaign where id = :id", id=world.campaigns[language]
    )
    page.goto("/")
    page.locator(f"a[href*='election={election}']").click()
    page.fill("[name=place]", PLACES[language])
    submit(page, "form[role=search] [type=submit]")
    page.locator("a[href^='/join/']").first.click()
    page.fill("[name=name]", NAMES[language])
    page.fill("[name=email]", f"new-{language}@example.org")
    page.fill("[name=password]", "short")
    page.check("[name=consent]")
    submit(page, "form[method=post][action^='/join'] [type=submit]")
    expect(page.locator("#password-error")).to_be_visible()
    expect(page.locator("[name=name]")).to_have_value(NAMES[language])
    page.fill("[name=password]", builders.PASSWORD)
    submit(page, "form[method=post][action^='/join'] [type=submit]")
    expect(page).to_have_url(re.compile(r"/campaigns$"))
    confirm(page, f"new-{language}@example.org")
    found = world.one("select max(id) from campaign where title = :name", name=NAMES[language])
    page.goto(f"/campaigns/{found}/route")
    return int(found)


def confirm(page: Page, address: str) -> None:
    """Open the link of the letter in the demo's mailbox."""
    page.goto(f"/demo/mailbox?to={address}")
    page.locator("table a[href^='/demo/mailbox/']").last.click()
    page.locator("main a[href*='/confirm']").first.click()
    submit(page, "main form [type=submit]")


def admit(desk: Page, campaign_id: int) -> None:
    """Let the applicant in after the interview."""
    desk.goto("/desk/people")
    desk.locator(f"a[href='/desk/people/{campaign_id}']").click()
    desk.select_option("[name=organisation]", index=1)
    press(desk, "/admit")
    expect(desk.locator("main")).not_to_contain_text(f"/desk/people/{campaign_id}")


def press(page: Page, ending: str) -> None:
    """Press the button of the form that goes to an address."""
    submit(page, f"form[action$='{ending}'] [type=submit]")


def review(desk: Page, step: str, candidate: str) -> None:
    """Find somebody's work in the queue and open it."""
    desk.goto("/desk/queue")
    row = desk.locator("tr", has_text=candidate).filter(has=desk.locator("a", has_text=step))
    row.locator("a").first.click()
    expect(desk.locator("h1")).to_contain_text(candidate)
