"""Doors without a network, in a real Chromium: nothing lost, nothing doubled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from app import clock
from app.access import Role
from app.accounts.models import Campaign
from canvassing.doors.models import Visit
from canvassing.doors.rules import TURF_SPEAKS_FOR
from canvassing.turf.models import Turf
from tests import builders
from tests.browser.axe import grave_findings
from tests.browser.conftest import PHONE, BrowserOf
from tests.browser.live import LiveServer
from tests.browser.watching import assert_fits
from tests.canvassing_world import a_contact, a_house, a_turf

WAIT_MS = 15_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """A canvasser with an entrance of twenty doors."""

    live: LiveServer
    person_id: int
    field: str
    address: str
    doors: list[int]

    def stored(self) -> list[tuple[int, int]]:
        """Give door and device number of what the server holds of these doors."""
        with self.live.database.reading() as session:
            rows = session.execute(
                select(Visit.door_id, Visit.device_seq)
                .where(Visit.door_id.in_(self.doors))
                .order_by(Visit.device_seq)
            )
            return [(door, seq) for door, seq in rows]


@pytest.fixture
def walk(live: LiveServer, browser_of: BrowserOf) -> Iterator[Walk]:
    """A campaign of its own for each test."""
    with live.database.writing() as session:
        campaign: Campaign = builders.a_campaign(session)
        canvasser = builders.a_member(session, campaign, role=Role.CANVASSER)
        _, entrance, doors = a_house(session, campaign.id)
        a_contact(session, campaign.id, doors[13])
        a_turf(session, campaign.id, canvasser.person_id, entrance, now=clock.now())
        field = f"/campaigns/{campaign.id}/field"
    yield Walk(
        live=live,
        person_id=canvasser.person_id,
        field=field,
        address=f"{field}/entrances/{entrance}",
        doors=doors,
    )


def open_grid(walk: Walk, browser_of: BrowserOf, language: str = "ru") -> Page:
    page = browser_of(walk.person_id, width=PHONE, language=language)
    page.goto(walk.address)
    expect(page.locator("[data-walk][data-ready]")).to_be_visible(timeout=WAIT_MS)
    return page


def answer(page: Page, outcome: str, **more: str) -> None:
    """Answer the door that is open; the next one opens by itself."""
    page.locator(f"[name=outcome][value={outcome}]").check()
    for name, value in more.items():
        page.locator(f"[name={name}][value='{value}']").check()
    title = page.locator("h1").inner_text()
    page.locator("button[data-save]").click()
    expect(page.locator("h1")).not_to_have_text(title)


def net(page: Page) -> str:
    return page.locator("[data-net]").inner_text()


def settled(page: Page) -> None:
    expect(page.locator("[data-net][data-waiting='0'][data-state='idle']")).to_be_visible(
        timeout=WAIT_MS
    )


def test_six_doors_without_a_network_arrive_once(walk: Walk, browser_of: BrowserOf) -> None:
    page = open_grid(walk, browser_of)
    page.context.set_offline(True)
    page.locator("[data-go]").click()
    for outcome in ("talked", "out", "refused", "talked", "out", "talked"):
        answer(page, outcome)
    expect(page.locator("[data-net]")).to_have_text("Без сети · 6 записей ждут")
    assert walk.stored() == []
    page.locator(".walk-back").click()
    expect(page.locator(f"#door-{walk.doors[1]}")).to_contain_text("нет дома")
    expect(page.locator(f"#door-{walk.doors[1]}")).to_contain_text("в телефоне")
    page.context.set_offline(False)
    settled(page)
    assert walk.stored() == [(door, place) for place, door in enumerate(walk.doors[:6], start=1)]
    expect(page.locator(f"#door-{walk.doors[1]}")).to_contain_text("принято")
    page.reload()
    settled(page)
    assert len(walk.stored()) == 6


def test_answers_survive_the_page_and_the_server_going_away(
    walk: Walk, browser_of: BrowserOf
) -> None:
    page = open_grid(walk, browser_of)
    page.watch.server_may_be_gone = True  # type: ignore[attr-defined]
    page.locator("[data-go]").click()
    answer(page, "talked")
    settled(page)
    walk.live.kill()
    for outcome in ("out", "refused", "talked"):
        answer(page, outcome)
    expect(page.locator("[data-net]")).to_contain_text("3 записи ждут", timeout=WAIT_MS)
    page.close()
    walk.live.start()
    again = page.context.new_page()
    again.goto(walk.address)
    settled(again)
    assert [seq for _, seq in walk.stored()] == [1, 2, 3, 4]
    assert len({door for door, _ in walk.stored()}) == 4


def test_signing_out_waits_for_answers(walk: Walk, browser_of: BrowserOf) -> None:
    page = open_grid(walk, browser_of)
    page.context.set_offline(True)
    page.locator("[data-go]").click()
    answer(page, "talked")
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.accept()))
    page.locator(".menu summary").click()
    page.locator(".menu-sheet form[data-forget] button").click()
    expect(page.locator("[data-net]")).to_contain_text("1 запись ждёт")
    page.wait_for_timeout(300)
    assert said and "1" in said[0]
    page.context.set_offline(False)
    settled(page)
    page.locator(".menu-sheet form[data-forget] button").click()
    page.wait_for_url("**/")
    assert len(walk.stored()) == 1


def test_answers_of_a_turf_taken_back_are_sent_from_the_list_of_doors(
    walk: Walk, browser_of: BrowserOf
) -> None:
    page = open_grid(walk, browser_of)
    page.context.set_offline(True)
    page.locator("[data-go]").click()
    for outcome in ("talked", "do_not_contact"):
        answer(page, outcome)
    page.close()
    with walk.live.database.writing() as session:
        session.execute(
            update(Turf).where(Turf.person_id == walk.person_id).values(ended_at=clock.now())
        )
    again = page.context.new_page()
    page.context.set_offline(False)
    again.goto(f"{walk.field}/walk")
    expect(again.locator("[data-arriving][data-waiting='0'][data-state='idle']")).to_have_text(
        "Всё отправлено", timeout=WAIT_MS
    )
    assert len(walk.stored()) == 2
    assert_fits(again)
    assert not grave_findings(again)
    again.reload()
    expect(again.locator("[data-arriving]")).to_be_hidden()


def test_a_phone_that_closed_or_cleared_its_store_goes_on_keeping_answers(
    walk: Walk, browser_of: BrowserOf
) -> None:
    page = open_grid(walk, browser_of)
    page.locator("[data-go]").click()
    answer(page, "talked")
    settled(page)
    phone = page.context.new_cdp_session(page)
    phone.send("Storage.clearDataForOrigin", {"origin": walk.live.url, "storageTypes": "indexeddb"})
    page.wait_for_function("indexedDB.databases().then((all) => all.length === 0)")
    answer(page, "out")
    answer(page, "refused")
    settled(page)
    assert {door for door, _ in walk.stored()} == set(walk.doors[:3])


def test_what_was_taken_back_elsewhere_is_not_shown_again_by_the_phone(
    walk: Walk, browser_of: BrowserOf
) -> None:
    page = open_grid(walk, browser_of)
    page.locator("[data-go]").click()
    answer(page, "refused")
    settled(page)
    page.goto(f"{walk.field}/doors/{walk.doors[0]}")
    page.locator("details summary").last.click()
    page.locator("details form button").last.click()
    page.goto(walk.address)
    settled(page)
    cell = page.locator(f"#door-{walk.doors[0]}")
    expect(cell).not_to_contain_text("отказ")
    expect(cell).to_have_class("cell cell-fresh cell-next")
    expect(page.locator("[data-count]")).to_have_text("0 из 20 дверей")


KEPT_ON_THE_PHONE = """(age) => new Promise((resolve) => {
  indexedDB.open("mandat-doors").onsuccess = ({ target: { result: db } }) => {
    const answers = db.transaction("answers", "readwrite").objectStore("answers");
    answers.getAll().onsuccess = ({ target: { result: all } }) => {
      for (const one of all) answers.put({ ...one, keptAt: one.keptAt - age });
      resolve(all.map((one) => one.state));
    };
  };
})"""
FIFTEEN_DAYS_MS = 15 * 24 * 60 * 60 * 1000


def test_what_the_lead_has_to_look_at_does_not_stay_on_the_phone_for_good(
    walk: Walk, browser_of: BrowserOf
) -> None:
    page = open_grid(walk, browser_of)
    with walk.live.database.writing() as session:
        long_ago = clock.now() - 2 * TURF_SPEAKS_FOR
        mine = update(Turf).where(Turf.person_id == walk.person_id)
        session.execute(mine.values(expires_at=long_ago, ended_at=long_ago))
    page.locator("[data-go]").click()
    answer(page, "talked")
    settled(page)
    assert page.evaluate(KEPT_ON_THE_PHONE, FIFTEEN_DAYS_MS) == ["aside"]
    answer(page, "out")
    settled(page)
    assert page.evaluate(KEPT_ON_THE_PHONE, 0) == ["aside"] and walk.stored() == []


def test_one_step_back_leaves_the_grid_however_many_doors_were_opened(
    walk: Walk, browser_of: BrowserOf
) -> None:
    page = browser_of(walk.person_id, width=PHONE, language="ru")
    page.goto(f"{walk.field}/walk")
    page.locator(".stop-link").first.click()
    expect(page.locator("[data-walk][data-ready]")).to_be_visible(timeout=WAIT_MS)
    for _ in range(3):
        page.locator("[data-go]").click()
        expect(page.locator("[data-answer]")).to_be_visible()
        page.locator(".walk-back").click()
        expect(page.locator("[data-grid]")).to_be_visible()
    page.go_back()
    page.wait_for_url("**/walk")


def test_the_doors_are_for_a_thumb_and_for_everybody(walk: Walk, browser_of: BrowserOf) -> None:
    page = open_grid(walk, browser_of, "en")
    for cell in page.locator(".cell").all():
        box = cell.bounding_box()
        assert box and box["height"] >= 56 and box["width"] >= 56
    assert_fits(page)
    assert not grave_findings(page)
    page.locator("[data-go]").click()
    for pick in page.locator(".pick:visible").all():
        box = pick.bounding_box()
        assert box and box["height"] >= 56
    assert_fits(page)
    assert not grave_findings(page)


def test_without_a_script_a_door_is_a_page(walk: Walk, browser_of: BrowserOf) -> None:
    page = browser_of(walk.person_id, width=PHONE, script=False)
    page.goto(walk.address)
    page.locator("[data-go]").click()
    page.locator("[name=outcome][value=talked]").check()
    page.locator(".walk-go").click()
    expect(page.locator("h1")).to_have_text("Кв.\u00a046")
    assert len(walk.stored()) == 1
