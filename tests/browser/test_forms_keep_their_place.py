"""Where the reader stands after a refusal, and that typing is never disturbed nor lost."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from app import clock
from app.accounts.commands.sessions import end_sessions_of
from tests.browser.conftest import PHONE, BrowserOf, cookie_of
from tests.browser.live import LiveServer
from tests.browser.world import World, submit

SUMMARY = "[data-focus]"
TEXT = "Длинный вопрос, который пишут не торопясь."
PLACE = """e => ({
  here: document.activeElement === e, at: e.selectionStart, top: scrollY, text: e.value,
})"""


def a_wrong_form(page: Page) -> None:
    page.goto("/reset")
    submit(page, "main form [type=submit]")


def test_after_a_refusal_the_reader_starts_at_what_needs_correcting(
    browser_of: BrowserOf,
) -> None:
    page = browser_of()
    a_wrong_form(page)
    expect(page.locator(SUMMARY)).to_be_focused()
    expect(page.locator(SUMMARY)).to_be_in_viewport()


def test_the_first_line_of_the_refusal_leads_to_the_first_wrong_field(
    browser_of: BrowserOf,
) -> None:
    page = browser_of()
    a_wrong_form(page)
    page.keyboard.press("Tab")
    expect(page.locator(f"{SUMMARY} a").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[aria-invalid=true]").first).to_be_in_viewport()
    page.keyboard.type("x")
    expect(page.locator("[name=email]")).to_have_value("x")


def test_a_step_that_is_refused_shows_what_is_wrong_first(
    browser_of: BrowserOf, world: World
) -> None:
    page = browser_of(world.people[world.a_candidate("ru", "Фокус")], width=PHONE)
    page.goto(world.at("steps/a1_can_i", f"ru-{max(world.campaigns.values())}"))
    submit(page, "#work-form button[value=send]")
    expect(page.locator(SUMMARY).first).to_be_focused()
    expect(page.locator(SUMMARY).first).to_be_in_viewport()


def test_typing_is_kept_without_moving_the_page_or_the_caret(
    browser_of: BrowserOf, world: World
) -> None:
    page = browser_of(world.people[world.a_candidate("ru", "Черновик")], width=PHONE)
    page.goto(world.at("steps/a1_can_i", f"ru-{max(world.campaigns.values())}"))
    question = page.locator("[name=question]")
    question.scroll_into_view_if_needed()
    question.click()
    page.keyboard.type(TEXT)
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    before = question.evaluate(PLACE)
    page.wait_for_function(
        "words => Object.values(sessionStorage).some(one => one.includes(words))", arg=TEXT
    )
    assert question.evaluate(PLACE) == before
    assert before == {"here": True, "at": len(TEXT) - 5, "top": before["top"], "text": TEXT}

    page.reload()
    expect(question).to_have_value("")
    page.locator(".kept button").first.click()
    expect(question).to_have_value(TEXT)


def test_a_saved_draft_is_there_and_nothing_is_offered_again(
    browser_of: BrowserOf, world: World
) -> None:
    page = browser_of(world.people[world.a_candidate("ru", "Сохранено")], width=PHONE)
    page.goto(world.at("steps/a1_can_i", f"ru-{max(world.campaigns.values())}"))
    radio = page.locator("#work-form input[type=radio]").first
    radio.check()
    submit(page, "#work-form button[value=draft]")
    expect(radio).to_be_checked()
    expect(page.locator(".kept")).to_have_count(0)


def test_saving_one_form_of_a_page_keeps_what_was_typed_in_another(
    browser_of: BrowserOf, world: World
) -> None:
    page = browser_of(world.people[world.a_candidate("ru", "Соседка")], width=PHONE)
    page.goto(world.at("steps/a1_can_i", f"ru-{max(world.campaigns.values())}"))
    question = page.locator("[name=question]")
    question.fill(TEXT)
    page.locator("#work-form input[type=radio]").first.check()
    submit(page, "#work-form button[value=draft]")
    expect(question).to_have_value(TEXT)
    expect(page.locator(".kept")).to_have_count(0)

    submit(page, "form[action$='/questions'] [type=submit]")
    expect(page.locator("#questions")).to_contain_text(TEXT)
    expect(question).to_have_value("")
    expect(page.locator(".kept")).to_have_count(0)


def test_a_refused_form_keeps_what_was_typed_in_another(
    browser_of: BrowserOf, world: World
) -> None:
    page = browser_of(world.people[world.a_candidate("ru", "Отказ")], width=PHONE)
    page.goto(world.at("steps/a1_can_i", f"ru-{max(world.campaigns.values())}"))
    question = page.locator("[name=question]")
    question.fill(TEXT)
    submit(page, "#work-form button[value=send]")
    expect(page.locator(SUMMARY).first).to_be_focused()
    expect(question).to_have_value(TEXT)


def test_a_form_sent_after_the_session_ended_gives_back_what_was_typed(
    browser_of: BrowserOf, world: World, live: LiveServer
) -> None:
    whose = world.a_candidate("ru", "Полночь")
    page = browser_of(world.people[whose], width=PHONE)
    step = world.at("steps/a1_can_i", whose)
    page.goto(step)
    page.locator("[name=question]").fill(TEXT)
    with world.database.writing() as session:
        end_sessions_of(session, world.people[whose], now=clock.now())
    submit(page, "form[action$='/questions'] [type=submit]")
    assert page.url.endswith(f"/sign-in?next={step}")
    expect(page.locator("main .notice-danger")).to_contain_text("ничего не сохранено")
    page.context.add_cookies([cookie_of(live, world.people[whose], "ru")])
    with page.expect_navigation():
        page.evaluate("location.reload()")
    assert page.url.endswith(step)
    page.locator(".kept button").first.click()
    expect(page.locator("[name=question]")).to_have_value(TEXT)


def kept_in(page: Page) -> str:
    return str(page.evaluate("() => JSON.stringify({...sessionStorage})"))


def test_what_somebody_typed_is_not_given_to_who_signs_in_after_them(
    browser_of: BrowserOf, world: World, live: LiveServer
) -> None:
    first, other = (world.people[world.a_candidate("ru", name)] for name in ("Первая", "Вторая"))
    page = browser_of(first, width=PHONE)
    page.goto("/settings")
    name = page.locator("[name=name]")
    name.fill(TEXT)
    page.wait_for_function(
        "words => Object.values(sessionStorage).some(one => one.includes(words))", arg=TEXT
    )
    with world.database.writing() as session:
        end_sessions_of(session, first, now=clock.now())
    page.goto("/sign-in")
    assert TEXT in kept_in(page)
    page.context.add_cookies([cookie_of(live, other, "ru")])
    page.goto("/settings")
    expect(name).to_have_value("Вторая")
    expect(page.locator(".kept")).to_have_count(0)
    assert TEXT not in kept_in(page)


def test_what_a_visitor_typed_is_offered_to_a_visitor_again(
    browser_of: BrowserOf, world: World
) -> None:
    page = browser_of()
    district = world.one(
        "select district_id from campaign where id = :id", id=world.campaigns["ru"]
    )
    page.goto(f"/join/{district}")
    page.fill("[name=name]", TEXT)
    page.wait_for_function(
        "words => Object.values(sessionStorage).some(one => one.includes(words))", arg=TEXT
    )
    page.reload()
    page.locator(".kept button").first.click()
    expect(page.locator("[name=name]")).to_have_value(TEXT)
