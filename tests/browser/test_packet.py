"""The papers from the first question to the desk that takes them, on a phone, in each pack.

The clerk finds a slip on the way, and the worker dies while it puts the packet together.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quests.route.library import PackLibrary
from tests.browser.conftest import BrowserOf
from tests.browser.live import LiveServer, serving
from tests.browser.packet_slice.desk import hand_in, put_together, read_it, rehearse
from tests.browser.packet_slice.papers import answer_all, mend, sign_all
from tests.browser.packet_slice.way import a_way
from tests.browser.packet_slice.words import ENGLAND, PETERSBURG, Told
from tests.browser.world import World, a_world


@pytest.fixture(scope="module")
def live(
    tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path, library: PackLibrary
) -> Iterator[LiveServer]:
    """A portal of its own with a worker: papers are typeset, packets are bound."""
    data = tmp_path_factory.mktemp("packet")
    with serving(data, empty_sqlite, library, works=True) as server:
        yield server


@pytest.fixture(scope="module")
def world(live: LiveServer, library: PackLibrary) -> World:
    """Both coalitions."""
    return a_world(live.database, library)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("told", [PETERSBURG, ENGLAND], ids=["petersburg", "england"])
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
