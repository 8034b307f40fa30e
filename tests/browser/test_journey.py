"""The main job of the portal, once in each language: from the first page to the next steps."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from app import clock
from app.access import Role
from tests import builders
from tests.browser.conftest import DESK, PHONE, BrowserOf
from tests.browser.travelling import NAMES, admit, press, review, sign_up
from tests.browser.watching import assert_fits
from tests.browser.world import (
    World,
    a_jpeg,
    answer,
    choose,
    said,
    send_form,
    sign_in,
    submit,
)


def test_a_candidate_in_petersburg_travels_the_first_stage_on_a_phone(
    browser_of: BrowserOf, world: World
) -> None:
    candidate = browser_of(language="ru", width=PHONE)
    campaign_id = sign_up(candidate, world, "ru")
    desk = browser_of(language="ru")
    sign_in(desk, world.logins["ru-chief"])
    admit(desk, campaign_id)
    at = f"/campaigns/{campaign_id}"

    candidate.goto(f"{at}/route")
    expect(candidate.locator("h1")).to_contain_text("до голосования")
    assert_fits(candidate)
    candidate.locator("aside a").first.click()
    expect(candidate.locator("h1")).to_have_text("Могу ли я быть кандидатом")
    answer(candidate, adult="no", citizen="yes", abroad="no", record="none", foreign_agent="no")
    send_form(candidate)
    # One question is left out: what was answered stays, the message is beside the field.
    expect(candidate.locator("#a-office-error")).to_be_visible()
    expect(candidate.locator("[name=a-adult][value=no]")).to_be_checked()
    answer(candidate, office="no", nomination="self")
    send_form(candidate)
    expect(candidate.locator("main")).to_contain_text("один из ответов мешает")
    answer(candidate, adult="yes")
    send_form(candidate)
    meet(candidate, world, campaign_id, "Созвонились, поговорили об округе")

    review(desk, "Могу ли я быть кандидатом", NAMES["ru"])
    desk.fill("[name=own_words]", "Напишите, кто из нас с вами говорил.")
    press(desk, "/return")
    candidate.reload()
    expect(candidate.locator("#work-interview")).to_contain_text("кто из нас с вами говорил")
    candidate.goto(f"{at}/route")
    expect(candidate.locator("aside")).to_contain_text("кто из нас с вами говорил")
    candidate.goto(f"{at}/steps/a1_can_i")
    candidate.fill("#work-interview [name=outcome]", "Говорили с Марией, о дворах и сроках")
    submit(candidate, "#work-interview form[action$='/meeting/held'] button")

    review(desk, "Могу ли я быть кандидатом", NAMES["ru"])
    expect(desk.locator("ins").filter(has_text="Марией")).to_be_visible()
    press(desk, "/accept")
    candidate.goto(f"{at}/route")
    expect(candidate.locator("main")).to_contain_text(
        re.compile(r"Станция пройдена\s*Могу ли я быть кандидатом")
    )
    expect(candidate.locator(f".metro a[href='{at}/steps/a3_team']")).to_be_visible()
    letter(candidate, NAMES["ru"], "Могу ли я быть кандидатом")

    district(candidate, at)
    review(desk, "Мой округ и совет", NAMES["ru"])
    press(desk, "/accept")
    build_a_team(browser_of, candidate, world, campaign_id)
    candidate.goto(f"{at}/steps/a3_team")
    expect(candidate.locator("main")).to_contain_text("сделано")
    candidate.goto(f"{at}/steps/a4_papers")
    tick_all(candidate)
    review(desk, "Папка документов", NAMES["ru"])


def test_a_candidate_in_england_travels_the_first_stage_at_a_desk(
    browser_of: BrowserOf, world: World
) -> None:
    candidate = browser_of(language="en", width=DESK)
    campaign_id = sign_up(candidate, world, "en")
    desk = browser_of(language="en")
    sign_in(desk, world.logins["en-chief"])
    admit(desk, campaign_id)
    at = f"/campaigns/{campaign_id}"

    candidate.goto(f"{at}/steps/pick_ward")
    polling_day = (clock.now() + timedelta(days=100)).date().isoformat()
    answer(candidate, postcode="AB1 2CD", council="Elmbridge", area_kind="ward", ward="Mill")
    answer(candidate, seats="many", poll_date=polling_day, confirmed="yes")
    send_form(candidate)
    expect(candidate.locator("#a-seats-error")).to_contain_text("whole number")
    expect(candidate.locator("[name=a-seats]")).to_have_value("many")
    expect(candidate.locator("[name=a-ward]")).to_have_value("Mill")
    answer(candidate, seats="3")
    send_form(candidate)
    candidate.goto(f"{at}/steps/eligibility")
    questions = ("registered", "occupied", "work", "resided", "age")
    answer(candidate, **dict.fromkeys(questions, "yes"), citizenship="british", ways="several")
    for key in world.library["gb-eng-local"].step_by_key["eligibility"].field:
        if key.key not in (*questions, "citizenship", "ways"):
            choose(candidate, key.key, "no")
    send_form(candidate)
    candidate.goto(f"{at}/steps/privacy_setup")
    answer(
        candidate, controller="Rose Hill", opinions="aggregate_only", requests_to="r@example.org"
    )
    send_form(candidate)
    tick_all(candidate)
    take_the_quiz(candidate, world)
    review(desk, "privacy", NAMES["en"])
    press(desk, "/accept")
    candidate.goto(f"{at}/route")
    expect(candidate.locator("main")).to_contain_text("Station reached")

    candidate.goto(f"{at}/steps/choose_agent")
    submit(candidate, "#work-paper a.button")
    expect(candidate.locator("h1")).to_have_text("Notification of election agent")
    candidate.goto(f"{at}/calendar")
    expect(candidate.locator("h1")).to_have_text("Calendar")
    candidate.goto("/settings")
    candidate.check("[name=theme][value=dark]")
    submit(candidate, "form:has([name=theme]) [type=submit]")
    expect(candidate.locator("html")).to_have_attribute("data-theme", "dark")
    candidate.locator("details.menu summary").click()
    candidate.locator("details.menu a[hreflang=ru]").click()
    expect(candidate.locator("html")).to_have_attribute("lang", "ru")


def meet(page: Page, world: World, campaign_id: int, outcome: str) -> None:
    """Agree on a meeting, and report it once it is over."""
    tomorrow = (clock.now() + timedelta(days=1)).date().isoformat()
    page.fill("#work-interview [name=day]", tomorrow)
    page.fill("#work-interview [name=time]", "25:90")
    page.fill("#work-interview [name=place]", "Кафе у метро")
    submit(page, "#work-interview form[action$='/meeting'] button")
    expect(page.locator("#work-interview [name=place]")).to_have_value("Кафе у метро")
    page.fill("#work-interview [name=time]", "18:30")
    submit(page, "#work-interview form[action$='/meeting'] button")
    world.let_the_meeting_pass(campaign_id)
    page.reload()
    page.fill("#work-interview [name=outcome]", outcome)
    submit(page, "#work-interview form[action$='/meeting/held'] button")


def letter(page: Page, name: str, words: str) -> None:
    """See that the candidate got a letter about it."""
    page.goto("/demo/mailbox?to=new-ru@example.org")
    expect(page.locator("table")).to_contain_text(words)


def district(page: Page, at: str) -> None:
    """Fill in the district, and upload what proves it after something that does not."""
    page.goto(f"{at}/steps/a2_district")
    answer(page, council="МО Тихая Гавань", district_no="7", seats="5", scheme="current")
    send_form(page)
    page.set_input_files(
        "input[type=file]",
        {"name": "scheme.jpg", "mimeType": "image/jpeg", "buffer": b"not a picture at all"},
    )
    submit(page, "form[enctype] button")
    expect(page.locator("#work-decision .notice[role=alert]")).to_be_visible()
    page.set_input_files("input[type=file]", a_jpeg("scheme"))
    submit(page, "form[enctype] button")
    expect(page.locator("#work-decision .files")).to_contain_text("scheme.jpg")
    press(page, "/send")
    expect(page.locator("#work-decision")).to_contain_text("на проверке")


def build_a_team(browser_of: BrowserOf, page: Page, world: World, campaign_id: int) -> None:
    """Invite one person for real; the others are there already."""
    with world.database.writing() as session:
        campaign = session.get_one(builders.Campaign, campaign_id)
        for role in (Role.MANAGER, Role.PRESS, Role.CANVASSER):
            builders.a_member(session, campaign, role=role)
    page.goto(f"/campaigns/{campaign_id}/team")
    page.fill("[name=guest-name]", "Мышкин Лев")
    page.fill("[name=guest-email]", "lev@example.org")
    page.select_option("[name=guest-role]", "canvass_lead")
    press(page, "/invitations")
    link = page.locator("input[value*='/invitations/']").input_value()
    guest = browser_of(language="ru", width=PHONE)
    guest.goto(link)
    guest.fill("[name=password]", builders.PASSWORD)
    guest.locator("main form[method=post] [type=submit]").last.click()
    guest.goto(f"/campaigns/{campaign_id}/route")
    expect(guest.locator("h1")).to_contain_text("до голосования")


def tick_all(page: Page) -> None:
    """Send the list with a line missing, then whole."""
    ticks = page.locator("[name=ticked]")
    for number in range(ticks.count() - 1):
        ticks.nth(number).check()
    submit(page, "form[action$='/checklist'] button[value=send]")
    expect(page.locator("[name=ticked]").first).to_be_checked()
    page.locator("[name=ticked]").last.check()
    submit(page, "form[action$='/checklist'] button[value=send]")
    expect(page.locator("form[action$='/checklist']")).to_have_count(0)


def take_the_quiz(page: Page, world: World) -> None:
    """Fail the quiz, read why, and pass it."""
    step = world.library["gb-eng-local"].step_by_key["privacy_setup"]
    for wrong in (True, False):
        for question in step.question:
            other = next(key for key in question.options if key != question.right)
            value = other if wrong else question.right
            page.check(f"[name='q-{question.key}'][value='{value}']")
        press(page, "/quiz")
        expect(page.locator("main")).to_contain_text("right. Read why" if wrong else "Passed")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_locked_step_reached_by_its_address_says_what_opens_it(
    browser_of: BrowserOf, world: World, language: str
) -> None:
    page = browser_of(world.people[language], language=language, width=PHONE)
    last = world.library["ru-spb-municipal" if language == "ru" else "gb-eng-local"].steps[-1]
    answered = page.goto(world.at(f"steps/{last.key}", language))
    assert answered is not None and answered.status == 403
    assert page.locator(".notice li").count() >= 1, said(page)
    assert page.locator("#work").count() == 0
