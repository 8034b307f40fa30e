"""Small programs that the tests of processes start: a parent with children, and a page."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from app.config import Settings
from app.db import Database
from app.jobs.rules import Payload
from app.jobs.worker import JobContext
from app.logs import configure_logs
from app.operations.processes import Child, Supervisor
from app.operations.serving import serve, work

LONG = "import os,sys,time; open(sys.argv[1],'a').write(f'{os.getpid()}\\n'); time.sleep(60)"
CRASH = "import os,sys; open(sys.argv[1],'a').write(f'{os.getpid()}\\n'); sys.exit(3)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {LONG}"
WRONG = "import sys; sys.exit(78)"
PROGRAMS = {"long": LONG, "crash": CRASH, "stubborn": STUBBORN, "wrong": WRONG}


def parent(folder: Path, names: list[str]) -> int:
    """Supervise one child for each name; each writes its process number into a file."""
    children = [
        Child(
            name=name,
            argv=[sys.executable, "-c", PROGRAMS[name], str(folder / name)],
            environ=os.environ,
        )
        for name in names
    ]
    return Supervisor(children, is_ready=lambda: False, grace_s=1).run()


def served() -> int:
    """Serve the page below with the real web server, and a worker that only sleeps."""
    settings = Settings.from_environment(os.environ)
    return serve(
        settings,
        on_ready=lambda: print("ready", flush=True),
        web=[sys.executable, "-m", "app.operations.web", "tests.db.supervised:page"],
        work=[sys.executable, "-c", LONG, str(settings.data / "worker")],
    )


def working() -> int:
    """Run jobs that take half a second and write down that they ended, or that end the worker."""
    settings = Settings.from_environment(os.environ)

    def slow(context: JobContext, payload: Payload) -> None:
        (settings.data / "began").touch()
        time.sleep(0.5)
        (settings.data / "ended").touch()

    def stop(context: JobContext, payload: Payload) -> None:
        # The signal comes to this thread, so that it does not wake the main one.
        signal.pthread_kill(threading.get_ident(), signal.SIGTERM)

    handlers = {"test.slow": slow, "test.stop": stop}
    work(settings, Database(settings.resolved_database_url), handlers)
    return 0


def page() -> Callable[[dict[str, Any], Callable[..., None]], Iterable[bytes]]:
    """Give a WSGI program that answers with its process numbers and how much it keeps for life."""

    def answer(environ: dict[str, Any], start: Callable[..., None]) -> Iterable[bytes]:
        start("200 OK", [("Content-Type", "text/plain")])
        return [f"{os.getpid()} {os.getppid()} {gc.get_freeze_count()}".encode()]

    return answer


if __name__ == "__main__":
    configure_logs("info")
    if sys.argv[1] == "serve":
        sys.exit(served())
    if sys.argv[1] == "work":
        sys.exit(working())
    sys.exit(parent(Path(sys.argv[1]), sys.argv[2:]))
