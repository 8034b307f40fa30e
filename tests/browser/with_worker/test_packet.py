"""The papers from the first question to the desk that takes them, on a phone, in each pack.

The clerk finds a slip on the way, and the worker dies while it puts the packet together.
"""

from __future__ import annotations

import pytest

from tests.browser.conftest import BrowserOf
from tests.browser.live import LiveServer
from tests.browser.with_worker.packet_slice.desk import hand_in, put_together, read_it, rehearse
from tests.browser.with_worker.packet_slice.papers import answer_all, mend, sign_all
from tests.browser.with_worker.packet_slice.way import a_way
from tests.browser.with_worker.packet_slice.words import ENGLAND, PETERSBURG, Told
from tests.browser.world import World


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "told",
    [
        pytest.param(PETERSBURG, id="petersburg"),
        # In make test England is travelled by the whole slice instead.
        pytest.param(ENGLAND, id="england", marks=pytest.mark.slow),
    ],
)
def test_papers_are_answered_mended_signed_and_handed_in(
    browser_of: BrowserOf, live: LiveServer, world: World, told: Told
) -> None:
    way = a_way(live, world, browser_of, told)
    answer_all(way)
    mend(way)
    sign_all(way)
    put_together(way)
    sheets = read_it(way)
    rehearse(way)
    hand_in(way, sheets)
