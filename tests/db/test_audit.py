from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.audit import queries
from app.audit.commands import audit
from app.audit.rules import Head
from app.db import Database


def act(database: Database, now: datetime, times: int = 1, campaign_id: int | None = None) -> None:
    for number in range(1, times + 1):
        with database.writing() as session:
            audit(
                session,
                None,
                "review.accepted",
                subject_kind="review",
                subject_id=number,
                campaign_id=campaign_id,
                detail={"step": "a1_can_i", "attempt": number},
                now=now + timedelta(microseconds=number),
            )


def test_what_is_written_is_read_back_and_the_chain_holds(
    database: Database, now: datetime
) -> None:
    act(database, now, times=3, campaign_id=5)
    with database.reading() as session:
        assert queries.verify_chain(session) is None
        assert queries.head(session).number == 3
        entries = queries.entries_of_campaign(session, 5)
        assert [entry.number for entry in entries] == [3, 2, 1]
        assert entries[0].detail == {"step": "a1_can_i", "attempt": 3}
        (of_subject,) = queries.entries_of_subject(session, "review", 2)
        assert of_subject.number == 2


def test_two_entries_of_one_transaction_follow_each_other(
    database: Database, now: datetime
) -> None:
    with database.writing() as session:
        for subject in (1, 2):
            audit(session, None, "x.done", subject_kind="x", subject_id=subject, now=now)
    with database.reading() as session:
        assert queries.verify_chain(session) is None
        assert queries.head(session).number == 2


def test_a_failed_transaction_leaves_no_gap(database: Database, now: datetime) -> None:
    act(database, now)
    with pytest.raises(ZeroDivisionError), database.writing() as session:
        audit(session, None, "x.done", subject_kind="x", subject_id=1, now=now)
        _ = 1 // 0
    act(database, now)
    with database.reading() as session:
        assert queries.verify_chain(session) is None
        assert queries.head(session).number == 2


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET actor_id = 1", "DELETE FROM audit_entry WHERE number = 1"],
)
def test_the_database_refuses_to_change_the_log(
    database: Database, now: datetime, statement: str
) -> None:
    act(database, now)
    with pytest.raises(DatabaseError, match="append-only"), database.writing() as session:
        session.execute(text(statement))


def test_a_cut_by_somebody_with_the_key_to_the_database_is_noticed(
    database: Database, owner: Database, now: datetime
) -> None:
    act(database, now, times=4)
    with database.reading() as session:
        head = queries.head(session)
    with owner.writing() as session:
        if database.is_sqlite:
            session.execute(text("DROP TRIGGER audit_entry_no_delete"))
        else:
            session.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER USER"))
        session.execute(text("DELETE FROM audit_entry WHERE number > 2"))
    with database.reading() as session:
        assert queries.verify_chain(session) is None
        broken = queries.verify_chain(session, known=head)
    assert broken is not None
    assert broken.number == 3
    assert isinstance(head, Head)


def test_many_writers_make_one_chain(database: Database, now: datetime) -> None:
    threads = [threading.Thread(target=act, args=(database, now, 10)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert queries.head(session).number == 40
        assert queries.verify_chain(session) is None
