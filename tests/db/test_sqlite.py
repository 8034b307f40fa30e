"""How a SQLite file is opened, by a database that no test has warmed."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text

from app.db import Database
from app.reach import everything

FULL = 2
LOOKS = everything("a test asks how the file is opened")


def test_what_is_acknowledged_is_on_the_disk(tmp_path: Path) -> None:
    database = Database(f"sqlite+pysqlite:///{tmp_path / 'mandat.db'}").reaching(LOOKS)
    with database.writing() as session:
        assert session.scalar(text("PRAGMA synchronous")) == FULL
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
    with database.reading() as session:
        assert session.scalar(text("PRAGMA query_only")) == 1
    database.dispose()
