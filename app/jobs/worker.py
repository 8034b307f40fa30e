"""The worker: takes due jobs, runs their handlers, keeps the lease alive, plans periodic work."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType

from app.db import Database
from app.jobs import commands
from app.jobs.commands import LeasedJob
from app.jobs.errors import GiveUp, TryLater
from app.jobs.rules import LEASE, Payload, Periodic
from app.jobs.wake import Bell
from app.reach import everything

log = logging.getLogger("mandat.jobs")

POLL_S = 1.0
BEAT_EVERY = timedelta(seconds=15)
PLAN_EVERY = timedelta(seconds=60)
CLEAN_UP = "jobs.clean_up"

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class JobContext:
    """What a handler gets besides its payload.

    A handler opens its own transactions with ``database.writing()``; ``now`` is the moment the
    attempt began.
    """

    database: Database
    now: datetime
    job_id: int
    attempt: int
    """1 for the first run."""
    failures: int = 0
    """How many attempts before this one have failed."""

    @property
    def deaths(self) -> int:
        """How many attempts before this one ended with their worker: restarted, killed, fallen."""
        return self.attempt - 1 - self.failures


Handler = Callable[[JobContext, Payload], None]
Handlers = Mapping[str, Handler]


def clean_up(context: JobContext, payload: Payload) -> None:
    """Handle CLEAN_UP: delete jobs that were done or given up long ago."""
    with context.database.writing() as session:
        commands.clean_up(session, now=context.now)


OWN_HANDLERS: Handlers = {CLEAN_UP: clean_up}
OWN_PERIODICS: Sequence[Periodic] = (Periodic(kind=CLEAN_UP),)


def worker_name() -> str:
    """Give a name no other worker has, with the host and process for whoever reads the table."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"


class Worker:
    """Runs jobs one at a time; several workers, in threads or processes, share the table."""

    def __init__(
        self,
        *,
        database: Database,
        handlers: Handlers,
        clock: Clock,
        periodics: Sequence[Periodic] = (),
        lease_for: timedelta = LEASE,
        name: str | None = None,
    ) -> None:
        self.database = database.reaching(everything("jobs belong to nobody"))
        self.handlers: Handlers = {**OWN_HANDLERS, **handlers}
        self.periodics = (*OWN_PERIODICS, *periodics)
        self.clock = clock
        self.lease_for = lease_for
        self.name = name or worker_name()
        self._started_at = clock()
        self._beat_at: datetime | None = None
        self._planned_at: datetime | None = None

    def run(self, bell: Bell) -> None:
        """Work until the bell is stopped; a database that is away is waited for."""
        while not bell.stopped:
            try:
                self.keep_house()
                busy = self.run_one()
            except Exception:
                log.exception("worker could not reach its queue")
                busy = False
            if not busy:
                bell.wait(POLL_S)

    def stop(self) -> None:
        """Take the sign of life back, when stopping in good order."""
        with self.database.writing() as session:
            commands.forget_worker(session, self.name)

    def keep_house(self) -> None:
        """Leave a sign of life and plan periodic work, each when it is time."""
        now = self.clock()
        if self._beat_at is None or now - self._beat_at >= BEAT_EVERY:
            with self.database.writing() as session:
                commands.beat(session, self.name, started_at=self._started_at, now=now)
            self._beat_at = now
        if self._planned_at is None or now - self._planned_at >= PLAN_EVERY:
            with self.database.writing() as session:
                commands.plan_periodic(session, self.periodics, now=now)
            self._planned_at = now

    def run_one(self) -> bool:
        """Run the job that is due first; False when none is due."""
        job = self._lease()
        if job is None:
            return False
        started = self.clock()
        with _KeptLease(self, job):
            outcome = self._handle(job, started)
        now = self.clock()
        seconds = round((now - started).total_seconds(), 3)
        self._settle(job, outcome, now)
        log.info(
            "job ended",
            extra={
                "job": job.id,
                "kind": job.kind,
                "attempt": job.attempt,
                "outcome": outcome.word,
                "error": outcome.error,
                "seconds": seconds,
            },
        )
        return True

    def run_due(self, limit: int = 10_000) -> int:
        """Run everything that is due now, at most ``limit`` jobs; give how many ran."""
        ran = 0
        while ran < limit and self.run_one():
            ran += 1
        return ran

    def _lease(self) -> LeasedJob | None:
        # A look without the write lock first: an idle worker must not stand in writers' way.
        with self.database.reading() as session:
            if not commands.anything_due(session, now=self.clock()):
                return None
        with self.database.writing() as session:
            return commands.lease(session, self.name, now=self.clock(), lease_for=self.lease_for)

    def _handle(self, job: LeasedJob, started: datetime) -> _Outcome:
        handler = self.handlers.get(job.kind)
        if handler is None:
            # An older program may be running beside a newer one, so this too is worth waiting for.
            return _Outcome(word="put back", error="no handler for this kind of job")
        context = JobContext(
            database=self.database,
            now=started,
            job_id=job.id,
            attempt=job.attempt,
            failures=job.failures,
        )
        try:
            handler(context, job.payload)
        except TryLater as later:
            return _Outcome(word="put back", error=later.reason, after=later.after)
        except GiveUp as end:
            return _Outcome(word="given up", error=end.reason)
        except Exception as error:
            log.exception("job failed", extra={"job": job.id, "kind": job.kind})
            return _Outcome(word="put back", error=where_it_failed(error))
        return _Outcome(word="done")

    def _settle(self, job: LeasedJob, outcome: _Outcome, now: datetime) -> None:
        with self.database.writing() as session:
            if outcome.word == "done":
                commands.finish(session, job, now=now)
            elif outcome.word == "given up":
                commands.give_up(session, job, now=now, error=outcome.error or "")
            else:
                commands.put_back(
                    session, job, now=now, error=outcome.error or "", after=outcome.after
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    word: str
    error: str | None = None
    after: timedelta | None = None


class _KeptLease:
    """Prolongs a job's lease from a thread of its own while the handler runs."""

    def __init__(self, worker: Worker, job: LeasedJob) -> None:
        self._worker = worker
        self._job = job
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._extend, name="lease", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def _extend(self) -> None:
        worker = self._worker
        while not self._over.wait(worker.lease_for.total_seconds() / 3):
            try:
                with worker.database.writing() as session:
                    ours = commands.extend(
                        session, self._job, now=worker.clock(), lease_for=worker.lease_for
                    )
            except Exception:
                log.exception("lease could not be prolonged", extra={"job": self._job.id})
                continue
            if not ours:
                log.warning("lease was lost", extra={"job": self._job.id})
                return


def where_it_failed(error: BaseException) -> str:
    """Give an exception's kind and place; its message may hold personal data and is left out."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "site-packages" not in frame.filename]
    place = (own or frames)[-1] if frames else None
    where = f" at {Path(place.filename).name}:{place.lineno}" if place else ""
    return f"{type(error).__name__}{where}"


def run_workers(make_worker: Callable[[], Worker], bell: Bell, *, threads: int = 2) -> None:
    """Run ``threads`` workers in this process until the bell is stopped."""
    workers = [make_worker() for _ in range(threads)]
    running = [
        threading.Thread(target=worker.run, args=(bell,), name=f"worker-{number}")
        for number, worker in enumerate(workers, start=1)
    ]
    for thread in running:
        thread.start()
    for thread in running:
        # A signal that comes just before the main thread falls asleep, or to another thread, wakes
        # nobody: whoever waits without end would never hear that it is to stop.
        while thread.is_alive():
            thread.join(POLL_S)
    for worker in workers:
        worker.stop()
