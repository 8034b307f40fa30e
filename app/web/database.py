"""The two ways into the database from a view."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import request
from sqlalchemy.orm import Session

from app.web.kernel import kernel

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@contextmanager
def reading() -> Iterator[Session]:
    """Open a session that can't write."""
    with kernel().database.reading() as session:
        yield session


@contextmanager
def writing() -> Iterator[Session]:
    """Open the session that commits; a GET that tries is a mistake in the program."""
    if request.method in SAFE_METHODS:
        raise RuntimeError(f"{request.method} {request.endpoint} must not write")
    with kernel().database.writing() as session:
        yield session
