"""Every night the chain is verified; a broken one is a job that was given up, for the operator."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from app.audit import queries
from app.audit.commands import audit
from app.config import Settings
from app.db import Database
from app.jobs.errors import GiveUp
from app.jobs.worker import JobContext
from app.operations.watching import CHECK, check_audit_log
from app.upkeep import job_handlers, periodics
from quests.route.library import PackLibrary


def night(database: Database, now: datetime) -> JobContext:
    return JobContext(database=database, now=now, job_id=1, attempt=1)


def act(database: Database, now: datetime, times: int) -> None:
    with database.writing() as session:
        for number in range(times):
            audit(session, None, "x.done", subject_kind="x", subject_id=number, now=now)


def test_a_whole_chain_is_noted(database: Database, now: datetime) -> None:
    act(database, now, 3)
    check_audit_log(night(database, now), {})
    with database.reading() as session:
        checked = queries.last_check(session)
    assert checked is not None
    assert (checked.whole, checked.head.number, checked.at) == (True, 3, now)


def test_a_cut_since_the_last_night_is_noted_and_reported(
    database: Database, owner: Database, now: datetime
) -> None:
    act(database, now, 3)
    check_audit_log(night(database, now), {})
    with owner.writing() as session:
        if database.is_sqlite:
            session.execute(text("DROP TRIGGER audit_entry_no_delete"))
        else:
            session.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER USER"))
        session.execute(text("DELETE FROM audit_entry WHERE number = 3"))
    for days in (1, 2):
        with pytest.raises(GiveUp, match="entry 3"):
            check_audit_log(night(database, now + timedelta(days=days)), {})
    with database.reading() as session:
        checked = queries.last_check(session)
    assert checked is not None
    assert checked.broken_at == 3
    assert checked.at == now + timedelta(days=2)


def test_the_program_does_it_every_night(
    settings: Settings, library: PackLibrary, database: Database
) -> None:
    assert CHECK in {each.kind for each in periodics()}
    assert CHECK in job_handlers(settings, library, database)
