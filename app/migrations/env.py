"""Alembic's entry: migrates the database that is handed over in the configuration."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from app.main import METADATA
from app.row_security import secure, see_all


def run(connection: Connection) -> None:
    """Migrate over one connection; SQLite alters tables by copying them."""
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        user_module_prefix="app.db.",
    )
    with context.begin_transaction():
        see_all(connection)
        context.run_migrations()
        # Not in a migration: policies follow the tables as they are now, whichever is the newest.
        secure(connection, METADATA)


run(context.config.attributes["connection"])
