"""Which life of the database this is, and how much of it is safely copied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, inspect, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.db import hold_writers
from canvassing.doors.models import FieldSync, Visit

_visit = Visit.__table__


def insert_once(session: Session, model: Any, values: dict[str, Any]) -> Any:  # noqa: ANN401
    """Give the statement that adds a row, or nothing where it is there already."""
    dialect = session.get_bind().dialect.name
    insert_of = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert_of(model).values(values).on_conflict_do_nothing()


def durable_number(
    session: Session,
    campaign_id: int,
    device: UUID,
    durable_visit_id: int,
    have: Sequence[tuple[int, int]],
) -> int:
    """Give up to which of its numbers a device need keep nothing any more."""
    if durable_visit_id == 0 or not have or have[0][0] != 1:
        return 0
    first_unsafe = session.scalar(
        select(func.min(_visit.c.device_seq)).where(
            _visit.c.campaign_id == campaign_id,
            _visit.c.device == device,
            _visit.c.id > durable_visit_id,
        )
    )
    whole_up_to = have[0][1]
    return whole_up_to if first_unsafe is None else min(whole_up_to, first_unsafe - 1)


def sync_row(session: Session) -> Any:  # noqa: ANN401 - a row of two columns.
    """Give the one row, made when it is first asked for."""
    asked = select(FieldSync.epoch, FieldSync.durable_visit_id).where(FieldSync.id == 1)
    found = session.execute(asked).one_or_none()
    if found is None:
        values = {"id": 1, "epoch": str(uuid4()), "durable_visit_id": 0}
        session.execute(insert_once(session, FieldSync, values))
        found = session.execute(asked).one()
    return found


def renew_epoch(session: Session) -> None:
    """Begin a new life after a restore: phones then push everything they still hold."""
    sync_row(session)
    session.execute(update(FieldSync).values(epoch=str(uuid4()), durable_visit_id=0))


def last_settled_visit(session: Session) -> int:
    """Give the visit up to which all are there: a copy begun after this transaction has them.

    Zero where no visit was ever noted, and in tables from before there were any.
    """
    if not inspect(session.connection()).has_table(Visit.__tablename__):
        return 0
    # Numbers are given before the commit: an open transaction may still bring a lower one.
    hold_writers(session, Visit.__tablename__)
    return session.scalar(select(func.max(_visit.c.id))) or 0


def note_verified_backup(session: Session, up_to_visit: int) -> None:
    """Say up to which visit a backup, looked through and found whole, reaches."""
    sync_row(session)
    session.execute(
        update(FieldSync)
        .where(FieldSync.durable_visit_id < up_to_visit)
        .values(durable_visit_id=up_to_visit)
    )
