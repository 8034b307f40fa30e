"""The press's own process: typesets what comes in until its input ends.

It has little memory and little time for each sheet; it can open no socket, start no process,
write no file, and read only the program, its fonts and the printers' profiles. It is started by
``documents.press.client`` and by nobody else.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from dataclasses import asdict
from pathlib import Path

from documents.press.errors import TOO_HEAVY
from documents.press.frames import exactly_from, packed, unpacked
from documents.rendering import render, warm_up
from documents.sheets import Rendered, Sheet

MEMORY_BYTES = 1536 * 1024 * 1024
CPU_S = 20
FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.mkdir",
    "os.chmod",
    "os.chown",
    "os.link",
    "os.symlink",
    "os.truncate",
    "shutil.",
    "urllib.Request",
    "http.client.connect",
    "ftplib.",
    "webbrowser.",
    "ctypes.dlopen",
)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


def guard(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse what typesetting never needs; an audit hook can't be taken off again.

    Raises PermissionError.
    """
    if event.startswith(FORBIDDEN) and not _is_data(event, arguments):
        raise PermissionError(f"the press does not do {event}")
    if event == "open" and not _may_open(arguments):
        raise PermissionError("the press does not open this")


def _is_data(event: str, arguments: tuple[object, ...]) -> bool:
    # The engine reads data: addresses through the same door as all others.
    return event == "urllib.Request" and str(arguments[0]).startswith("data:")


def _may_open(arguments: tuple[object, ...]) -> bool:
    path, _, flags = arguments
    if isinstance(flags, int) and flags & WRITING:
        return False
    if not isinstance(path, str | bytes):
        return True
    return _is_readable(os.fsdecode(path))


def _is_readable(name: str) -> bool:
    path = Path(name).resolve()
    return any(path.is_relative_to(folder) for folder in READABLE)


def _readable_folders() -> tuple[Path, ...]:
    program = Path(__file__).resolve().parents[2]
    own = [program / part for part in ("app", "documents", "static")]
    python = [Path(sys.prefix), Path(sys.base_prefix), *map(Path, filter(None, sys.path[1:]))]
    extra = os.environ.get("MANDAT_PRESS_PROFILES", "")
    folders = [*own, *python, *([Path(extra)] if extra else [])]
    return tuple(folder.resolve() for folder in folders if folder.resolve() != program)


READABLE = _readable_folders()


def limit_myself() -> None:
    """Give up memory, files to write, and everything that ``guard`` refuses."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(guard)


def allow_one_sheet() -> None:
    """Let the next sheet use so many more seconds; the system ends the process after them."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    end = int(used.ru_utime + used.ru_stime) + CPU_S + 1
    resource.setrlimit(resource.RLIMIT_CPU, (end, resource.RLIM_INFINITY))


def answer(message: list[bytes]) -> list[bytes]:
    """Typeset the sheet of one message; what goes wrong is answered by its kind alone."""
    try:
        sheet = Sheet.from_json(message[0].decode())
        done = render(sheet, dict(zip(sheet.pictures, message[1:])))
    except MemoryError:
        return [json.dumps({"error": TOO_HEAVY}).encode()]
    except Exception as error:
        # The text of an error may hold words of the sheet; its kind does not.
        return [json.dumps({"error": type(error).__name__}).encode()]
    return _told(done)


def _told(done: Rendered) -> list[bytes]:
    about = {
        "pages": done.pages,
        "warnings": done.warnings,
        "fitted": [asdict(place) for place in done.fitted],
    }
    return [json.dumps(about).encode(), done.pdf, *done.rasters]


def main() -> None:
    """Typeset until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    incoming, outgoing = exactly_from(sys.stdin.buffer), sys.stdout.buffer
    warm_up()
    limit_myself()
    while True:
        allow_one_sheet()
        try:
            message = unpacked(incoming)
        except EOFError:
            return
        outgoing.write(packed(answer(message)))
        outgoing.flush()


if __name__ == "__main__":
    main()
