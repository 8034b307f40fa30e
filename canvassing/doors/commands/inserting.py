"""Inserting observations as far as their ids are free."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from canvassing.doors.models import Visit


def insert_visits(session: Session, rows: Sequence[dict[str, Any]]) -> dict[UUID, int]:
    """Insert rows of visits; give their numbers by id, without those whose id was taken."""
    try:
        with session.begin_nested():
            return _numbers(session, rows)
    except IntegrityError:
        # An id that another campaign (which is not seen from here) has used already.
        return _one_by_one(session, rows)


def _numbers(session: Session, rows: Sequence[dict[str, Any]]) -> dict[UUID, int]:
    answered = session.execute(insert(Visit).returning(Visit.id, Visit.observation), list(rows))
    return {row[1]: row[0] for row in answered}


def _one_by_one(session: Session, rows: Iterable[dict[str, Any]]) -> dict[UUID, int]:
    found: dict[UUID, int] = {}
    for row in rows:
        try:
            with session.begin_nested():
                found |= _numbers(session, [row])
        except IntegrityError:
            continue
    return found
