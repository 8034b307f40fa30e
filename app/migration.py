"""Bringing a database's tables up to date, and asking how far they are."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.db import Database
from app.row_security import let_in

FOLDER = Path(__file__).resolve().parent / "migrations"


def alembic_config(connection: Connection) -> Config:
    """Give Alembic's configuration for one connection."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def migrate(database: Database, *, program: str | None = None) -> str:
    """Bring tables and policies up to date in one transaction; give the revision reached.

    ``program`` is the role that uses the tables of a PostgreSQL database without owning them.
    """
    with database.write_engine.connect() as connection:
        command.upgrade(alembic_config(connection), "head")
        if program and not database.is_sqlite:
            let_in(connection, program)
        connection.commit()
    return newest_revision()


def newest_revision() -> str:
    """Give the revision that this program's tables have."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return str(ScriptDirectory.from_config(config).get_current_head())


def revision_of(database: Database) -> str | None:
    """Give the revision a database is at; None when it was never migrated."""
    with database.read_engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
