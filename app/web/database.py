"""The two ways into the database from a view; both reach what the viewer's grants reach.

Where a visitor or a person without a grant has to see or change rows of somebody, the view says
how far: ``reading(reach=everything("why"))``, or the one campaign that a public page shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from flask import Flask, g, request
from sqlalchemy.orm import Session

from app.db import Database
from app.reach import NOTHING, Reach, reach_of
from app.web.access import viewer
from app.web.kernel import kernel

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@contextmanager
def reading(*, reach: Reach | None = None) -> Iterator[Session]:
    """Open a session that can't write.

    A request that only reads has one session a reach, hence one view of the data for the whole
    page. One that may write opens a new one each time, so that it sees what it has just written.
    """
    reach = reach_of(viewer()) if reach is None else reach
    if request.method not in SAFE_METHODS:
        with _database(reach).reading() as session:
            yield session
        return
    sessions = _sessions()
    if kernel().database.is_sqlite:
        # The embedded database knows no reach, and one session serves the whole page.
        reach = NOTHING
    if reach not in sessions:
        sessions[reach] = g.reading_end.enter_context(_database(reach).reading())
    try:
        yield sessions[reach]
    except BaseException:
        # The page that says what went wrong must not read in a broken transaction.
        _end_reading()
        raise


@contextmanager
def writing(*, reach: Reach | None = None) -> Iterator[Session]:
    """Open the session that commits; a GET that tries is a mistake in the program."""
    if request.method in SAFE_METHODS:
        raise RuntimeError(f"{request.method} {request.endpoint} must not write")
    with _database(reach_of(viewer()) if reach is None else reach).writing() as session:
        yield session


def _database(reach: Reach) -> Database:
    return kernel().database.reaching(reach)


def _sessions() -> dict[Reach, Session]:
    if "reading" not in g:
        g.reading_end = ExitStack()
        g.reading = {}
    found: dict[Reach, Session] = g.reading
    return found


def use_database(app: Flask) -> None:
    """End the session of a request with the request."""
    app.teardown_request(_end_reading)


def _end_reading(error: BaseException | None = None) -> None:
    g.pop("reading", None)
    end: ExitStack | None = g.pop("reading_end", None)
    if end is not None:
        end.close()
