"""Row-level security of PostgreSQL: the third layer that keeps campaigns apart.

Everything is made from the metadata: a table with a ``campaign_id``, an ``organisation_id`` or a
``coalition_id`` gets its policy at the next migration, whoever adds it. Tables whose rows visitors
see say so with ``info={SHOWN_TO_ALL: "why"}``.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from sqlalchemy import Connection, MetaData, Table, text

from app.reach import CAMPAIGNS, COALITIONS, EVERYTHING, INSIDE, ORGANISATIONS

SHOWN_TO_ALL = "shown_to_all"
POLICY = "reach"
CAMPAIGN = "campaign"
OWNERS = ("campaign_id", "organisation_id", "coalition_id")

_FOUND = text(
    """
    SELECT c.relname, obj_description(p.oid, 'pg_policy') AS mark
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
    WHERE p.polname = :policy AND c.relnamespace = 'public'::regnamespace
      AND c.relrowsecurity AND c.relforcerowsecurity
    """
)
_ROLE = text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
_OWNED = text(
    "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user"
)
_SEE_ALL = text(f"SELECT set_config('{EVERYTHING}', 'on', true)")


def secured_tables(metadata: MetaData) -> tuple[Table, ...]:
    """Give the tables whose rows belong to somebody and are not shown to all, by name."""
    return tuple(
        table
        for _, table in sorted(metadata.tables.items())
        if (table.name == CAMPAIGN or any(owner in table.c for owner in OWNERS))
        and SHOWN_TO_ALL not in table.info
    )


def condition(table: Table) -> str:
    """Give the SQL that holds for the rows of a table that the transaction reaches.

    The settings stand in subqueries: PostgreSQL reads them once a statement, not once a row.
    """
    parts = [f"(SELECT NULLIF(current_setting('{EVERYTHING}', true), '') IS NOT NULL)"]
    parts += _arms(table)
    return " OR ".join(parts)


def statements(table: Table) -> tuple[str, ...]:
    """Give the statements that put the policy of a table in place, whatever was there."""
    return (
        f"ALTER TABLE {table.name} ENABLE ROW LEVEL SECURITY",
        # The owner of the tables is bound too: only a superuser is not.
        f"ALTER TABLE {table.name} FORCE ROW LEVEL SECURITY",
        f"DROP POLICY IF EXISTS {POLICY} ON {table.name}",
        f"CREATE POLICY {POLICY} ON {table.name} USING ({condition(table)})",
        f"COMMENT ON POLICY {POLICY} ON {table.name} IS '{_mark(table)}'",
    )


def unsecured(connection: Connection, metadata: MetaData) -> tuple[Table, ...]:
    """Give the tables whose policy is missing in the database or not the one of the metadata."""
    rows = connection.execute(_FOUND, {"policy": POLICY})
    found: dict[str, str | None] = {row.relname: row.mark for row in rows}
    return tuple(
        table for table in secured_tables(metadata) if found.get(table.name) != _mark(table)
    )


def secure(connection: Connection, metadata: MetaData) -> None:
    """Put the missing and changed policies in place; nothing is locked when all are there."""
    if connection.dialect.name != "postgresql":
        return
    for table in unsecured(connection, metadata):
        for statement in statements(table):
            connection.execute(text(statement))


def see_all(connection: Connection) -> None:
    """Let the rest of this transaction reach every row: for migrations, which change them all."""
    if connection.dialect.name == "postgresql":
        connection.execute(_SEE_ALL)


def let_in(connection: Connection, role: str) -> None:
    """Let the program's role use all tables without owning them."""
    quoted = connection.dialect.identifier_preparer.quote_identifier(role)
    for statement in (
        f"GRANT USAGE ON SCHEMA public TO {quoted}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted}",
        f"GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {quoted}",
    ):
        connection.execute(text(statement))


def is_unbound(connection: Connection) -> bool:
    """Say whether the connected role ignores every policy: a superuser, or one with BYPASSRLS."""
    return connection.dialect.name == "postgresql" and bool(connection.scalar(_ROLE))


def owns_tables(connection: Connection) -> bool:
    """Say whether the connected role could take the policies away: it owns tables."""
    return connection.dialect.name == "postgresql" and bool(connection.scalar(_OWNED))


def _arms(table: Table) -> Iterator[str]:
    own = table.name == CAMPAIGN
    if own:
        yield f"id = {_any_of(CAMPAIGNS)}"
    elif "campaign_id" in table.c:
        yield f"campaign_id = {_any_of(CAMPAIGNS)}"
        # The policy of the campaigns holds inside: this reaches all campaigns of an organisation
        # without a list of them.
        yield (f"EXISTS (SELECT FROM {CAMPAIGN} WHERE {CAMPAIGN}.id = {table.name}.campaign_id)")
        if not table.c.campaign_id.nullable:
            return
    elif "organisation_id" not in table.c:
        # What belongs to a coalition as a whole is for everybody who is anything in it.
        yield f"coalition_id = {_any_of(INSIDE)}"
    if "organisation_id" in table.c:
        yield f"organisation_id = {_any_of(ORGANISATIONS)}"
    if "coalition_id" in table.c:
        yield f"coalition_id = {_any_of(COALITIONS)}"


def _any_of(setting: str) -> str:
    listed = f"string_to_array(NULLIF(current_setting('{setting}', true), ''), ',')::bigint[]"
    return f"ANY ((SELECT {listed})::bigint[])"


def _mark(table: Table) -> str:
    return sha256(condition(table).encode()).hexdigest()[:16]
