"""Tables that the database itself keeps from being changed."""

from __future__ import annotations

from sqlalchemy import DDL, Table, event

DIALECTS = ("sqlite", "postgresql")


def append_only_ddl(table: str, dialect: str) -> tuple[str, ...]:
    """Give the statements that let rows be added to a table, and nothing else.

    ``create_all`` runs them by itself; a migration executes each.
    """
    refusal = f"{table} is append-only"
    if dialect == "sqlite":
        return tuple(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            for verb in ("UPDATE", "DELETE")
        )
    if dialect == "postgresql":
        return (
            (
                f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{refusal}'; END $$"
            ),
            (
                f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"
            ),
            (
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
            ),
        )
    raise ValueError(f"no append-only table on {dialect}")


def keep_append_only(table: Table) -> None:
    """Let the triggers be made together with the table."""
    for dialect in DIALECTS:
        for statement in append_only_ddl(table.name, dialect):
            event.listen(
                table,
                "after_create",
                DDL(statement).execute_if(dialect=dialect),  # type: ignore[no-untyped-call]
            )
