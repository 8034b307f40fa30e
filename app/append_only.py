"""Tables that the database itself keeps from being changed, whoever asks.

A model says it with ``@append_only()``; ``create_all`` then makes the triggers together with the
table, and a migration executes ``append_only_ddl``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from sqlalchemy import DDL, MetaData, Table, event

from app.db import Base

DIALECTS = ("sqlite", "postgresql")
_MARK = "append_only"
# One function for all tables; whichever comes first makes it.
_REFUSE_CHANGE = (
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$"
)

Model = TypeVar("Model", bound=type[Base])


def append_only(*, forgets: str = "") -> Callable[[Model], Model]:
    """Keep the rows of a model as they were added.

    ``forgets`` names the one column that may be emptied later, for the erasure of a person.
    """

    def keep(model: Model) -> Model:
        table = model.__table__
        assert isinstance(table, Table)
        table.info[_MARK] = True
        for dialect in DIALECTS:
            for statement in append_only_ddl(table, dialect, forgets=forgets):
                event.listen(
                    table,
                    "after_create",
                    DDL(statement).execute_if(dialect=dialect),  # type: ignore[no-untyped-call]
                )
        return model

    return keep


def append_only_tables(metadata: MetaData) -> tuple[Table, ...]:
    """Give every table whose rows are never changed or deleted, by name."""
    return tuple(table for _, table in sorted(metadata.tables.items()) if _MARK in table.info)


def append_only_ddl(table: Table, dialect: str, *, forgets: str = "") -> tuple[str, ...]:
    """Give the statements that let rows be added to a table, and nothing else.

    ``forgets`` names the column that may be emptied while all others stay as they are.
    """
    if dialect == "sqlite":
        return _sqlite(table.name, [column.name for column in table.columns], forgets)
    if dialect == "postgresql":
        return _postgresql(table.name, forgets)
    raise ValueError(f"no append-only table on {dialect}")


def _sqlite(table: str, columns: Iterable[str], forgets: str) -> tuple[str, ...]:
    refusal = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in columns if name != forgets)
    unless = f" WHEN NOT (NEW.{forgets} IS NULL AND {same})" if forgets else ""
    return (
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}{unless} {refusal}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refusal}",
    )


def _postgresql(table: str, forgets: str) -> tuple[str, ...]:
    # As JSON, because a column of JSON has no equality of its own.
    same = f"to_jsonb(NEW) - '{forgets}' = to_jsonb(OLD) - '{forgets}'"
    unless = f" WHEN (NOT (NEW.{forgets} IS NULL AND {same}))" if forgets else ""
    return (
        _REFUSE_CHANGE,
        *(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION refuse_change()"
            for verb, each in (
                ("UPDATE", f"ROW{unless}"),
                ("DELETE", "ROW"),
                ("TRUNCATE", "STATEMENT"),
            )
        ),
    )
