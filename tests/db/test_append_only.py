"""The database itself refuses to change what was written once, in every table that says so.

A row of each table is made of any values at all: nothing here is ever committed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import (
    JSON,
    Column,
    Table,
    delete,
    insert,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.append_only import append_only_tables
from app.config import Settings
from app.db import Database, UtcDateTime
from app.main import METADATA
from app.operations.owning import migrate_as_owner
from canvassing.doors.models import Visit
from tests.conftest import NOW

VISIT = Visit.__table__
assert isinstance(VISIT, Table)
KEPT = append_only_tables(METADATA)


def two_values(column: Column[object]) -> tuple[object, object]:
    """Give two different values of a column's type."""
    if isinstance(column.type, UtcDateTime):
        return NOW, NOW.replace(year=2025)
    if isinstance(column.type, JSON):
        return {}, {"changed": True}
    found: dict[type, tuple[object, object]] = {
        bool: (True, False),
        int: (7, 8),
        str: ("x", "y"),
        date: (NOW.date(), NOW.date().replace(year=2025)),
        UUID: (uuid4(), uuid4()),
    }
    return found[column.type.python_type]


def let_anything_in(session: Session, table: Table) -> None:
    """Lift keys and checks for this transaction; only the triggers are looked at."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("PRAGMA defer_foreign_keys=ON"))
        session.execute(text("PRAGMA ignore_check_constraints=ON"))
        return
    asked = inspect(session.connection())
    names = [
        str(found["name"])
        for found in (
            *asked.get_foreign_keys(table.name),
            *asked.get_check_constraints(table.name),
        )
    ]
    for name in names:
        session.execute(text(f"ALTER TABLE {table.name} DROP CONSTRAINT {name}"))


@pytest.fixture
def loose(owner: Database) -> Iterator[Session]:
    """A transaction of the tables' owner, given up at the end."""
    with owner.writing() as session:
        yield session
        session.rollback()


def with_a_row(session: Session, table: Table) -> None:
    let_anything_in(session, table)
    values = {column.name: two_values(column)[0] for column in table.columns}
    session.execute(insert(table).values(values))


def test_what_must_never_change_is_declared_so() -> None:
    assert [table.name for table in KEPT] == [
        "audit_entry",
        "donation_step",
        "gift_check",
        "ledger_account",
        "ledger_entry",
        "ledger_transaction",
        "point_entry",
        "stated_limit",
        "verdict",
        "visit",
    ]


@pytest.mark.parametrize("table", KEPT, ids=lambda table: table.name)
def test_the_database_refuses_to_change_or_delete_a_row(loose: Session, table: Table) -> None:
    with_a_row(loose, table)
    key = next(iter(table.primary_key.columns))
    for change in (update(table).values({key: key}), delete(table)):
        refused = pytest.raises(DatabaseError, match=f"{table.name} is append-only")
        with refused, loose.begin_nested():
            loose.execute(change)
    assert len(loose.execute(select(table)).all()) == 1


@pytest.mark.parametrize("table", KEPT, ids=lambda table: table.name)
def test_postgresql_refuses_to_empty_the_table_at_once(
    loose: Session, database: Database, table: Table
) -> None:
    if database.is_sqlite:
        pytest.skip("SQLite knows no TRUNCATE")
    with pytest.raises(DatabaseError, match="append-only"), loose.begin_nested():
        loose.execute(text(f"TRUNCATE {table.name} CASCADE"))


@pytest.mark.parametrize("column", [one.name for one in VISIT.columns if one.name != "person_id"])
def test_a_visit_forgets_who_made_it_and_changes_in_nothing_else(
    loose: Session, column: str
) -> None:
    with_a_row(loose, VISIT)
    other = two_values(VISIT.c[column])[1]
    with pytest.raises(DatabaseError, match="append-only"), loose.begin_nested():
        loose.execute(update(VISIT).values({"person_id": None, column: other}))
    with pytest.raises(DatabaseError, match="append-only"), loose.begin_nested():
        loose.execute(update(VISIT).values(person_id=8))
    loose.execute(update(VISIT).values(person_id=None))
    assert loose.scalar(select(VISIT.c.person_id)) is None


def test_migrations_make_the_triggers_of_the_models_on_postgresql(
    database: Database, owner: Database, settings: Settings
) -> None:
    if database.is_sqlite:
        pytest.skip("tests/guards/test_migrations.py says it of SQLite")
    of_the_models = triggers(owner)
    with owner.write_engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    migrate_as_owner(settings)
    assert triggers(owner) == of_the_models
    assert len(of_the_models) == 3 * len(KEPT)


def triggers(database: Database) -> list[str]:
    with database.read_engine.connect() as connection:
        found = connection.execute(
            text("SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal")
        )
        return sorted(found.scalars())
