"""The packet: put together although its worker dies, read, rehearsed, handed in."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import pairwise
from threading import Thread
from zoneinfo import ZoneInfo

import pikepdf
from playwright.sync_api import expect
from sqlalchemy import Select, select, update

from app import clock
from app.jobs.models import Job
from documents.packets.commands.assembling import ASSEMBLE
from documents.packets.models import Packet
from tests.browser.travelling import press
from tests.browser.watching import assert_fits
from tests.browser.with_worker.answering import fill_in
from tests.browser.with_worker.packet_slice.way import PACKET, Way
from tests.browser.with_worker.printed import PRESS_MS, downloaded, pages_of
from tests.browser.world import submit

LOOK_EVERY_S = 0.005


def put_together(way: Way) -> None:
    """Have the packet put together; its worker dies meanwhile, and the page is left."""
    page = way.go("documents")
    submit(page, "main a[href$='/packets']")
    assert_fits(page)
    submit(page, f"main a[href$='/{PACKET}']")
    assert_fits(page)
    expect(page.locator("#lines .badge-warn")).to_have_count(0)
    expect(page.locator("#stops")).to_have_count(0)
    papers = page.locator("#lines tbody th a").evaluate_all(
        "found => found.map((each) => each.getAttribute('href').split('/').pop())"
    )
    assert papers == [paper.kind for paper in way.told.papers]
    with dying_worker(way):
        press(page, "/assemble/print")
    way.go("route")
    way.go(PACKET)
    expect(page.locator("#together-work progress")).to_be_visible()
    expect(page.locator("#together-work [role=status]")).to_be_visible()
    let_the_lease_run_out(way)
    way.live.start_worker()
    # Nobody reloads: the page looks again by itself.
    expect(page.locator("#together a[href$='/document']")).to_be_visible(timeout=PRESS_MS)
    assert_fits(page)


@contextmanager
def dying_worker(way: Way) -> Iterator[None]:
    """Kill the worker as soon as a part of the packet is done; meanwhile it is asked for."""
    seen: list[tuple[str, int]] = []
    killer = Thread(target=kill_in_the_middle, args=(way, seen), daemon=True)
    killer.start()
    yield
    killer.join()
    ((state, done),) = seen
    assert state == "wanted" and done >= 1, seen
    with way.world.database.reading() as session:
        assert session.execute(_packet(way)).one().state == "wanted"


def kill_in_the_middle(way: Way, seen: list[tuple[str, int]]) -> None:
    """Wait until the work on the packet has begun, and kill the worker."""
    until = time.monotonic() + PRESS_MS / 1000
    while time.monotonic() < until:
        with way.world.database.reading() as session:
            found = session.execute(_packet(way)).one_or_none()
        if found is not None and (found.done or found.state != "wanted"):
            way.live.kill_worker()
            seen.append((found.state, found.done))
            return
        time.sleep(LOOK_EVERY_S)


def _packet(way: Way) -> Select[tuple[str, int]]:
    return select(Packet.state, Packet.done).where(Packet.campaign_id == way.campaign_id)


def let_the_lease_run_out(way: Way) -> None:
    """Let the time pass after which the work of a dead worker is another's."""
    with way.world.database.writing() as session:
        session.execute(
            update(Job)
            .where(Job.kind == ASSEMBLE, Job.done_at.is_(None))
            .values(leased_until=clock.now() - timedelta(seconds=1))
        )


def read_it(way: Way) -> int:
    """Download the packet and look at it page by page; give the number of its sheets."""
    page = way.go(PACKET)
    titles = page.locator("#lines tbody th a").all_inner_texts()
    places = page.locator("#lines tbody td.num:last-child").all_inner_texts()
    whole = downloaded(page, page.locator("#together a[href$='/document']"))
    packed = downloaded(page, page.locator("#together a[href$='/archive']"))
    texts = pages_of(whole)
    look_at_inventory(way, texts[0], titles, places)
    look_at_pages(way, texts[1:])
    bound = [paper for paper in way.told.papers if paper.bound]
    with pikepdf.open(io.BytesIO(whole)) as document, document.open_outline() as outline:
        assert len(outline.root) == 1 + len(bound)
    look_at_archive(way, packed)
    return int(places[-1].split("–")[-1])


def look_at_inventory(way: Way, said: str, titles: list[str], places: list[str]) -> None:
    """See that the inventory names every paper with its number and sheets, in the same order."""
    at = -1
    for paper, title, place in zip(way.told.papers, titles, places, strict=True):
        for words in (" ".join(title.split()), way.numbers.get(paper.kind, ""), place):
            at = said.find(words, at + 1)
            assert at >= 0, f"{words!r} is not in its place:\n{said}"
    for before, after in pairwise(places):
        assert int(after.split("–")[0]) == int(before.split("–")[-1]) + 1, places


def look_at_pages(way: Way, texts: list[str]) -> None:
    """See that every page is where the inventory has it: forms as issued, copies numbered."""
    at = 0
    for paper in filter(lambda paper: paper.bound, way.told.papers):
        if paper.made_here:
            own = pages_of(way.issued[paper.kind])
            assert texts[at : at + len(own)] == own, paper.kind
            assert all(way.numbers[paper.kind] in text for text in own)
            at += len(own)
        else:
            at += 1
            assert texts[at - 1] == way.told.sheet.format(number=at)
    assert at == len(texts)


def look_at_archive(way: Way, packed: bytes) -> None:
    """See that the archive has each paper by itself: a form as the very file that was issued."""
    bound = [paper for paper in way.told.papers if paper.bound]
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        inventory, *names = archive.namelist()
        assert inventory.startswith("00-")
        assert [name[:2] for name in names] == [f"{at:02d}" for at in range(1, len(bound) + 1)]
        for paper, name in zip(bound, names, strict=True):
            if paper.made_here:
                assert archive.read(name) == way.issued[paper.kind]


def rehearse(way: Way) -> None:
    """Put everything into the bag, and go through what may be said at the desk."""
    page = way.go(PACKET)
    things = page.locator("#take li")
    for number in range(things.count()):
        submit(page, f"#take li:nth-child({number + 1}) button")
        expect(things.nth(number)).to_have_class("is-done")
    assert_fits(page)
    cards = page.locator("#rehearsal progress")
    count = int(cards.get_attribute("max") or 0)
    assert count > 0
    submit(page, "#rehearsal a.button")
    for _ in range(count):
        page.locator("main details summary").first.click()
        expect(page.locator("main details p").first).to_be_visible()
        assert_fits(page)
        press(page, "/tick")
    way.go(PACKET)
    expect(cards).to_have_attribute("value", str(count))


def hand_in(way: Way, sheets: int) -> None:
    """Write down the receipt of the desk; from then on the packet counts as handed in."""
    page = way.go(PACKET)
    page.locator("#receipt summary").first.click()
    assert_fits(page)
    zone = {"ru": "Europe/Moscow", "en": "Europe/London"}[way.told.language]
    today = clock.now().astimezone(ZoneInfo(zone)).date()
    receipt = {"received_on": today.isoformat(), "sheets": str(sheets), **way.told.received}
    fill_in(page, receipt)
    press(page, "/receipt")
    expect(page.locator("#receipt .notice-done")).to_be_visible()
    # As many sheets were taken as the packet has: nothing to compare.
    expect(page.locator("#receipt .notice-warn")).to_have_count(0)
    assert_fits(page)
    # The step on the route knows it without being told.
    submit(page, "main a[href*='/steps/']")
    expect(page.locator("main")).to_contain_text(way.told.noted)
    assert_fits(page)
    way.go("packets")
    card = page.locator("main section.card", has=page.locator(f"a[href$='/{PACKET}']"))
    expect(card.locator(".badge-done")).to_be_visible()
