"""``mandat serve`` and ``mandat work``: which processes there are, and what they need."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType

from app import clock
from app.config import PREFIX, Settings
from app.db import Database
from app.jobs.rules import Periodic
from app.jobs.wake import Bell
from app.jobs.worker import Handlers, Worker, run_workers
from app.operations.errors import OperationRefused
from app.operations.processes import Child, Supervisor
from app.operations.running import RunningLock

WEB = (sys.executable, "-m", "app.operations.web")
WORK = (sys.executable, "-m", "app.cli", "work")
WORKER_THREADS = 2


def serve(
    settings: Settings,
    *,
    on_ready: Callable[[], None] | None = None,
    web: Sequence[str] = WEB,
    work: Sequence[str] = WORK,
) -> int:
    """Serve pages and run jobs until told to stop; give the exit code.

    ``on_ready`` is called once, when the first page can be had.
    Raises OperationRefused when the port is taken or the data are being restored.
    """
    require_free_port(settings.host, settings.port)
    environ = environment_of(without_owner(settings), os.environ)
    children = [
        Child(name="web", argv=web, environ=environ),
        Child(name="worker", argv=work, environ=environ),
    ]
    with RunningLock(settings.data).shared():
        return Supervisor(
            children, is_ready=lambda: answers(settings.host, settings.port), on_ready=on_ready
        ).run()


def work(
    settings: Settings,
    database: Database,
    handlers: Handlers,
    *,
    periodics: Sequence[Periodic] = (),
    threads: int = WORKER_THREADS,
) -> None:
    """Run jobs until SIGTERM or SIGINT; a job that is running is finished first.

    ``database`` carries the program's hooks, so that a job's transaction writes letters and
    milestones as a page's does.
    """
    bell = Bell(settings.data)

    def stop(number: int, frame: FrameType | None) -> None:
        bell.stop()

    for kind in (signal.SIGTERM, signal.SIGINT):
        signal.signal(kind, stop)
    with RunningLock(settings.data).shared():
        run_workers(
            lambda: Worker(
                database=database, handlers=handlers, clock=clock.now, periodics=periodics
            ),
            bell,
            threads=threads,
        )
    bell.close()


def without_owner(settings: Settings) -> Settings:
    """Give the settings without the address of the tables' owner.

    Whoever answers requests must not be able to take the policies of the tables away.
    """
    return settings.model_copy(update={"database_owner_url": ""})


def environment_of(settings: Settings, base: Mapping[str, str]) -> dict[str, str]:
    """Give the environment in which another process reads exactly these settings."""
    environ = {key: value for key, value in base.items() if not key.startswith(PREFIX)}
    for name, value in settings.model_dump(exclude_defaults=True).items():
        if isinstance(value, Path):
            value = value.resolve()
        written = ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
        environ[PREFIX + name.upper()] = written
    return environ


def require_free_port(host: str, port: int) -> None:
    """Raise OperationRefused when somebody listens there already.

    The web server itself would not notice: it shares its port with whoever asks.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise OperationRefused(
                    f"port {port} is taken; stop what listens there, or set MANDAT_PORT"
                ) from None
            raise OperationRefused(f"can't listen on {host}:{port}: {error.strerror}") from None


def answers(host: str, port: int, *, timeout_s: float = 2) -> bool:
    """Say whether the portal answers there, whatever it says."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared only.
    connection = HTTPConnection(reachable, port, timeout=timeout_s)
    try:
        connection.request("GET", "/health")
        connection.getresponse().read()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return True
