"""A paper from the first question to the accepted scan, and a flyer to the printer's file."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
from PIL import ImageDraw
from playwright.sync_api import FilePayload, Page, expect

from app import clock
from tests.browser.travelling import press
from tests.browser.watching import assert_fits
from tests.browser.whole_slice.trip import PRESS_MS, Trip, downloaded, fill_in
from tests.browser.world import choose, submit


def paper(trip: Trip) -> None:
    """Answer, look at the preview, issue, sign, send back; accepted, it opens what is next."""
    told = trip.told
    trip.proved(*told.before)
    trip.is_not_done(told.paper_step)
    page = trip.go(f"documents/{told.paper}")
    page.locator("a.button[href*='/questions/']").first.click()
    for key in told.typed_live:
        saved_while_typing(page, key, told.typed[key])
    while "/questions/" in page.url:
        for key, value in told.typed.items():
            if page.locator(f"[name='a-{key}']").count():
                choose(page, key, value)
        assert_fits(page)
        submit(page, "button[name=action][value=next]")
    press(page, "/preview")
    picture = page.locator("#preview img").first
    expect(picture).to_have_js_property("complete", value=True, timeout=PRESS_MS)
    assert picture.evaluate("picture => picture.naturalWidth") > 0
    assert_fits(page)
    press(page, "/issue")
    link = page.locator("a[href*='/issued/']").first
    expect(link).to_be_visible(timeout=PRESS_MS)
    photos = photos_of(downloaded(page, link))
    page.set_input_files("#file", photos)
    press(page, "/scans")
    expect(page.locator("#signed .files .badge-done")).to_have_count(len(photos))
    assert_fits(page)
    press(page, "/send")
    expect(page.locator("form[action$='/withdraw']")).to_be_visible()
    trip.accept(told.paper_desk, "paper")
    trip.is_done(told.paper_step)
    if told.after_paper:
        expect(trip.station(told.after_paper)).to_be_visible()


def filing(trip: Trip) -> None:
    """Say that other papers were filed: without it the step stands, whatever else is given."""
    told = trip.told
    if not told.filing_step:
        return
    trip.proved(told.filing_step)
    trip.is_not_done(told.filing_step)
    page = trip.go(f"steps/{told.filing_step}")
    page.locator(f"#work-filed a[href^='{trip.at(f'packets/{told.packet}')}']").click()
    page.locator("#receipt summary").click()
    noted = {"received_on": clock.now().date().isoformat(), "received_time": "10:20"}
    fill_in(page, {**noted, "sheets": "12"})
    submit(page, "form[action$='/receipt'] [type=submit]")
    expect(page.locator("#without_packet-error")).to_be_visible()
    page.check("[name=without_packet]")
    assert_fits(page)
    submit(page, "form[action$='/receipt'] [type=submit]")
    expect(page.locator("#receipt .notice-done")).to_be_visible()
    assert_fits(page)
    trip.is_done(told.filing_step)


def saved_while_typing(page: Page, key: str, text: str) -> None:
    """Type an answer with a pause; once the page says that it is saved, no button is needed."""
    place, half = page.locator(f"[name='a-{key}']"), len(text) // 2
    place.clear()
    for typed in (text[:half], text):
        place.press_sequentially(typed[len(place.input_value()) :])
        # Beside the field stands what the portal has by now.
        expect(page.locator(f"#state-{key} [name='w-{key}']")).to_have_value(typed.strip())
        expect(page.locator(f"#state-{key} [role=status]")).to_be_visible()
        expect(page.locator(f"#state-{key} [role=alert]")).to_have_count(0)
    page.reload()
    expect(place).to_have_value(text)


def photos_of(pdf: bytes) -> list[FilePayload]:
    """Give each page of a printed paper as a photo with a signature on it."""
    assert pdf.startswith(b"%PDF")
    found: list[FilePayload] = []
    for number, sheet in enumerate(pypdfium2.PdfDocument(pdf), start=1):
        picture = sheet.render(scale=2).to_pil().convert("RGB")
        wide, high = picture.size
        ImageDraw.Draw(picture).line(
            [(wide * 0.6, high * 0.8), (wide * 0.7, high * 0.77), (wide * 0.8, high * 0.8)],
            fill="navy",
            width=5,
        )
        written = BytesIO()
        picture.save(written, "PNG")
        found.append(
            {"name": f"{number}.png", "mimeType": "image/png", "buffer": written.getvalue()}
        )
    return found


def flyer(trip: Trip) -> None:
    """Make a flyer; what is seen is saved while one types, and the approved one can be printed."""
    told = trip.told
    trip.proved(told.flyer_step)
    trip.is_not_done(told.flyer_step)
    page = trip.go("flyers")
    press(page, "/flyers")
    fill_in(page, told.flyer)
    expect(page.locator("#flyer-check .notice-done")).to_be_visible(timeout=PRESS_MS)
    expect(page.locator("#flyer-pages img").first).to_be_visible()
    studio = page.url
    page.reload()
    expect(page.locator("[name=s-headline]")).to_have_value(told.flyer["s-headline"])
    assert_fits(page)
    press(page, "/send")
    trip.accept("designer", "flyer")
    page.goto(studio)
    printed = page.locator("a[href$='/versions/1/print']")
    assert downloaded(page, printed).startswith(b"%PDF")
    assert_fits(page)
