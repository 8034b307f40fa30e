"""Asking a human: from a candidate's doubt to an article that others find."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, BrowserOf
from tests.browser.world import World, submit

ASKED = "Можно ли прийти на собеседование с котом?"
ANSWERED = "Можно, если кот в переноске и вы предупредили координатора."


def test_a_question_is_answered_rated_made_an_article_and_found(
    browser_of: BrowserOf, world: World
) -> None:
    candidate = browser_of(world.people["ru"], width=PHONE)
    candidate.goto(world.at("steps/a1_can_i"))
    candidate.fill("[name=question]", ASKED)
    candidate.check("[name=audience][value=coalition]")
    submit(candidate, "form[action$='/questions'] [type=submit]")
    expect(candidate.locator("#questions")).to_contain_text(ASKED)

    desk = browser_of(world.people["ru-coordinator"])
    desk.goto("/desk/questions")
    desk.get_by_text(ASKED).click()
    desk.fill("[name=answer]", ANSWERED)
    submit(desk, "form[action$='/answers'] [type=submit]")
    expect(desk.locator(".message-answer")).to_contain_text(ANSWERED)
    desk.locator("details.article summary").click()
    desk.fill("[name=title]", "Кот на собеседовании")
    desk.fill("[name=words]", ANSWERED)
    submit(desk, "form[action$='/article'] [type=submit]")
    expect(desk.locator("main")).to_contain_text("Кот на собеседовании")

    candidate.goto(world.at("steps/a1_can_i"))
    candidate.locator("#questions a", has_text=ASKED).click()
    submit(candidate, "button[name=useful][value=yes]")
    expect(candidate.locator("main")).to_contain_text("Спасибо")
    candidate.goto(world.at("questions?q=переноски"))
    expect(candidate.locator("main")).to_contain_text("Кот на собеседовании")
