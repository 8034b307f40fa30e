"""A planted demo to look at: planted once, laid into the database of each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from app.config import Settings
from app.db import Database
from tests.demo_once import NOW, PRINTED, SMALL, Planted, Planting


@pytest.fixture(scope="session")
def small_demo(planting: Planting) -> Planted:
    return planting("small", NOW, SMALL)


@pytest.fixture(scope="session")
def printed_demo(planting: Planting) -> Planted:
    return planting("printed", NOW, PRINTED)


@pytest.fixture
def planted(small_demo: Planted, database: Database, settings: Settings) -> Iterator[Session]:
    """The small demo, without anything typeset."""
    small_demo.lay(database, settings)
    with database.reading() as session:
        yield session


@pytest.fixture
def printed(printed_demo: Planted, database: Database, settings: Settings) -> Iterator[Session]:
    """The small demo with its papers, packets and flyers from the real press."""
    printed_demo.lay(database, settings)
    with database.reading() as session:
        yield session
