"""Fixtures: a portal with a worker, one for each module: some kill it, all move its elections."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quests.route.library import PackLibrary
from tests.browser.live import LiveServer, serving
from tests.browser.world import World, a_world


@pytest.fixture(scope="module")
def live(
    tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path, library: PackLibrary
) -> Iterator[LiveServer]:
    """A portal without rows, in processes of its own: one serves, one does the jobs."""
    data = tmp_path_factory.mktemp("working")
    with serving(data, empty_sqlite, library, works=True) as server:
        yield server


@pytest.fixture(scope="module")
def world(live: LiveServer, library: PackLibrary) -> World:
    """Both coalitions, with one candidate in each who only waits."""
    return a_world(live.database, library)
