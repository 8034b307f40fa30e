"""The small world of the guards: planted once, put back after every test."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from app import clock
from app.accounts.models import SignIn
from app.config import Settings
from app.db import Database
from app.main import create_app
from app.web.kernel import EXTENSION
from quests.route.library import PACKS, PackLibrary, load_library
from tests.guards.browsing import World
from tests.guards.world import KIND, KINDS, OPEN_STEP, PACK, Planter

STEP_OF_PAPER = re.compile(r"^step = .*(?:\nneeded_by = .*)?$", re.MULTILINE)
CONDITION = re.compile(r"^(opens|applies|who) = .*\n", re.MULTILINE)


def a_world(data: Path, empty: Path, library: PackLibrary) -> World:
    """Give the whole program, not a demo, over a freshly planted world."""
    shutil.copyfile(empty, data / "mandat.db")
    settings = Settings.for_tests(data).model_copy(update={"demo": False})
    database = Database(settings.resolved_database_url)
    with database.writing() as session:
        planted = Planter(session, settings=settings, now=clock.now()).plant()
    database.dispose()
    app = create_app(settings, library)
    return World(app, app.extensions[EXTENSION].database, planted)


def put_back(world: World) -> Iterator[World]:
    """Lend the world to one test."""
    with world.database.writing() as session:
        # The world is planted once: by now its people may have been away for so long that a page
        # would note their visit, and these tests ask that pages note nothing.
        session.execute(update(SignIn).values(seen_at=clock.now()))
    before = world.version()
    yield world
    if world.version() != before:
        world.restore()


@pytest.fixture(scope="session")
def planted_world(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> Iterator[World]:
    """The program with the packs as they are, but for the steps of the papers asked for.

    They belong to the step that is open from the start, so that their screens can be asked while
    that step can still be worked on.
    """
    packs = tmp_path_factory.mktemp("packs")
    shutil.copytree(PACKS, packs, dirs_exist_ok=True)
    for kind in KINDS:
        paper = packs / PACK / "documents" / f"{kind}.toml"
        moved, times = STEP_OF_PAPER.subn(f'step = "{OPEN_STEP}"', paper.read_text("utf-8"))
        assert times == 1, kind
        if kind == KIND and "\neditable = " not in moved:
            moved = moved.replace("\nstep = ", "\neditable = true\nstep = ", 1)
        paper.write_text(moved, "utf-8")
    found = a_world(tmp_path_factory.mktemp("world"), empty_sqlite, load_library(packs))
    yield found
    found.close()


@pytest.fixture
def world(planted_world: World) -> Iterator[World]:
    """The small world, put back when the test is over."""
    yield from put_back(planted_world)


@pytest.fixture(scope="session")
def planted_open_world(
    tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path
) -> Iterator[World]:
    """The program with packs in which every step is open to everybody from the start."""
    packs = tmp_path_factory.mktemp("packs")
    shutil.copytree(PACKS, packs, dirs_exist_ok=True)
    for path in packs.glob("*/route.toml"):
        path.write_text(CONDITION.sub("", path.read_text("utf-8")), "utf-8")
    found = a_world(tmp_path_factory.mktemp("open"), empty_sqlite, load_library(packs))
    yield found
    found.close()


@pytest.fixture
def open_world(planted_open_world: World) -> Iterator[World]:
    """The small world without locks, put back when the test is over."""
    yield from put_back(planted_open_world)
