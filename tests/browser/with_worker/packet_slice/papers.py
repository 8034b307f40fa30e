"""A paper of the packet: its questions, its issue, what the clerk says, the signed sheets."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.watching import assert_fits
from tests.browser.with_worker.answering import answer_pages
from tests.browser.with_worker.packet_slice.way import PACKET, Way
from tests.browser.with_worker.packet_slice.words import Brought
from tests.browser.with_worker.printed import issued, photos_of, send_back, words_of
from tests.browser.world import a_jpeg, choose, submit


def answer_all(way: Way) -> None:
    """Answer the questions of every paper and issue it; what is known stands there already."""
    for number, paper in enumerate(way.told.papers):
        if number == 1:
            page_of_questions, key, answered = way.told.known
            way.go(f"documents/{paper.kind}/questions/{page_of_questions}")
            expect(way.phone.locator(f"[name='a-{key}']")).to_have_value(answered)
        way.open(paper.kind)
        answer(way, paper)
        if paper.made_here:
            issue(way, paper.kind)
            said = words_of(way.issued[paper.kind])
            for words in paper.printed:
                assert words in said, f"{words!r} is not on {paper.kind}:\n{said}"


def answer(way: Way, paper: Brought) -> None:
    """Answer what the paper on the phone asks, from its first page on."""
    page = way.phone
    submit(page, "a.button[href*='/questions/']")
    if paper.typed:
        # What stands there already is passed over, and one goes back to change it.
        submit(page, "nav ol.checklist a")
    answer_pages(page, {**way.told.typed, **paper.typed})
    assert_fits(page)


def issue(way: Way, kind: str) -> None:
    """Issue the paper on the phone as the answers stand, and take its file."""
    newest = newest_of(way.phone)
    way.issued[kind] = issued(way.phone, newest.locator("a[href*='/issued/']").first)
    assert_fits(way.phone)
    found = re.search(r"[A-Z0-9]+(?:[-/][A-Z0-9]+)+", newest.locator("b").first.inner_text())
    assert found
    way.numbers[kind] = found[0]
    assert found[0] in words_of(way.issued[kind])


def newest_of(page: Page) -> Locator:
    """Give the newest issued version on the page of a paper."""
    return page.locator("#paper .stack-s").first


def mend(way: Way) -> None:
    """See the clerk find the slip, mend it by one tap, and issue anew what says it otherwise."""
    slip, page = way.told.slip, way.go("documents")
    if slip.stops:
        way.go(PACKET)
        expect(page.locator("#stops")).to_contain_text(slip.what)
        expect(page.locator("form[action$='/assemble/print']")).to_have_count(0)
        way.go("documents")
    submit(page, "main a[href$='/clerk']")
    assert_fits(page)
    unfold(page, slip.what)
    with page.expect_navigation():
        found_by_the_clerk(page, slip.what).get_by_role("link", name=slip.what).click()
    # Beside the field stands what is wrong with it, and how the two texts differ.
    remark, place = page.locator(f"#remark-{slip.key}"), page.locator(f"#a-{slip.key}")
    expect(remark).to_contain_text(slip.what)
    for piece in filter(None, slip.marked):
        expect(remark.locator("del, ins").get_by_text(piece, exact=True)).to_be_visible()
    expect(place).to_be_in_viewport()
    assert_fits(page)
    choose(page, slip.key, slip.right)
    expect(page.locator(f"#state-{slip.key} [role=status]")).to_contain_text(slip.then)
    submit(page, "button[name=action][value=clerk]")
    assert_fits(page)
    issue_anew(way)
    way.go("clerk")
    expect(found_by_the_clerk(page, slip.what)).to_have_count(0)


def found_by_the_clerk(page: Page, words: str) -> Locator:
    """Give what the clerk says about something."""
    return page.locator("main li.finding", has_text=words)


def unfold(page: Page, words: str) -> None:
    """Open the papers of the clerk's list among which something stands."""
    folded = page.locator("details.paper-findings:not([open])", has_text=words)
    while folded.count():
        folded.first.locator("summary").first.click()


def issue_anew(way: Way) -> None:
    """Find the paper that is out of date, read what has changed, and issue it once more."""
    slip, page = way.told.slip, way.go("documents")
    expect(way.row(slip.stale).locator(".badge-warn")).to_be_visible()
    expect(page.locator("main tr .badge-warn")).to_have_count(1)
    way.open(slip.stale)
    expect(page.locator("#paper del")).to_contain_text(slip.before)
    expect(page.locator("#paper ins")).to_contain_text(slip.after)
    # The black button is the one to press: nobody prints what is out of date by mistake.
    expect(page.locator("#paper .button-primary")).to_have_count(1)
    assert_fits(page)
    former = way.numbers[slip.stale]
    issue(way, slip.stale)
    assert way.numbers[slip.stale] != former
    assert slip.after in words_of(way.issued[slip.stale])
    expect(page.locator("#paper del")).to_have_count(0)


def sign_all(way: Way) -> None:
    """Send photos of every signed sheet back; whoever looks at them accepts each paper."""
    for paper in way.told.papers:
        page = way.go(f"documents/{paper.kind}")
        photos = photos_of(way.issued[paper.kind]) if paper.made_here else [a_jpeg(paper.kind)]
        send_back(page, photos, printed_here=paper.made_here)
        way.accept(paper.desk)
        page.reload()
        expect(page.locator("main .notice-done")).to_be_visible()
        assert_fits(page)
