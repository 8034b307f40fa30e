"""Houses, a turf, and twenty doors on a phone that loses its network."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from playwright.sync_api import Page, expect
from sqlalchemy import select

from app import clock
from canvassing.doors.models import Visit
from canvassing.territory.models import Door
from tests.browser.conftest import PHONE
from tests.browser.travelling import press
from tests.browser.watching import assert_fits
from tests.browser.with_worker.whole_slice.trip import Trip
from tests.browser.with_worker.whole_slice.words import Told
from tests.browser.world import submit

OFFLINE, ONLINE = 6, 14


def doors(trip: Trip) -> None:
    """Import houses, give them out and log the doors: the step is done, and opens the next."""
    told = trip.told
    if told.doors_step != told.flyer_step:
        trip.is_done(told.flyer_step)
    trip.proved(*told.after_flyer)
    trip.is_not_done(told.doors_step)
    give_out_houses(trip)
    phone = trip.helper("canvasser", width=PHONE)
    with trip.seen_on_dispatch("doors"):
        walk(trip, phone)
        if told.more_doors:
            trip.is_not_done(told.doors_step)
            send_the_rest(trip, phone)
    phone.context.close()
    trip.is_done(told.doors_step)
    expect(trip.station(told.after_doors)).to_be_visible()


def walk(trip: Trip, phone: Page) -> None:
    """Log twenty doors, the last six without a network; all arrive, and each once."""
    phone.goto(trip.at("field/walk"))
    phone.locator("a.stop-link").first.click()
    expect(phone.locator("[data-walk][data-ready]")).to_be_visible()
    phone.locator("[data-go]").click()
    knock(phone, trip.told, ONLINE)
    arrived(phone)
    assert logged(trip) == list(range(1, ONLINE + 1))
    phone.context.set_offline(True)
    knock(phone, trip.told, OFFLINE)
    expect(phone.locator("[data-net]")).to_have_attribute("data-waiting", str(OFFLINE))
    assert logged(trip) == list(range(1, ONLINE + 1))
    phone.context.set_offline(False)
    arrived(phone)
    phone.reload()
    arrived(phone)
    assert logged(trip) == list(range(1, ONLINE + OFFLINE + 1))
    assert_fits(phone)


def give_out_houses(trip: Trip) -> None:
    """Import a house of twenty doors, and a tower where the step wants more; give out both."""
    told = trip.told
    table = f"address;entrances;floors;flats per floor\n{told.street}, 9;1;5;4\n"
    if told.more_doors:
        table += f"{told.street}, 11;1;{told.more_doors // 4};4\n"
    page = trip.go("field/imports")
    houses = page.locator("form[action$='/buildings']")
    houses.locator("input[type=file]").set_input_files(
        {"name": "houses.csv", "mimeType": "text/csv", "buffer": table.encode()}
    )
    submit(page, "form[action$='/buildings'] [type=submit]")
    assert_fits(page)
    press(page, "/apply")
    trip.go("field/turfs")
    page.fill("main [name=name]", "4")
    page.select_option("main [name=person]", str(trip.helpers["canvasser"]))
    for entrance in page.locator("main [name=entrances]").all():
        entrance.check()
    press(page, "/turfs")
    assert_fits(page)


def knock(phone: Page, told: Told, count: int) -> None:
    """Answer doors one after the other; the next one opens by itself."""
    outcomes = (told.talked, "out", "refused")
    for number in range(count):
        title = phone.locator("h1").inner_text()
        phone.locator(f"[name=outcome][value={outcomes[number % 3]}]").check()
        phone.locator("button[data-save]").click()
        expect(phone.locator("h1")).not_to_have_text(title)


def arrived(phone: Page) -> None:
    """Wait until nothing is left on the phone."""
    expect(phone.locator("[data-net][data-waiting='0'][data-state='idle']")).to_be_attached()


def logged(trip: Trip) -> list[int]:
    """Give the phone's numbers of what the server holds; each door was visited once."""
    with trip.world.database.reading() as session:
        rows = session.execute(
            select(Visit.door_id, Visit.device_seq)
            .where(Visit.campaign_id == trip.campaign_id)
            .order_by(Visit.device_seq)
        ).all()
    assert len({door for door, _ in rows}) == len(rows)
    return [seq for _, seq in rows]


def send_the_rest(trip: Trip, phone: Page) -> None:
    """Send the doors that the step wants beyond the twenty as a second phone would: in a batch."""
    with trip.world.database.reading() as session:
        seen = select(Visit.door_id).where(Visit.campaign_id == trip.campaign_id)
        left = session.scalars(
            select(Door.id)
            .where(Door.campaign_id == trip.campaign_id, Door.id.not_in(seen))
            .order_by(Door.id)
        ).all()
    assert len(left) == trip.told.more_doors
    now = clock.now()
    items = [
        {
            "id": str(uuid4()),
            "seq": seq,
            "door": door,
            "at": int((now - timedelta(hours=3) + timedelta(minutes=seq)).timestamp() * 1000),
            "outcome": "out",
        }
        for seq, door in enumerate(left, start=1)
    ]
    answered = phone.request.post(
        trip.at("doors/sync"),
        headers={"X-CSRFToken": phone.locator("[name=csrf_token]").first.input_value()},
        data={
            "device": str(uuid4()),
            "sent_at": int(now.timestamp() * 1000),
            "items": items,
        },
    )
    assert answered.ok, answered.text()
