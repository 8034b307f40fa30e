"""The small world of the guards: planted once, put back after every test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import clock
from app.config import Settings, secret_key
from app.db import Database
from app.main import create_app
from app.web.kernel import EXTENSION
from quests.evidence.sealing import Seal
from quests.route.library import PackLibrary
from tests.guards.browsing import World
from tests.guards.world import Planter


@pytest.fixture(scope="session")
def planted_world(
    tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path, library: PackLibrary
) -> Iterator[World]:
    """The whole program, not a demo, over the planted world."""
    data = tmp_path_factory.mktemp("world")
    shutil.copyfile(empty_sqlite, data / "mandat.db")
    settings = Settings.for_tests(data).model_copy(update={"demo": False})
    database = Database(settings.resolved_database_url)
    with database.writing() as session:
        seal = Seal.from_secret(secret_key(settings))
        planter = Planter(session, files=settings.files, seal=seal, now=clock.now())
        planted = planter.plant()
    database.dispose()
    app = create_app(settings, library)
    world = World(app, app.extensions[EXTENSION].database, planted)
    yield world
    world.close()


@pytest.fixture
def world(planted_world: World) -> Iterator[World]:
    """The small world, put back when the test is over."""
    before = planted_world.version()
    yield planted_world
    if planted_world.version() != before:
        planted_world.restore()
