"""Whether the program is well: for the load balancer, the monitor and ``mandat doctor``."""

from __future__ import annotations

import logging
import shutil
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from app.db import Database
from app.jobs.queries import queue_state, worker_seen_at
from app.migration import newest_revision, revision_of

log = logging.getLogger("mandat.health")

WORKER_SILENT_S = 90
QUEUE_OLD_S = 600
DISK_LOW_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How the program is at one moment. None means: not known, since the database is away."""

    database: bool
    schema_current: bool | None
    worker_age_s: int | None
    """Seconds since any worker's last sign of life; None when there was none."""
    queue_age_s: int | None
    """How long the oldest due job waits, in seconds."""
    failed_jobs: int | None
    disk_free_bytes: int

    @property
    def serving(self) -> bool:
        """Whether pages can be answered; if not, a load balancer should look elsewhere."""
        return self.database and self.schema_current is True

    @property
    def problems(self) -> tuple[str, ...]:
        """Codes of everything that needs somebody's attention, worst first."""
        found = [
            ("database-away", not self.database),
            ("schema-not-current", self.schema_current is False),
            ("disk-low", self.disk_free_bytes < DISK_LOW_BYTES),
            ("worker-silent", self.database and self._worker_is_silent),
            ("queue-old", (self.queue_age_s or 0) > QUEUE_OLD_S),
        ]
        return tuple(code for code, is_so in found if is_so)

    @property
    def _worker_is_silent(self) -> bool:
        return self.worker_age_s is None or self.worker_age_s > WORKER_SILENT_S


def health(database: Database, data: Path, *, now: datetime) -> Health:
    """Look at everything the program leans on; never raises."""
    free = shutil.disk_usage(_nearest_existing(data)).free
    try:
        with database.reading() as session:
            seen_at = worker_seen_at(session)
            state = queue_state(session, now)
        revision = revision_of(database)
    except SQLAlchemyError:
        log.exception("health check found no database")
        return Health(
            database=False,
            schema_current=None,
            worker_age_s=None,
            queue_age_s=None,
            failed_jobs=None,
            disk_free_bytes=free,
        )
    return Health(
        database=True,
        schema_current=revision == _expected_revision(),
        worker_age_s=int((now - seen_at).total_seconds()) if seen_at else None,
        queue_age_s=state.oldest_due_s,
        failed_jobs=state.failed,
        disk_free_bytes=free,
    )


@cache
def _expected_revision() -> str:
    # Reading every migration at each look would make the check heavier than a page.
    return newest_revision()


def _nearest_existing(path: Path) -> Path:
    path = path.resolve()
    return next(folder for folder in (path, *path.parents) if folder.exists())
