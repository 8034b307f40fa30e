"""Something that happens in another transaction while one is open, in the same order every time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from sqlalchemy import text

from app.db import Database

PATIENCE_S = 20.0
SQLITE_WAITS_S = 0.2
"""SQLite has one writer at a time, and tells nobody who waits for it."""
_WAITING = text(
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def begin(database: Database, act: Callable[[], object]) -> Callable[[], None]:
    """Begin something in a thread; give back once it has ended, or waits for a transaction.

    Call what is given when that transaction has ended: it waits for the thread, and raises what
    was raised there.
    """
    raised: list[BaseException] = []

    def run() -> None:
        try:
            act()
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    _until_it_waits(database, thread)

    def end() -> None:
        thread.join(PATIENCE_S)
        assert not thread.is_alive()
        if raised:
            raise raised[0]

    return end


def _until_it_waits(database: Database, thread: threading.Thread) -> None:
    if database.is_sqlite:
        thread.join(SQLITE_WAITS_S)
        return
    end = time.monotonic() + PATIENCE_S
    while thread.is_alive() and time.monotonic() < end:
        with database.reading() as session:
            if session.scalar(_WAITING):
                return
        thread.join(0.02)
