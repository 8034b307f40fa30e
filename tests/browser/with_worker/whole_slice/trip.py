"""A candidate on the way: whose browsers there are, and what the route and the board show."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Error, Locator, Page, expect

from tests.browser.conftest import DESK, BrowserOf
from tests.browser.travelling import NAMES, press, review
from tests.browser.watching import assert_fits
from tests.browser.with_worker.printed import PRESS_MS
from tests.browser.with_worker.whole_slice.words import Told
from tests.browser.world import World

LOOK_AGAIN_MS = 500
DONE = "use[href='#m-done']"


@dataclass(slots=True, kw_only=True)
class Trip:
    """A candidate on the way, and everybody who helps."""

    told: Told
    world: World
    open: BrowserOf
    candidate: Page
    chief: Page
    campaign_id: int
    helpers: dict[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The candidate, as the desk knows them."""
        return NAMES[self.told.language]

    @property
    def whose(self) -> str:
        """The campaign's short name in the world."""
        return f"{self.told.language}-new"

    def at(self, path: str) -> str:
        """Give an address inside the campaign."""
        return f"/campaigns/{self.campaign_id}/{path}"

    def go(self, path: str) -> Page:
        """Open a page of the campaign as the candidate; it has to fit their screen."""
        self.candidate.goto(self.at(path))
        assert_fits(self.candidate)
        return self.candidate

    def helper(self, who: str, *, width: int = DESK) -> Page:
        """Give the browser of somebody who helps."""
        return self.open(self.helpers[who], language=self.told.language, width=width)

    def accept(self, who: str, what: str) -> None:
        """Let a helper accept the one thing of the candidate that waits for them."""
        desk = self.helper(who)
        with self.seen_on_dispatch(what):
            review(desk, "", self.name)
            press(desk, "/accept")
        desk.context.close()

    @contextmanager
    def seen_on_dispatch(self, what: str) -> Iterator[None]:
        """See that nobody is lost on the board, and that one moves when it is the time."""
        before = standing(self.chief)
        yield
        after = standing(self.chief)
        assert before.total() == after.total()
        if what == self.told.moves:
            assert (before - after).total() == (after - before).total() == 1, (before, after)

    def proved(self, *keys: str) -> None:
        """Take what steps ask for on their own pages as done."""
        said = {
            name: value
            for name, value in self.told.answers.items()
            if name.partition(".")[0] in keys
        }
        self.world.prove_on_the_step(keys, self.whose, answers=said)

    def station(self, key: str) -> Locator:
        """Give a station of the candidate's map that can be opened."""
        return self.candidate.locator(f".metro li:has(> a.name[href='{self.at(f'steps/{key}')}'])")

    def is_done(self, key: str) -> None:
        """See on the route that a step is done."""
        self.go("route")
        expect(self.station(key).locator(DONE)).to_be_attached()

    def is_not_done(self, key: str) -> None:
        """See on the route that a step is open, and waits for more."""
        self.go("route")
        expect(self.station(key)).to_be_visible()
        expect(self.station(key).locator(DONE)).to_have_count(0)


def standing(chief: Page) -> Counter[str]:
    """Give how many stand at each station of the board, by its full name."""
    chief.goto("/desk")
    found: Counter[str] = Counter()
    for link in chief.locator(".stand-name").all():
        name = link.locator("span[title]").get_attribute("title")
        found[name or ""] = int(link.locator("b").inner_text())
    return found


def look_again_until(page: Page, wanted: Locator) -> None:
    """Open the page anew until something is on it that a job of the worker brings."""
    end = time.monotonic() + PRESS_MS / 1000
    while True:
        try:
            wanted.first.wait_for(timeout=LOOK_AGAIN_MS)
            return
        except Error:
            assert time.monotonic() < end, f"{page.url} never showed {wanted}"
            page.reload()
