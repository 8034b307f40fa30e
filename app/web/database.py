"""The two ways into the database from a view."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from flask import Flask, g, request
from sqlalchemy.orm import Session

from app.web.kernel import kernel

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@contextmanager
def reading() -> Iterator[Session]:
    """Open a session that can't write.

    A request that only reads has one session, hence one view of the data for the whole page.
    One that may write opens a new one each time, so that it sees what it has just written.
    """
    if request.method not in SAFE_METHODS:
        with kernel().database.reading() as session:
            yield session
        return
    if "reading" not in g:
        g.reading_end = ExitStack()
        g.reading = g.reading_end.enter_context(kernel().database.reading())
    try:
        yield g.reading
    except BaseException:
        # The page that says what went wrong must not read in a broken transaction.
        _end_reading()
        raise


@contextmanager
def writing() -> Iterator[Session]:
    """Open the session that commits; a GET that tries is a mistake in the program."""
    if request.method in SAFE_METHODS:
        raise RuntimeError(f"{request.method} {request.endpoint} must not write")
    with kernel().database.writing() as session:
        yield session


def use_database(app: Flask) -> None:
    """End the session of a request with the request."""
    app.teardown_request(_end_reading)


def _end_reading(error: BaseException | None = None) -> None:
    g.pop("reading", None)
    end: ExitStack | None = g.pop("reading_end", None)
    if end is not None:
        end.close()
