"""What SQLAlchemy has made of a statement in one test serves the next one too.

To turn a statement into SQL takes longer than most tests take to run it, and every test opens a
database of its own. Its connections stay its own; what is shared depends on the statement alone.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Dialect, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.util import LRUCache

from app.db import Database

MOST_STATEMENTS = 4096


def warm(database: Database) -> Database:
    """Give a database that nobody has used yet the statements of the tests before.

    Listeners for errors and for executing belong to the dialect, which is every test's here: a
    test that sets one takes a database that is not warm.
    """
    try:
        dialect = _dialect(database.url.drivername, database)
    except OperationalError:
        # It is away, and that is what its test is about.
        return database
    for engine in (database.write_engine, database.read_engine):
        engine.dialect = dialect
        engine.update_execution_options(compiled_cache=_statements(dialect))
        if database.is_sqlite:
            event.listen(engine, "connect", _spare_the_disk)
    return database


_DIALECTS: dict[str, Dialect] = {}


def _dialect(driver: str, database: Database) -> Dialect:
    if driver not in _DIALECTS:
        # It learns from its first connection which server it speaks to.
        database.read_engine.connect().close()
        database.dispose()
        _DIALECTS[driver] = database.read_engine.dialect
    return _DIALECTS[driver]


@cache
def _statements(dialect: Dialect) -> LRUCache[Any, Any]:
    return LRUCache(MOST_STATEMENTS)


def _spare_the_disk(connection: Any, _: object) -> None:
    """Let the system write the file when it likes: a process that is killed loses nothing."""
    connection.execute("PRAGMA synchronous=OFF")
