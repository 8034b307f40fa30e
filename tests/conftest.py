"""Fixtures: settings, a fresh database of either kind, sessions, and a fixed clock."""

from __future__ import annotations

import gc
import importlib
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from app.config import Settings
from app.db import Base, Database
from app.demo import Size
from app.main import create_app
from app.reach import everything
from app.row_security import let_in, secure
from app.web.kernel import EXTENSION
from documents.press.client import Press
from quests.route.library import PackLibrary, load_library
from tests.databases import PROGRAM, make_anew
from tests.demo_once import Planted, Planting, plant_once
from tests.engines import warm
from tests.page import CheckingClient, client_of

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("app", "quests", "documents", "fundraising", "canvassing")
WHOLE = everything("a test plants and looks at whatever it likes")
NOW = datetime(2026, 6, 24, 9, 0, tzinfo=UTC)
COLLECT_AFTER = 100_000
"""Objects; a program that a test assembles makes tens of thousands of them."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the whole suite run on PostgreSQL too."""
    parser.addoption("--postgres", default="", help="address of a PostgreSQL server to test on")
    parser.addoption("--rewrite-golden", action="store_true", help="write golden files anew")


def pytest_collection_finish() -> None:
    """Leave what was loaded out of the collector's walks: they take a sixth of the whole run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, 20, 50)


def import_all_models() -> None:
    """Import every module of tables, so that the metadata is whole."""
    for package in PACKAGES:
        found = (ROOT / package).rglob("models.py"), (ROOT / package).rglob("models/*.py")
        for path in sorted(chain.from_iterable(found)):
            # A package's own file is imported under the package's name, and once.
            module = path.parent if path.stem == "__init__" else path.with_suffix("")
            importlib.import_module(".".join(module.relative_to(ROOT).parts))


@pytest.fixture
def now() -> datetime:
    """A Wednesday morning on which all tests happen unless they say otherwise."""
    return NOW


@pytest.fixture
def settings(tmp_path: Path, database_url: str, request: pytest.FixtureRequest) -> Settings:
    """Settings of a throw-away program."""
    found = Settings.for_tests(tmp_path, database_url)
    if server := request.config.getoption("--postgres"):
        owner = make_url(server).set(database=make_url(database_url).database)
        address = owner.render_as_string(hide_password=False)
        return found.model_copy(update={"database_owner_url": address})
    return found


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with all tables and no rows, copied for each test."""
    import_all_models()
    path = tmp_path_factory.mktemp("template") / "empty.db"
    database = Database(f"sqlite+pysqlite:///{path}")
    Base.metadata.create_all(database.write_engine)
    # The last connection to leave folds the write-ahead log into the file.
    database.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_template(request: pytest.FixtureRequest) -> str:
    """The name of a PostgreSQL database with all tables, one for each worker."""
    import_all_models()
    server: str = request.config.getoption("--postgres")
    name = f"mandat_template_{os.environ.get('PYTEST_XDIST_WORKER', 'only')}"
    make_anew(server, name)
    owner = create_engine(make_url(server).set(database=name))
    with owner.begin() as connection:
        Base.metadata.create_all(connection)
        secure(connection, Base.metadata)
        let_in(connection, PROGRAM)
    owner.dispose()
    return name


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh database of the kind this run tests."""
    server = request.config.getoption("--postgres")
    if not server:
        source: Path = request.getfixturevalue("empty_sqlite")
        shutil.copyfile(source, tmp_path / "mandat.db")
        yield f"sqlite+pysqlite:///{tmp_path / 'mandat.db'}"
        return
    template: str = request.getfixturevalue("postgres_template")
    yield make_anew(server, f"{template}_test", template)


@pytest.fixture(scope="session")
def planting(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Planting:
    """Plant a demo in a database of its own, to be laid into those of many tests."""
    server: str = request.config.getoption("--postgres")

    def plant(name: str, now: datetime, size: Size) -> Planted:
        folder = tmp_path_factory.mktemp(name)
        if server:
            template: str = request.getfixturevalue("postgres_template")
            address = make_anew(server, f"{template}_{name}", template)
        else:
            shutil.copyfile(request.getfixturevalue("empty_sqlite"), folder / "demo.db")
            address = f"sqlite+pysqlite:///{folder / 'demo.db'}"
        return plant_once(folder, address, server=server, now=now, size=size)

    return plant


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh database with all tables."""
    found = warm(Database(database_url)).reaching(WHOLE)
    yield found
    found.dispose()


@pytest.fixture
def owner(settings: Settings) -> Iterator[Database]:
    """The same database as the owner of its tables, who may change more than rows."""
    found = Database(settings.owner_database_url).reaching(WHOLE)
    yield found
    found.dispose()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A session that writes; what it holds is committed when the test ends well."""
    with database.writing() as found:
        yield found


@pytest.fixture(scope="session")
def library() -> PackLibrary:
    """The shipped packs, loaded once."""
    return load_library()


@pytest.fixture
def program(settings: Settings, library: PackLibrary) -> Iterator[Flask]:
    """The whole program over the test's own database."""
    app = create_app(settings, library)
    database = warm(app.extensions[EXTENSION].database)
    yield app
    database.dispose()


@pytest.fixture(scope="session")
def press() -> Iterator[Press]:
    """One warm press for all tests that need the real one."""
    found = Press()
    yield found
    found.close()


@pytest.fixture
def client(program: Flask) -> CheckingClient:
    """A visitor's browser that inspects every page."""
    return client_of(program)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with a golden file; ``make golden`` writes the file instead."""
    rewrite: bool = request.config.getoption("--rewrite-golden")

    def compare(name: str, text: str) -> None:
        path = ROOT / "tests" / "golden" / name
        if rewrite:
            path.write_text(text, encoding="utf-8")
        assert path.is_file(), f"{name} is missing: make golden"
        assert text == path.read_text(encoding="utf-8"), f"{name} differs; read it, make golden"

    return compare
