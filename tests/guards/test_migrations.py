"""Migrating an empty database gives exactly the tables of the models."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from app.append_only import append_only_tables
from app.db import Database
from app.main import METADATA
from app.migration import FOLDER, migrate, newest_revision, revision_of


@pytest.fixture
def migrated(tmp_path: Path) -> Iterator[Database]:
    """An embedded database that was empty and is migrated."""
    database = Database(f"sqlite+pysqlite:///{tmp_path / 'migrated.db'}")
    migrate(database)
    yield database
    database.dispose()


def test_migrations_give_exactly_the_tables_of_the_models(migrated: Database) -> None:
    with migrated.read_engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_migrations_give_exactly_the_constraints_and_triggers_of_the_models(
    migrated: Database, database: Database
) -> None:
    if not database.is_sqlite:
        pytest.skip("said once, for the embedded database")
    assert _schema(migrated) == _schema(database)


def _schema(database: Database) -> dict[str, object]:
    with database.read_engine.connect() as connection:
        asked = inspect(connection)
        tables = {
            name: (
                sorted(str(check["sqltext"]) for check in asked.get_check_constraints(name)),
                sorted(
                    (
                        tuple(key["constrained_columns"]),
                        str(key["referred_table"]),
                        tuple(key["referred_columns"]),
                        str(key["options"]),
                    )
                    for key in asked.get_foreign_keys(name)
                ),
            )
            for name in asked.get_table_names()
            if name != "alembic_version"
        }
        triggers = connection.execute(
            text("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
        )
        return {"tables": tables, "triggers": sorted(map(tuple, triggers))}


def test_a_migrated_database_knows_its_revision(migrated: Database) -> None:
    assert revision_of(migrated) == newest_revision() != "None"


def test_migrating_twice_changes_nothing(migrated: Database) -> None:
    before = _schema(migrated)
    assert migrate(migrated) == newest_revision()
    assert _schema(migrated) == before


def test_what_is_append_only_stays_so_after_migrating(migrated: Database) -> None:
    with migrated.read_engine.connect() as connection:
        found = connection.execute(
            text("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' ORDER BY tbl_name")
        )
        kept = [table.name for table in append_only_tables(METADATA) for _ in ("update", "delete")]
        assert list(found.scalars()) == kept


def test_there_is_one_line_of_migrations() -> None:
    assert len(ScriptDirectory(str(FOLDER)).get_heads()) == 1
