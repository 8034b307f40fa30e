"""What the owner of the tables does, and what the program's own role must not be able to do."""

from __future__ import annotations

from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from app.config import Settings
from app.db import Database
from app.migration import migrate
from app.operations.errors import OperationRefused
from app.reach import everything
from app.row_security import is_unbound, let_in

OWNER = everything("backups, restores and migrations are of the whole portal")


def owner_database(settings: Settings) -> Database:
    """Open the database as the owner of its tables, who reaches all of it."""
    return Database(settings.owner_database_url).reaching(OWNER)


def migrate_as_owner(settings: Settings) -> str:
    """Bring the tables up to date and let the program's role use them; give the revision."""
    database = owner_database(settings)
    try:
        return migrate(database, program=program_role(settings))
    finally:
        database.dispose()


def program_role(settings: Settings) -> str | None:
    """Give the role that uses the tables without owning them; None when there is only one role."""
    if not settings.database_owner_url:
        return None
    return make_url(settings.resolved_database_url).username


def let_program_in(settings: Settings) -> None:
    """Let the program's role use tables that were just made, as after a restore."""
    role = program_role(settings)
    if role is None:
        return
    database = owner_database(settings)
    with database.write_engine.begin() as connection:
        let_in(connection, role)
    database.dispose()


def require_bound_role(settings: Settings) -> None:
    """Refuse to serve real people as a role that row-level security does not bind.

    Raises OperationRefused in production for a superuser or a role with BYPASSRLS.
    """
    if not settings.production or not settings.database_url.startswith("postgresql"):
        return
    engine = create_engine(settings.database_url, hide_parameters=True)
    try:
        with engine.connect() as connection:
            unbound = is_unbound(connection)
    finally:
        engine.dispose()
    if unbound:
        raise OperationRefused(
            "the role in MANDAT_DATABASE_URL is a superuser or has BYPASSRLS, so nothing in the "
            "database keeps campaigns apart; docs/running.md says how to make a role that is bound"
        )
