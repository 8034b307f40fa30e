"""Alembic's entry: migrates the database that is handed over in the configuration."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from app.main import METADATA


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
        context.run_migrations()


run(context.config.attributes["connection"])
