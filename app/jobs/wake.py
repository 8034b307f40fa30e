"""Waking sleeping workers of this machine as soon as a job is committed.

A named pipe in the data folder carries single bytes. It is a courtesy: a worker looks at the
table every second anyway, so a lost byte costs a second and never a job.
"""

from __future__ import annotations

import contextlib
import os
import select
from pathlib import Path

from app.db import Database
from app.jobs.events import JobQueued

PIPE = "worker.wake"


def wake_after_commit(database: Database, data: Path) -> None:
    """Make this database ring the bell whenever a transaction that queued a job has committed."""

    def after_commit(events: list[object]) -> None:
        if any(isinstance(happened, JobQueued) for happened in events):
            ring(data)

    database.after_commit.append(after_commit)


def ring(data: Path) -> None:
    """Wake one worker of this machine, if one sleeps."""
    with contextlib.suppress(OSError):
        # Without a reader the pipe does not open, and when it is full a worker is awake already.
        pipe = os.open(data / PIPE, os.O_WRONLY | os.O_NONBLOCK)
        try:
            os.write(pipe, b".")
        finally:
            os.close(pipe)


class Bell:
    """The sleeping side: waits for a byte or for the time to be up."""

    def __init__(self, data: Path) -> None:
        data.mkdir(parents=True, exist_ok=True)
        self._reader: int | None = None
        with contextlib.suppress(OSError):
            # File systems without named pipes leave the worker with polling alone.
            if not (data / PIPE).exists():
                os.mkfifo(data / PIPE, mode=0o600)
            # Opened for both directions, so that it never reports the end when writers leave.
            self._reader = os.open(data / PIPE, os.O_RDWR | os.O_NONBLOCK)
        self._stop_reader, self._stop_writer = os.pipe()
        self.stopped = False

    def wait(self, seconds: float) -> None:
        """Sleep until rung, stopped, or ``seconds`` have passed."""
        ends = [self._stop_reader, *([] if self._reader is None else [self._reader])]
        ready, _, _ = select.select(ends, [], [], seconds)
        if self._reader in ready and self._reader is not None:
            with contextlib.suppress(BlockingIOError):
                os.read(self._reader, 4096)

    def stop(self) -> None:
        """End every wait at once and for good; safe to call from a signal handler."""
        self.stopped = True
        os.write(self._stop_writer, b".")

    def close(self) -> None:
        """Give the descriptors back."""
        for end in (self._reader, self._stop_reader, self._stop_writer):
            if end is not None:
                os.close(end)
