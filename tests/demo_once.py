"""A demo planted once for many tests: planting takes seconds, copying its files does not."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url

from app.config import Settings
from app.db import Database
from app.demo import Size, plant
from app.reach import everything
from tests.databases import make_anew
from tests.engines import warm

WHOLE = everything("a demo is planted for tests")
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
SMALLEST = replace(
    PRINTED,
    campaigns=20,
    reviews_waiting=6,
    applicants=2,
    english_campaigns=8,
    english_reviews_waiting=2,
    english_applicants=1,
    doors=60,
    funds=2,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A demo in a database of its own, and the server when that is one of PostgreSQL."""

    settings: Settings
    server: str

    def lay(self, database: Database, settings: Settings) -> None:
        """Put the demo in the place of a database that nobody has opened yet."""
        source, place = make_url(self.settings.database_url).database, database.url.database
        assert source is not None and place is not None
        if database.is_sqlite:
            assert not Path(f"{place}-wal").exists(), "somebody works in it already"
            shutil.copyfile(source, place)
        else:
            make_anew(self.server, place, source)
        shutil.copytree(self.settings.files, settings.files, dirs_exist_ok=True)


def plant_once(
    folder: Path, address: str, *, server: str = "", now: datetime, size: Size
) -> Planted:
    """Plant a demo in an empty database, with its files in a folder."""
    settings = Settings.for_tests(folder, address)
    database = warm(Database(address)).reaching(WHOLE)
    plant(database, settings, now=now, size=size)
    # The last connection to leave folds the write-ahead log into the file; and a database that
    # somebody is connected to can't be copied.
    database.dispose()
    return Planted(settings=settings, server=server)


Planting = Callable[[str, datetime, Size], Planted]
"""Plants a demo under a name: when, and how large."""
