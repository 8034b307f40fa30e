"""Asking for work, taking it, and saying how it ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.db import record
from app.jobs.events import JobQueued
from app.jobs.models import Job, WorkerBeat
from app.jobs.rules import (
    FAILURES,
    LEASE,
    MAX_ATTEMPTS,
    Payload,
    Periodic,
    asked_for,
    delay_after,
    failures_of,
)

KEEP_DONE = timedelta(days=30)
KEEP_FAILED = timedelta(days=180)
KEEP_BEATS = timedelta(days=1)
_random = SystemRandom()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeasedJob:
    """A job that is ours to run until its lease ends."""

    id: int
    kind: str
    payload: Payload
    attempt: int
    """1 for the first run."""
    worker: str
    failures: int = 0
    """How many attempts before this one have failed; in the others their worker died."""


def enqueue(
    session: Session,
    kind: str,
    payload: Payload,
    *,
    run_at: datetime,
    unique_key: str | None = None,
) -> bool:
    """Add a job to this transaction: it exists if, and only if, the transaction commits.

    A job runs at least once, so its handler must be idempotent. Put ids into the payload, never
    personal data. Returns False when a job of this ``unique_key`` already exists (it is kept for
    30 days after it is done).
    """
    values = {
        "kind": kind,
        "payload": dict(payload),
        "run_at": run_at,
        "attempts": 0,
        "unique_key": unique_key,
    }
    if unique_key is None:
        session.execute(insert(Job).values(values))
    else:
        try:
            with session.begin_nested():
                session.execute(insert(Job).values(values))
        except IntegrityError:
            return False
    record(session, JobQueued(kind=kind, run_at=run_at))
    return True


def plan_periodic(session: Session, periodics: Iterable[Periodic], *, now: datetime) -> int:
    """Add the jobs of the present periods that nobody has added yet; give how many."""
    keys = {periodic.unique_key(now): periodic for periodic in periodics}
    known = set(session.scalars(select(Job.unique_key).where(Job.unique_key.in_(keys))))
    added = 0
    for key, periodic in keys.items():
        if key not in known:
            added += enqueue(session, periodic.kind, periodic.payload, run_at=now, unique_key=key)
    return added


def anything_due(session: Session, *, now: datetime) -> bool:
    """Say whether a job could be leased now; takes no lock."""
    return session.scalar(select(Job.id).where(*_due(now)).limit(1)) is not None


def lease(
    session: Session, worker: str, *, now: datetime, lease_for: timedelta = LEASE
) -> LeasedJob | None:
    """Take the job that has waited longest, or None.

    A job whose worker died comes back when its lease ends. One that has killed its worker
    MAX_ATTEMPTS times is given up instead of being run again. PostgreSQL skips rows that others
    are taking; on SQLite writers come one after another anyway.
    """
    while True:
        row = session.execute(
            select(Job.id, Job.kind, Job.payload, Job.attempts)
            .where(*_due(now))
            .order_by(Job.run_at, Job.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).one_or_none()
        if row is None:
            return None
        if row.attempts < MAX_ATTEMPTS:
            break
        _finish(session, row.id, failed_at=now, error="worker died at every attempt")
    session.execute(
        update(Job)
        .where(Job.id == row.id)
        .values(leased_by=worker, leased_until=now + lease_for, attempts=row.attempts + 1)
    )
    return LeasedJob(
        id=row.id,
        kind=row.kind,
        payload=asked_for(row.payload),
        attempt=row.attempts + 1,
        worker=worker,
        failures=failures_of(row.payload, attempts=row.attempts),
    )


def extend(
    session: Session, job: LeasedJob, *, now: datetime, lease_for: timedelta = LEASE
) -> bool:
    """Prolong the lease of a job that is still running; False when it is no longer ours."""
    taken = session.execute(
        update(Job).where(*_ours(job)).values(leased_until=now + lease_for).returning(Job.id)
    )
    return taken.first() is not None


def finish(session: Session, job: LeasedJob, *, now: datetime) -> bool:
    """Mark a job done; False when its lease was lost and somebody else has it now."""
    done = session.execute(
        update(Job)
        .where(*_ours(job))
        .values(done_at=now, leased_by=None, leased_until=None, error=None)
        .returning(Job.id)
    )
    return done.first() is not None


def put_back(
    session: Session,
    job: LeasedJob,
    *,
    now: datetime,
    error: str,
    after: timedelta | None = None,
) -> bool:
    """Let a job be tried again later, or give it up when its attempts are used up.

    Returns True while another attempt is planned.
    """
    if job.attempt >= MAX_ATTEMPTS:
        give_up(session, job, now=now, error=error)
        return False
    pause = delay_after(job.attempt, spread=_random.random()) if after is None else after
    session.execute(
        update(Job)
        .where(*_ours(job))
        .values(
            run_at=now + pause,
            leased_by=None,
            leased_until=None,
            error=error,
            payload={**job.payload, FAILURES: job.failures + 1},
        )
    )
    return True


def give_up(session: Session, job: LeasedJob, *, now: datetime, error: str) -> None:
    """Mark a job failed; it stays visible until somebody retries it or it expires."""
    session.execute(
        update(Job)
        .where(*_ours(job))
        .values(failed_at=now, leased_by=None, leased_until=None, error=error)
    )


def retry_failed(session: Session, *, now: datetime, kind: str | None = None) -> int:
    """Give failed jobs (of one kind, or all) a fresh set of attempts; give how many."""
    failed = update(Job).where(Job.failed_at.is_not(None))
    if kind is not None:
        failed = failed.where(Job.kind == kind)
    values = {"failed_at": None, "attempts": 0, "run_at": now, "error": None}
    retried = session.execute(failed.values(values).returning(Job.id)).all()
    if retried:
        record(session, JobQueued(kind=kind or "*", run_at=now))
    return len(retried)


def beat(session: Session, worker: str, *, started_at: datetime, now: datetime) -> None:
    """Leave a sign of life and forget workers that have been silent for a day."""
    seen = session.execute(
        update(WorkerBeat)
        .where(WorkerBeat.name == worker)
        .values(seen_at=now)
        .returning(WorkerBeat.name)
    ).first()
    if seen is None:
        session.execute(insert(WorkerBeat).values(name=worker, started_at=started_at, seen_at=now))
        session.execute(delete(WorkerBeat).where(WorkerBeat.seen_at < now - KEEP_BEATS))


def forget_worker(session: Session, worker: str) -> None:
    """Remove the sign of life of a worker that stops in good order."""
    session.execute(delete(WorkerBeat).where(WorkerBeat.name == worker))


def clean_up(session: Session, *, now: datetime) -> int:
    """Delete jobs done more than 30 days ago and failed more than 180 days ago; give how many."""
    old = (Job.done_at < now - KEEP_DONE) | (Job.failed_at < now - KEEP_FAILED)
    return len(session.execute(delete(Job).where(old).returning(Job.id)).all())


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Job.done_at.is_(None),
        Job.failed_at.is_(None),
        Job.run_at <= now,
        Job.leased_until.is_(None) | (Job.leased_until <= now),
    )


def _ours(job: LeasedJob) -> tuple[ColumnElement[bool], ...]:
    # The attempt makes the lease unmistakable: the same worker may have lost and retaken it.
    return (
        Job.id == job.id,
        Job.leased_by == job.worker,
        Job.attempts == job.attempt,
        Job.done_at.is_(None),
        Job.failed_at.is_(None),
    )


def _finish(session: Session, job_id: int, *, failed_at: datetime, error: str) -> None:
    session.execute(
        update(Job)
        .where(Job.id == job_id)
        .values(failed_at=failed_at, leased_by=None, leased_until=None, error=error)
    )
