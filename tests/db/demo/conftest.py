"""A planted demo to look at: planted once, laid into the database of each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.config import Settings
from app.db import Database
from app.demo import Size, plant
from tests.demo_once import NOW, PRINTED, SMALL, lay, plant_once


@pytest.fixture(scope="session")
def small_demo(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> Settings:
    return plant_once(tmp_path_factory.mktemp("demo"), empty_sqlite, now=NOW, size=SMALL)


@pytest.fixture(scope="session")
def printed_demo(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> Settings:
    return plant_once(tmp_path_factory.mktemp("printed"), empty_sqlite, now=NOW, size=PRINTED)


@pytest.fixture
def planted(
    request: pytest.FixtureRequest, database: Database, settings: Settings
) -> Iterator[Session]:
    """The small demo, without anything typeset."""
    _lay(request, "small_demo", SMALL, database, settings)
    with database.reading() as session:
        yield session


@pytest.fixture
def printed(
    request: pytest.FixtureRequest, database: Database, settings: Settings
) -> Iterator[Session]:
    """The small demo with its papers, packets and flyers from the real press."""
    _lay(request, "printed_demo", PRINTED, database, settings)
    with database.reading() as session:
        yield session


def _lay(
    request: pytest.FixtureRequest,
    fixture: str,
    size: Size,
    database: Database,
    settings: Settings,
) -> None:
    if database.is_sqlite:
        lay(request.getfixturevalue(fixture), database, settings)
    else:
        plant(database, settings, now=NOW, size=size)
