"""A paper from the first question to the accepted scan, and a flyer to the printer's file."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from app import clock
from tests.browser.travelling import press
from tests.browser.watching import assert_fits
from tests.browser.with_worker.answering import answer_pages, fill_in
from tests.browser.with_worker.candidates import PROVED_BY_PAPERS
from tests.browser.with_worker.printed import PRESS_MS, downloaded, issued, photos_of, send_back
from tests.browser.with_worker.whole_slice.trip import Trip
from tests.browser.world import submit


def paper(trip: Trip) -> None:
    """Answer, look at the preview, issue, sign, send back; accepted, it opens what is next."""
    told = trip.told
    trip.world.prove(PROVED_BY_PAPERS[told.language], trip.whose)
    trip.proved(*told.before)
    trip.is_not_done(told.paper_step)
    page = trip.go(f"documents/{told.paper}")
    page.locator("a.button[href*='/questions/']").first.click()
    for key in told.typed_live:
        saved_while_typing(page, key, told.typed[key])
    answer_pages(page, told.typed)
    press(page, "/preview")
    picture = page.locator("#preview img").first
    expect(picture).to_have_js_property("complete", value=True, timeout=PRESS_MS)
    assert picture.evaluate("picture => picture.naturalWidth") > 0
    assert_fits(page)
    send_back(page, photos_of(issued(page, page.locator("a[href*='/issued/']").first)))
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
    submit(page, "[formaction$='/send']")
    trip.accept("designer", "flyer")
    page.goto(studio)
    printed = page.locator("a[href$='/versions/1/print']")
    assert downloaded(page, printed).startswith(b"%PDF")
    assert_fits(page)
