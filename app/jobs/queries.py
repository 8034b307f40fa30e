"""What the queue looks like, for the health page, the doctor and the checks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.jobs.models import Job, WorkerBeat


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueState:
    """The queue at one moment."""

    due: int
    oldest_due_s: int
    """How long the oldest due job has waited, in seconds; 0 when none is due."""
    later: int
    running: int
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedJob:
    """A job that was given up."""

    id: int
    kind: str
    attempts: int
    failed_at: datetime
    error: str


_UNFINISHED = (Job.done_at.is_(None), Job.failed_at.is_(None))


def queue_state(session: Session, now: datetime) -> QueueState:
    """Count the jobs that wait, run and failed."""
    free = Job.leased_until.is_(None) | (Job.leased_until <= now)
    due = (*_UNFINISHED, free, Job.run_at <= now)
    count, oldest = session.execute(select(func.count(), func.min(Job.run_at)).where(*due)).one()
    later = session.scalar(select(func.count()).where(*_UNFINISHED, Job.run_at > now)) or 0
    running = session.scalar(select(func.count()).where(*_UNFINISHED, Job.leased_until > now)) or 0
    failed = session.scalar(select(func.count()).where(Job.failed_at.is_not(None))) or 0
    return QueueState(
        due=count,
        oldest_due_s=int((now - oldest).total_seconds()) if oldest else 0,
        later=later,
        running=running,
        failed=failed,
    )


def worker_seen_at(session: Session) -> datetime | None:
    """Give the last sign of life of any worker, None when there never was one."""
    return session.scalar(select(func.max(WorkerBeat.seen_at)))


def failed_jobs(session: Session, limit: int = 100) -> list[FailedJob]:
    """List the jobs that were given up, the latest first."""
    rows = session.execute(
        select(Job.id, Job.kind, Job.attempts, Job.failed_at, Job.error)
        .where(Job.failed_at.is_not(None))
        .order_by(Job.failed_at.desc(), Job.id.desc())
        .limit(limit)
    )
    return [
        FailedJob(id=id_, kind=kind, attempts=attempts, failed_at=at, error=error or "")
        for id_, kind, attempts, at, error in rows
        if at is not None
    ]


def stuck_jobs(session: Session, now: datetime, *, after: timedelta) -> int:
    """Count the jobs that have been due for longer than ``after`` and that nobody works on."""
    free = Job.leased_until.is_(None) | (Job.leased_until <= now)
    return (
        session.scalar(select(func.count()).where(*_UNFINISHED, free, Job.run_at <= now - after))
        or 0
    )
