"""Answers that are saved while one types are not lost on a bad line, signed out or in a hurry."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from app import clock
from app.accounts.commands.sessions import end_sessions_of
from tests import builders
from tests.browser.conftest import PHONE, BrowserOf, cookie_of
from tests.browser.live import LiveServer
from tests.browser.world import World
from tests.web.portal import RU

OPENS_THE_PAPER = ("a1_can_i", "a2_district", "a4_papers", "a5_income", "b1_watch")
SURNAME = "Ольхина"
LEAFLET = "Листовка «Двор»"
PASSPORT = "40 05 654321"
OFFLINE = "Не сохранено: нет связи. Пробуем снова."
OUT = "Не сохранено: вы вышли из системы или страница слишком старая."
WAIT_MS = 40_000
ON_THE_DEVICE = "JSON.stringify([{...localStorage}, {...sessionStorage}])"


class Desk:
    """A candidate at the questions of the consent, on a phone."""

    def __init__(self, live: LiveServer, browser_of: BrowserOf, world: World) -> None:
        self.live, self.world = live, world
        self.whose = world.a_candidate("ru", "Ольха")
        world.prove(OPENS_THE_PAPER, self.whose)
        world.answer({"a1_can_i.nomination": "self"}, self.whose)
        self.person_id = world.people[self.whose]
        self.page: Page = browser_of(self.person_id, language="ru", width=PHONE)
        self.page.watch.server_may_be_gone = True  # type: ignore[attr-defined]

    def open(self, page: str = "name") -> Locator:
        """Open a page of questions; give the field that the tests type into."""
        self.page.goto(self.world.at(f"documents/consent/questions/{page}", self.whose))
        key = "surname" if page == "name" else "passport"
        return self.page.locator(f"[name=a-{key}]")

    def said(self, key: str = "surname") -> Locator:
        return self.page.locator(f".answer:has(#state-{key}) [data-unsaved]")

    def stored(self, key: str = "surname") -> list[str]:
        """Give what the portal holds, once it holds something or has had time enough."""
        sql = (
            "select coalesce(max(value), '') from paper_answer"
            " where campaign_id = :campaign and key = :key"
        )
        return str(self.world.one(sql, campaign=self.world.campaigns[self.whose], key=key))

    def wait_stored(self, text: str, key: str = "surname") -> None:
        for _ in range(50):
            if self.stored(key) == text:
                return
            self.page.wait_for_timeout(100)
        assert self.stored(key) == text

    def on_the_device(self) -> str:
        return str(self.page.evaluate(f"() => {ON_THE_DEVICE}"))

    def wait_forgotten(self, text: str) -> None:
        """Wait until the page has heard that what was typed has arrived, and keeps it no more."""
        self.page.wait_for_function(f"text => !{ON_THE_DEVICE}.includes(text)", arg=text)


@pytest.fixture
def desk(live: LiveServer, browser_of: BrowserOf, world: World) -> Desk:
    return Desk(live, browser_of, world)


def test_without_a_network_it_is_said_and_sent_when_the_network_is_back(desk: Desk) -> None:
    field = desk.open()
    desk.page.context.set_offline(True)
    field.fill(SURNAME)
    field.press("Tab")
    expect(desk.said()).to_contain_text(OFFLINE)
    expect(desk.said()).to_have_attribute("aria-live", "polite")
    assert SURNAME in desk.on_the_device()
    desk.page.context.set_offline(False)
    expect(desk.said()).to_be_empty()
    desk.wait_stored(SURNAME)
    desk.wait_forgotten(SURNAME)


def test_what_was_typed_without_a_network_is_there_after_the_tab_was_closed(desk: Desk) -> None:
    field = desk.open()
    desk.page.context.set_offline(True)
    field.fill(SURNAME)
    expect(desk.said()).to_contain_text(OFFLINE)
    context = desk.page.context
    desk.page.close()
    context.set_offline(False)
    desk.page = context.new_page()
    expect(desk.open()).to_have_value(SURNAME)
    desk.wait_stored(SURNAME)
    expect(desk.page.locator("main [role=alert]")).to_have_count(0)
    desk.wait_forgotten(SURNAME)


def test_a_sealed_answer_is_never_written_down_and_that_is_said(desk: Desk) -> None:
    field = desk.open("passport")
    desk.page.context.set_offline(True)
    field.fill(PASSPORT)
    expect(desk.said("passport")).to_contain_text(OFFLINE)
    expect(desk.said("passport")).to_contain_text("не хранится")
    assert "654321" not in desk.on_the_device()
    desk.page.context.set_offline(False)
    expect(desk.page.locator("#state-passport[data-saved]")).to_be_visible()


def test_that_there_is_nothing_to_list_in_a_sealed_table_is_never_written_down(desk: Desk) -> None:
    desk.page.goto(desk.world.at("documents/income/questions/accounts", desk.whose))
    desk.page.context.set_offline(True)
    desk.page.check("#a-accounts-none")
    expect(desk.said("accounts")).to_contain_text(OFFLINE)
    expect(desk.said("accounts")).to_contain_text("не хранится")
    assert "unsaved:" not in desk.on_the_device()
    desk.page.context.set_offline(False)
    expect(desk.page.locator("#state-accounts[data-saved]")).to_be_visible()


def test_the_portal_going_away_and_coming_back_loses_nothing(desk: Desk) -> None:
    field = desk.open()
    desk.live.kill()
    try:
        field.fill(SURNAME)
        field.press("Tab")
        expect(desk.said()).to_contain_text(OFFLINE)
    finally:
        desk.live.start()
    expect(desk.said()).to_be_empty(timeout=WAIT_MS)
    desk.wait_stored(SURNAME)


def test_a_save_whose_answer_was_lost_is_no_conflict_with_oneself(desk: Desk) -> None:
    field = desk.open()
    lost: list[bool] = []

    def lose_the_first_answer(route) -> None:  # type: ignore[no-untyped-def]
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().ok)
            route.abort("connectionreset")
        else:
            route.continue_()

    desk.page.route("**/questions/name", lose_the_first_answer)
    field.fill(SURNAME[:3])
    expect(desk.said()).to_contain_text(OFFLINE)
    assert desk.stored() == SURNAME[:3]
    field.press_sequentially(SURNAME[3:])
    desk.wait_stored(SURNAME)
    expect(desk.page.locator("main [role=alert]")).to_have_count(0)


@pytest.mark.parametrize("leave", ["back", "reload", "elsewhere"])
def test_leaving_right_after_typing_saves_it(desk: Desk, leave: str) -> None:
    desk.open("passport")
    field = desk.open()
    field.fill(SURNAME)
    if leave == "back":
        desk.page.go_back()
    elif leave == "reload":
        desk.page.reload()
        expect(field).to_have_value(SURNAME)
    else:
        desk.page.goto("/help")
    desk.wait_stored(SURNAME)


def test_a_sealed_answer_is_saved_when_one_leaves_right_after_typing(desk: Desk) -> None:
    desk.open("passport").fill(PASSPORT)
    desk.page.goto("/help")
    desk.page.wait_for_timeout(500)
    desk.open("passport")
    expect(desk.page.locator("#a-passport-help")).to_contain_text("••••21")


@pytest.mark.parametrize("how", ["session over", "no cookie"])
def test_signed_out_one_is_told_and_after_signing_in_again_it_is_saved(
    desk: Desk, how: str
) -> None:
    field, context = desk.open(), desk.page.context
    if how == "no cookie":
        context.clear_cookies()
    else:
        with desk.world.database.writing() as session:
            end_sessions_of(session, desk.person_id, now=clock.now())
    field.fill(SURNAME)
    field.press("Tab")
    expect(desk.said()).to_contain_text(OUT)
    expect(desk.said().locator("a[target=_blank]")).to_have_attribute("href", "/sign-in")
    before = desk.page.url
    desk.page.locator("button[name=action][value=next]").click()
    desk.page.wait_for_timeout(500)
    assert desk.page.url == before
    expect(field).to_have_value(SURNAME)
    context.add_cookies([cookie_of(desk.live, desk.person_id, "ru")])
    desk.page.bring_to_front()
    # The press that had to wait is carried out then.
    desk.page.wait_for_url("**/questions/address")
    desk.wait_stored(SURNAME)
    desk.wait_forgotten(SURNAME)


def test_the_first_press_after_the_session_ended_loses_nothing(desk: Desk) -> None:
    field, context = desk.open("passport"), desk.page.context
    context.clear_cookies()
    field.fill(PASSPORT)
    desk.page.locator("button[name=action][value=next]").click()
    expect(desk.said("passport")).to_contain_text(OUT)
    expect(field).to_have_value(PASSPORT)
    context.add_cookies([cookie_of(desk.live, desk.person_id, "ru")])
    desk.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    desk.page.wait_for_url("**/questions/work")
    desk.open("passport")
    expect(desk.page.locator("#a-passport-help")).to_contain_text("••••21")


def test_a_slow_save_holds_a_press_for_a_moment_only(desk: Desk) -> None:
    field = desk.open()
    desk.page.route(
        "**/questions/name",
        lambda route: route.continue_() if "hx-request" not in route.request.headers else None,
    )
    field.fill(SURNAME)
    with desk.page.expect_navigation():
        desk.page.locator("button[name=action][value=leave]").click()
    desk.wait_stored(SURNAME)


def test_another_person_on_this_device_is_not_given_what_was_typed(desk: Desk) -> None:
    field, context = desk.open(), desk.page.context
    context.set_offline(True)
    field.fill(SURNAME)
    expect(desk.said()).to_contain_text(OFFLINE)
    desk.page.close()
    context.set_offline(False)
    with desk.world.database.writing() as session:
        campaign = session.get_one(builders.Campaign, desk.world.campaigns[desk.whose])
        helper = builders.a_member(session, campaign).person_id
    context.add_cookies([cookie_of(desk.live, helper, "ru")])
    desk.page = context.new_page()
    expect(desk.open()).to_have_value("")
    desk.page.wait_for_timeout(500)
    assert desk.stored() == ""


def test_signing_out_forgets_what_waits_in_the_browser(desk: Desk) -> None:
    field = desk.open()
    desk.page.route("**/questions/name", lambda route: route.abort("connectionreset"))
    field.fill(SURNAME)
    expect(desk.said()).to_contain_text(OFFLINE)
    assert SURNAME in desk.on_the_device()
    desk.page.locator(".menu summary").click()
    with desk.page.expect_navigation():
        desk.page.locator(".menu-sheet form[data-forget] button").click()
    assert SURNAME not in desk.on_the_device()


def test_what_was_wrong_in_a_new_row_is_kept_once_something_of_it_is_right(desk: Desk) -> None:
    page = desk.page
    page.goto(desk.world.at("documents/income/tables/accounts/new", desk.whose))
    row = page.url
    page.locator("[name=a-number]").fill("4070281")
    expect(page.locator("#state-number .field-error")).to_be_visible()
    back = page.locator("main a.button", has_text="К списку")
    page.goto(back.get_attribute("href") or "")
    expect(page.locator(".row-card")).to_have_count(0)
    page.goto(row)
    page.locator("[name=a-number]").fill("4070281")
    expect(page.locator("#state-number .field-error")).to_be_visible()
    page.locator("[name=a-bank]").fill("Банк «Пример»")
    expect(page.locator("#state-bank[data-saved]")).to_be_visible()
    page.wait_for_timeout(500)
    page.locator("main a.button", has_text="К списку").click()
    expect(page.locator(".row-card")).to_contain_text("Банк «Пример»")
    expect(page.locator(".row-card")).to_contain_text("••••81")


def a_new_row(desk: Desk) -> str:
    """Open the paper of a table that is not sealed; give the address of “add”."""
    steps = [step.key for step in desk.world.library[RU].steps if step.key != "d3_notice"]
    desk.world.prove([key for key in steps if key not in OPENS_THE_PAPER], desk.whose)
    desk.world.answer({"b4_account.fund": "account"}, desk.whose)
    return desk.world.at("documents/materials_notice/tables/materials/new", desk.whose)


def test_a_row_begun_without_a_network_comes_back_when_a_row_is_added_again(desk: Desk) -> None:
    page, context, new = desk.page, desk.page.context, a_new_row(desk)
    page.goto(new)
    begun = page.url
    context.set_offline(True)
    page.locator("[name=a-what]").fill(LEAFLET)
    page.locator("[name=a-what]").press("Tab")
    expect(page.locator("[data-unsaved]").first).to_contain_text(OFFLINE)
    page.close()
    context.set_offline(False)
    desk.page = page = context.new_page()
    page.goto(new)
    page.wait_for_url(begun)
    expect(page.locator("[name=a-what]")).to_have_value(LEAFLET)
    # It is saved now, or was with the last breath of the page before: then the row bears its name.
    saved, named = page.locator("#state-what[data-saved]"), page.locator("h1", has_text=LEAFLET)
    expect(saved.or_(named).first).to_be_visible()
    # It is a row like any other now, and the next one is empty.
    page.goto(new)
    page.wait_for_timeout(500)
    assert page.url != begun
    expect(page.locator("[name=a-what]")).to_have_value("")


def test_a_new_row_that_was_given_up_does_not_come_back(desk: Desk) -> None:
    page, new = desk.page, a_new_row(desk)
    page.goto(new)
    begun = page.url
    page.locator("[name=a-copies]").fill("сотня")
    expect(page.locator("#state-copies .field-error")).to_be_visible()
    page.goto(new)
    page.wait_for_url(begun)
    expect(page.locator("[name=a-copies]")).to_have_value("сотня")
    with page.expect_navigation():
        page.locator("form[action$='/remove'] button").click()
    assert "сотня" not in desk.on_the_device()
    page.goto(new)
    page.wait_for_timeout(500)
    assert page.url != begun
    expect(page.locator("[name=a-copies]")).to_have_value("")
