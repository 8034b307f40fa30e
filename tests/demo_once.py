"""A demo planted once for many tests: planting takes seconds, copying its files does not."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url

from app.config import Settings
from app.db import Database
from app.demo import Size, plant
from tests.conftest import WHOLE

NOW = datetime(2026, 6, 24, 14, 20, tzinfo=UTC)
SMALL = Size(
    campaigns=70,
    reviews_waiting=16,
    applicants=6,
    english_campaigns=20,
    english_reviews_waiting=4,
    english_applicants=2,
    doors=600,
    funds=6,
    printed=False,
)
PRINTED = replace(SMALL, printed=True)


def plant_once(folder: Path, empty_sqlite: Path, *, now: datetime, size: Size) -> Settings:
    """Plant a demo into a folder of its own; give its settings."""
    path = folder / "demo.db"
    shutil.copyfile(empty_sqlite, path)
    address = f"sqlite+pysqlite:///{path}"
    settings = Settings.for_tests(folder, address)
    database = Database(address).reaching(WHOLE)
    plant(database, settings, now=now, size=size)
    # The last connection to leave folds the write-ahead log into the file.
    database.dispose()
    return settings


def lay(planted: Settings, database: Database, settings: Settings) -> None:
    """Put a planted demo in the place of a database that nobody has opened yet."""
    source, place = make_url(planted.database_url).database, database.url.database
    assert database.is_sqlite and source is not None and place is not None
    assert not Path(f"{place}-wal").exists(), "somebody works in it already"
    shutil.copyfile(source, place)
    shutil.copytree(planted.files, settings.files, dirs_exist_ok=True)
