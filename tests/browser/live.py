"""The portal as its own processes, which a test may kill, over data the test plants."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from app.config import Settings
from app.main import open_database
from quests.route.library import PackLibrary
from tests.conftest import WHOLE
from tests.ports import a_free_port

ROOT = Path(__file__).resolve().parent.parent.parent
STARTS_WITHIN_S = 40.0
LOOK_EVERY_S = 0.05
SECRET_KEY = "t" * 64


@contextmanager
def serving(
    data: Path, empty_sqlite: Path, library: PackLibrary, *, works: bool = False
) -> Iterator[LiveServer]:
    """Let a portal without rows run in a folder."""
    shutil.copyfile(empty_sqlite, data / "mandat.db")
    server = LiveServer(data, library, works=works)
    server.start()
    try:
        yield server
    finally:
        server.stop()


class LiveServer:
    """``python -m app.operations.web`` on a free port of this machine; a worker too if asked for.

    Most pages need no worker, and its turns would only make their tests slower.
    """

    def __init__(self, data: Path, library: PackLibrary, *, works: bool = False) -> None:
        self.port = a_free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.variables = {
            "MANDAT_DATA": str(data),
            "MANDAT_SECRET_KEY": SECRET_KEY,
            "MANDAT_BASE_URL": self.url,
            "MANDAT_PORT": str(self.port),
            "MANDAT_DEMO": "1",
            "MANDAT_GATEWAY": "demo",
            "MANDAT_RATE_LIMITS": "0",
            "MANDAT_LOG_LEVEL": "warning",
        }
        self.settings = Settings.from_environment(self.variables)
        self.database = open_database(self.settings, library).reaching(WHOLE)
        self._log = data / "server.log"
        self._works = works
        self._process: subprocess.Popen[bytes] | None = None
        self._worker: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the processes and wait until the portal answers."""
        self._process = self._run("app.operations.web")
        if self._works:
            self.start_worker()
        end = time.monotonic() + STARTS_WITHIN_S
        while not self._answers():
            assert self._process.poll() is None, self.log
            assert time.monotonic() < end, f"the server did not answer\n{self.log}"
            time.sleep(LOOK_EVERY_S)

    def kill(self) -> None:
        """End the server and its workers as a power cut would: at once, with nothing saved."""
        assert self._process is not None
        for process in filter(None, (self._process, self._worker)):
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def kill_worker(self) -> None:
        """End the worker alone, with everything that it has started."""
        assert self._worker is not None
        os.killpg(self._worker.pid, signal.SIGKILL)
        self._worker.wait()

    def start_worker(self) -> None:
        """Start a worker in the place of one that was killed."""
        self._worker = self._run("app.cli", "work")

    def stop(self) -> None:
        """End the server in order."""
        for process in filter(None, (self._process, self._worker)):
            if process.poll() is None:
                process.terminate()
                process.wait(20)
        self.database.dispose()

    def _run(self, *module: str) -> subprocess.Popen[bytes]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("MANDAT_")}
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", *module],
                cwd=ROOT,
                env={**kept, **self.variables},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def log(self) -> str:
        """Everything the server said."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except (URLError, ConnectionError, TimeoutError):
            # The server isn't listening yet, or /health says that no worker runs, as here.
            return self._listens()

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0
