"""A lock in the data folder that tells a running portal from a stopped one."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.operations.errors import OperationRefused

LOCK = "running.lock"


class RunningLock:
    """Shared by the processes that serve, exclusive for those that replace the data.

    The system lets go of it when a process ends in whatever way, so it is never left behind.
    """

    def __init__(self, data: Path) -> None:
        self.path = data / LOCK

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Hold the lock together with other serving processes.

        Raises OperationRefused while the data are being replaced.
        """
        with self._locked(fcntl.LOCK_SH, "the data are being restored just now; start again later"):
            yield

    @contextmanager
    def alone(self, what: str) -> Iterator[None]:
        """Hold the lock alone.

        Raises OperationRefused while a portal runs on these data.
        """
        with self._locked(fcntl.LOCK_EX, f"the portal is running on these data; stop it to {what}"):
            yield

    @contextmanager
    def _locked(self, kind: int, refusal: str) -> Iterator[None]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            try:
                fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
            except OSError:
                raise OperationRefused(refusal) from None
            yield
        finally:
            os.close(descriptor)
