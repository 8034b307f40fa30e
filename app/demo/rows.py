"""Rows on their way into the database: numbered here, written in bulk, in one transaction."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Table, func, insert, select, text
from sqlalchemy.orm import DeclarativeBase, Session

from app.db import Base

AT_ONCE = 20_000
"""Rows kept before they are written."""


class Rows:
    """Collects rows by table and writes them parents first."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._next: dict[str, int] = {}
        self._rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._waiting = 0

    def number(self, model: type[DeclarativeBase]) -> int:
        """Give the next free number of a table."""
        table = _table(model)
        if table.name not in self._next:
            last = self._session.scalar(select(func.max(table.c.id))) or 0
            self._next[table.name] = last + 1
        found = self._next[table.name]
        self._next[table.name] = found + 1
        return found

    def add(self, model: type[DeclarativeBase], **values: Any) -> None:  # noqa: ANN401 - columns.
        """Keep a row whose number, if it has one, is given."""
        self._rows[_table(model).name].append(values)
        self._waiting += 1

    def add_numbered(self, model: type[DeclarativeBase], **values: Any) -> int:  # noqa: ANN401
        """Keep a row under the next number and give it."""
        number = self.number(model)
        self.add(model, id=number, **values)
        return number

    def write_when_many(self) -> None:
        """Write what is kept once it is worth a trip."""
        if self._waiting >= AT_ONCE:
            self.write()

    def write(self) -> None:
        """Write everything kept; all rows of a table have the same columns."""
        for table in Base.metadata.sorted_tables:
            rows = self._rows.pop(table.name, None)
            if rows:
                self._session.connection().execute(insert(table), rows)
        self._waiting = 0

    def finish(self) -> None:
        """Write the rest, and let PostgreSQL number on from here."""
        self.write()
        if self._session.get_bind().dialect.name != "postgresql":
            return
        for name in self._next:
            self._session.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{name}', 'id'),"  # noqa: S608 - own names.
                    f" (SELECT max(id) FROM {name}))"
                )
            )


def _table(model: type[DeclarativeBase]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table
