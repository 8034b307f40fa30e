"""Web and worker as ``mandat serve`` starts them, each of which a test may kill at any moment."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from app.config import Settings
from app.operations.serving import WEB, WORK, answers, environment_of, without_owner

ROOT = Path(__file__).resolve().parents[3]
STOPS_WITHIN_S = 30


class Child:
    """One process of the program with everything it has started."""

    def __init__(self, argv: Sequence[str], settings: Settings, log: Path) -> None:
        self.settings = settings
        self.argv = list(argv)
        self.log = log
        self.started = 0.0
        self._environ = environment_of(without_owner(settings), os.environ)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def number(self) -> int:
        """Give its process number."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start it; whether it is ready is asked by ``is_up``."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.argv,
                cwd=ROOT,
                env=self._environ,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.started = time.monotonic()

    def keep(self) -> None:
        """Start it again when it has ended by itself, as the one parent of both does."""
        if self._process is not None and self._process.poll() is not None:
            self.start()

    def kill(self) -> None:
        """End it at once, by its own number, with nothing saved."""
        os.kill(self.number, signal.SIGKILL)
        self._wait()

    def kill_with_helpers(self) -> None:
        """End it and whatever works for it at once, as a machine that loses power does."""
        os.killpg(self.number, signal.SIGKILL)
        self._wait()

    def stop(self) -> None:
        """End it in good order; what does not listen is killed."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOPS_WITHIN_S)
        except subprocess.TimeoutExpired:
            self.kill_with_helpers()

    def _wait(self) -> None:
        assert self._process is not None
        self._process.wait()


class Web(Child):
    """The web process: one that listens, and below it the one that answers."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(WEB, settings, settings.data / "web.log")

    def is_up(self) -> bool:
        """Say whether it answers."""
        return answers(self.settings.host, self.settings.port)

    def who_answers(self) -> list[int]:
        """Give the process that answers; when it ends, the one above starts another by itself."""
        found = children_of(self.number)
        return [number for number in found if b"resource_tracker" not in command_of(number)]


class Work(Child):
    """The worker process; a press may run below it."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(WORK, settings, settings.data / "worker.log")


def children_of(number: int) -> list[int]:
    """Give the numbers of the processes that a process has started and that still run."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
            except OSError:
                continue
            if int(parent) == number and state != "Z":
                found.append(int(entry.name))
    return found


def command_of(number: int) -> bytes:
    """Give how a process was called; nothing when it is gone."""
    try:
        return Path(f"/proc/{number}/cmdline").read_bytes()
    except OSError:
        return b""
