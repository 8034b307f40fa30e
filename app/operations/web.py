"""The web process: ``python -m app.operations.web``, started by ``mandat serve``."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from app.config import Settings, SettingsError
from app.lasting import leave_to_itself
from app.logs import configure_logs, granian_logs
from app.operations.processes import WRONG_SETTINGS, die_with_parent

TARGET = "app.main:from_environment"
THREADS = 4
STOP_WITHIN_S = 10
SERVER_LEVELS = {
    "debug": LogLevels.debug,
    # The server's own news (who was started when) is ours to tell, in processes.py.
    "info": LogLevels.warning,
    "warning": LogLevels.warning,
    "error": LogLevels.error,
}


def main(target: str = TARGET) -> int:
    """Serve the program until SIGTERM; give the exit code."""
    try:
        settings = Settings.from_environment(os.environ)
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return WRONG_SETTINGS
    configure_logs(settings.log_level)
    server = Granian(
        target,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.web_processes,
        blocking_threads=THREADS,
        websockets=False,
        log_level=SERVER_LEVELS[settings.log_level],
        log_dictconfig=granian_logs(settings.log_level),
        # Our own line a request has templates of addresses instead of addresses.
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_WITHIN_S,
    )
    server.serve(target_loader=load)
    return 0


def load(target: str) -> Any:  # noqa: ANN401 - a WSGI program, as the server takes it.
    """Build the program inside a serving process, which must not outlive the one above it."""
    die_with_parent()
    settings = Settings.from_environment(os.environ)
    configure_logs(settings.log_level)
    module, _, factory = target.partition(":")
    try:
        program = getattr(importlib.import_module(module), factory)()
    except Exception as error:
        # Before the first request there is nobody whose data this could speak of.
        sys.stderr.write(f"Mandat can't start: {error}\n")
        raise
    leave_to_itself()
    return program


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
