"""Fixtures: settings, a fresh database of either kind, sessions, and a fixed clock."""

from __future__ import annotations

import importlib
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from app.config import Settings
from app.db import Base, Database

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 6, 24, 9, 0, tzinfo=UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the whole suite run on PostgreSQL too."""
    parser.addoption("--postgres", default="", help="address of a PostgreSQL server to test on")


def import_all_models() -> None:
    """Import every module of tables, so that the metadata is whole."""
    for package in ("app", "quests"):
        for path in sorted((ROOT / package).rglob("models*.py")):
            importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))


@pytest.fixture
def now() -> datetime:
    """A Wednesday morning on which all tests happen unless they say otherwise."""
    return NOW


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """Settings of a throw-away program."""
    return Settings.for_tests(tmp_path, database_url)


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with all tables and no rows, copied for each test."""
    import_all_models()
    path = tmp_path_factory.mktemp("template") / "empty.db"
    database = Database(f"sqlite+pysqlite:///{path}")
    Base.metadata.create_all(database.write_engine)
    with database.write_engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_template(request: pytest.FixtureRequest) -> str:
    """The name of a PostgreSQL database with all tables, one for each worker."""
    import_all_models()
    server = make_url(request.config.getoption("--postgres"))
    name = f"mandat_template_{os.environ.get('PYTEST_XDIST_WORKER', 'only')}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    admin.dispose()
    database = Database(server.set(database=name).render_as_string(hide_password=False))
    Base.metadata.create_all(database.write_engine)
    database.dispose()
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
    name = f"{template}_test"
    admin = create_engine(make_url(server), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    admin.dispose()
    yield make_url(server).set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh database with all tables."""
    found = Database(database_url)
    yield found
    found.dispose()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A session that writes; what it holds is committed when the test ends well."""
    with database.writing() as found:
        yield found
