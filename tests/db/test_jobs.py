from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app import clock
from app.db import Database
from app.jobs import commands, queries
from app.jobs.errors import GiveUp, TryLater
from app.jobs.models import Job, WorkerBeat
from app.jobs.rules import MAX_ATTEMPTS, Payload, Periodic
from app.jobs.wake import Bell, wake_after_commit
from app.jobs.worker import Handler, JobContext, Worker


class Clock:
    """A clock that stands still until told otherwise."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **parts: float) -> None:
        self.now += timedelta(**parts)


@pytest.fixture(autouse=True)
def _everything_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """Make every log line of the worker, so that a wrong one fails here."""
    caplog.set_level("INFO", logger="mandat")


@pytest.fixture
def time_of_day(now: datetime) -> Clock:
    return Clock(now)


def a_worker(database: Database, clock_: Callable[[], datetime], handler: Handler) -> Worker:
    return Worker(database=database, handlers={"test.do": handler}, clock=clock_)


def ask(database: Database, at: datetime, key: str | None = None, number: int = 1) -> bool:
    with database.writing() as session:
        payload: Payload = {"number": number}
        return commands.enqueue(session, "test.do", payload, run_at=at, unique_key=key)


def the_job(database: Database) -> Job:
    with database.reading() as session:
        return session.scalars(select(Job)).one()


def test_a_job_of_a_transaction_that_failed_does_not_exist(
    database: Database, now: datetime
) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as session:
        commands.enqueue(session, "test.do", {}, run_at=now)
        _ = 1 // 0
    with database.reading() as session:
        assert session.scalars(select(Job)).all() == []


def test_a_due_job_runs_once_and_is_done(database: Database, time_of_day: Clock) -> None:
    seen: list[object] = []
    worker = a_worker(database, time_of_day, lambda _, payload: seen.append(payload["number"]))
    ask(database, time_of_day.now, number=7)
    assert worker.run_due() == 1
    assert worker.run_due() == 0
    assert seen == [7]
    assert the_job(database).done_at == time_of_day.now


def test_jobs_run_in_the_order_in_which_they_became_due(
    database: Database, time_of_day: Clock
) -> None:
    seen: list[object] = []
    worker = a_worker(database, time_of_day, lambda _, payload: seen.append(payload["number"]))
    ask(database, time_of_day.now, number=2)
    ask(database, time_of_day.now - timedelta(hours=1), number=1)
    ask(database, time_of_day.now + timedelta(hours=1), number=3)
    worker.run_due()
    assert seen == [1, 2]


def test_a_unique_key_makes_one_job_of_two_wishes(database: Database, now: datetime) -> None:
    assert ask(database, now, key="once")
    assert not ask(database, now, key="once")
    assert the_job(database).unique_key == "once"


def test_a_refused_duplicate_does_not_undo_the_rest_of_the_transaction(
    database: Database, now: datetime
) -> None:
    ask(database, now, key="once")
    with database.writing() as session:
        commands.enqueue(session, "test.before", {}, run_at=now)
        commands.enqueue(session, "test.do", {}, run_at=now, unique_key="once")
        commands.enqueue(session, "test.after", {}, run_at=now)
    with database.reading() as session:
        kinds = session.scalars(select(Job.kind).order_by(Job.id)).all()
    assert kinds == ["test.do", "test.before", "test.after"]


def test_a_failing_job_comes_back_later_without_its_message(
    database: Database, time_of_day: Clock
) -> None:
    def fail(_: JobContext, __: Payload) -> None:
        raise ValueError("Ivanov, ivanov@example.org")

    worker = a_worker(database, time_of_day, fail)
    ask(database, time_of_day.now)
    worker.run_due()
    job = the_job(database)
    assert job.run_at > time_of_day.now
    assert job.error is not None
    assert job.error.startswith("ValueError at test_jobs.py:")
    assert "Ivanov" not in job.error


def test_a_job_that_fails_every_time_is_given_up_and_can_be_retried(
    database: Database, time_of_day: Clock
) -> None:
    def fail(_: JobContext, __: Payload) -> None:
        raise TryLater("not-yet", after=timedelta())

    worker = a_worker(database, time_of_day, fail)
    ask(database, time_of_day.now)
    assert worker.run_due() == MAX_ATTEMPTS
    with database.reading() as session:
        assert [(f.kind, f.error) for f in queries.failed_jobs(session)] == [("test.do", "not-yet")]
    with database.writing() as session:
        assert commands.retry_failed(session, now=time_of_day.now) == 1
    assert a_worker(database, time_of_day, lambda *_: None).run_due() == 1


def test_a_hopeless_job_is_given_up_at_once(database: Database, time_of_day: Clock) -> None:
    def fail(_: JobContext, __: Payload) -> None:
        raise GiveUp("no-such-thing")

    ask(database, time_of_day.now)
    assert a_worker(database, time_of_day, fail).run_due() == 1
    assert the_job(database).failed_at == time_of_day.now


def test_a_leased_job_is_nobody_elses_until_its_lease_ends(
    database: Database, now: datetime
) -> None:
    ask(database, now)
    with database.writing() as session:
        first = commands.lease(session, "one", now=now)
        assert first is not None
        assert commands.lease(session, "two", now=now) is None
        second = commands.lease(session, "two", now=now + timedelta(minutes=1))
        assert second is not None
        assert second.attempt == 2
        assert not commands.finish(session, first, now=now)
        assert commands.finish(session, second, now=now)


def test_a_job_that_kills_every_worker_is_given_up(database: Database, now: datetime) -> None:
    ask(database, now)
    with database.writing() as session:
        for minute in range(MAX_ATTEMPTS):
            assert commands.lease(session, "w", now=now + timedelta(minutes=minute))
        assert commands.lease(session, "w", now=now + timedelta(hours=1)) is None
        assert [job.error for job in queries.failed_jobs(session)] == [
            "worker died at every attempt"
        ]


def test_an_attempt_knows_what_failed_before_it_and_what_died(
    database: Database, time_of_day: Clock
) -> None:
    seen: list[tuple[int, int, int, Payload]] = []

    def fail(context: JobContext, payload: Payload) -> None:
        seen.append((context.attempt, context.failures, context.deaths, payload))
        raise TryLater("not now", after=timedelta(0))

    worker = a_worker(database, time_of_day, fail)
    ask(database, time_of_day.now, number=7)
    worker.run_one()
    for _ in range(2):
        with database.writing() as session:
            assert commands.lease(session, "dying", now=time_of_day.now)
        time_of_day.pass_by(minutes=1)
    worker.run_one()
    worker.run_one()
    handed = {"number": 7}
    assert seen == [(1, 0, 0, handed), (4, 1, 2, handed), (5, 2, 2, handed)]


def test_a_fresh_set_of_attempts_begins_without_failures(
    database: Database, time_of_day: Clock
) -> None:
    seen: list[tuple[int, int]] = []

    def fail(context: JobContext, _: Payload) -> None:
        seen.append((context.failures, context.deaths))
        raise TryLater("not now", after=timedelta(0))

    worker = a_worker(database, time_of_day, fail)
    ask(database, time_of_day.now)
    worker.run_due(MAX_ATTEMPTS)
    with database.writing() as session:
        assert commands.retry_failed(session, now=time_of_day.now) == 1
    worker.run_due(2)
    assert seen[MAX_ATTEMPTS:] == [(0, 0), (1, 0)]


def test_a_long_job_keeps_its_lease(database: Database) -> None:
    def check(context: JobContext, _: Payload) -> None:
        time.sleep(0.5)
        with context.database.writing() as session:
            assert commands.lease(session, "thief", now=clock.now()) is None

    worker = Worker(
        database=database,
        handlers={"test.do": check},
        clock=clock.now,
        lease_for=timedelta(seconds=0.3),
    )
    ask(database, clock.now())
    worker.run_due()
    assert the_job(database).done_at is not None


def test_a_job_survives_the_kill_of_its_worker(database: Database, tmp_path: Path) -> None:
    started = tmp_path / "started"
    with database.writing() as session:
        commands.enqueue(session, "test.hang", {}, run_at=clock.now())
    url = database.url.render_as_string(hide_password=False)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.db.killable_worker", url, str(started)]
    )
    try:
        _until(started.exists)
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    ran: list[int] = []
    survivor = Worker(
        database=database,
        handlers={"test.hang": lambda context, _: ran.append(context.attempt)},
        clock=clock.now,
    )
    _until(survivor.run_one)
    assert ran == [2]
    assert the_job(database).done_at is not None


def test_many_workers_run_every_job_exactly_once(database: Database) -> None:
    seen: list[object] = []
    with database.writing() as session:
        for number in range(60):
            commands.enqueue(session, "test.do", {"number": number}, run_at=clock.now())

    def work() -> None:
        a_worker(database, clock.now, lambda _, p: seen.append(p["number"])).run_due()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == list(range(60))  # type: ignore[type-var]


def test_a_commit_wakes_a_sleeping_worker(database: Database, tmp_path: Path) -> None:
    bell = Bell(tmp_path)
    wake_after_commit(database, tmp_path)
    done = threading.Event()
    worker = a_worker(database, clock.now, lambda *_: done.set())
    worker.keep_house()
    thread = threading.Thread(target=worker.run, args=(bell,))
    thread.start()
    time.sleep(0.2)
    began = time.monotonic()
    ask(database, clock.now())
    assert done.wait(5)
    assert time.monotonic() - began < 0.7
    bell.stop()
    thread.join(5)
    assert not thread.is_alive()
    bell.close()


def test_ringing_without_a_worker_is_harmless(database: Database, tmp_path: Path) -> None:
    wake_after_commit(database, tmp_path)
    assert ask(database, clock.now())


def test_periodic_work_is_planned_once_a_period(database: Database, time_of_day: Clock) -> None:
    ran: list[datetime] = []
    worker = Worker(
        database=database,
        handlers={"test.daily": lambda context, _: ran.append(context.now)},
        clock=time_of_day,
        periodics=[Periodic(kind="test.daily")],
    )
    for _ in range(3):
        worker.keep_house()
        worker.run_due()
        time_of_day.pass_by(hours=5)
    assert len(ran) == 1
    time_of_day.pass_by(days=3)
    worker.keep_house()
    worker.run_due()
    assert len(ran) == 2


def test_a_worker_leaves_signs_of_life(database: Database, time_of_day: Clock) -> None:
    worker = a_worker(database, time_of_day, lambda *_: None)
    worker.keep_house()
    time_of_day.pass_by(seconds=20)
    worker.keep_house()
    with database.reading() as session:
        assert queries.worker_seen_at(session) == time_of_day.now
        assert len(session.scalars(select(WorkerBeat)).all()) == 1
    worker.stop()
    with database.reading() as session:
        assert queries.worker_seen_at(session) is None


def test_the_queue_says_how_long_the_oldest_job_waits(database: Database, now: datetime) -> None:
    ask(database, now - timedelta(seconds=90))
    ask(database, now + timedelta(seconds=90))
    with database.reading() as session:
        state = queries.queue_state(session, now)
        assert (state.due, state.oldest_due_s, state.later) == (1, 90, 1)
        assert queries.stuck_jobs(session, now, after=timedelta(minutes=1)) == 1


def test_old_jobs_are_deleted_and_recent_ones_kept(database: Database, now: datetime) -> None:
    old, recent = now - timedelta(days=40), now - timedelta(days=1)
    worker_of_then = Clock(old)
    for moment in (old, recent):
        worker_of_then.now = moment
        ask(database, moment)
        a_worker(database, worker_of_then, lambda *_: None).run_due()
    with database.writing() as session:
        assert commands.clean_up(session, now=now) == 1
    assert the_job(database).done_at == recent.astimezone(UTC)


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)
