"""Having a file from outside looked at in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Protocol

from app.errors import Refused, Unavailable
from app.files import errors

LARGEST_BYTES = 15 * 1024 * 1024
LONGEST_S = 30
WAIT_FOR_A_PLACE_S = 20
AT_ONCE = 2
PROGRAM_FOLDER = Path(__file__).resolve().parents[2]
_places = BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """A file that may be kept: its cleaned bytes and what they are."""

    data: bytes
    media_type: str
    pages: int
    width: int
    height: int


class Inspector(Protocol):
    """Looks at a file from outside."""

    def __call__(self, data: bytes) -> Inspected:
        """Give the file as it may be kept. Raises Refused("file") with the reason."""
        ...


def inspect_apart(data: bytes) -> Inspected:
    """Give the file as it may be kept, opened and cleaned by ``inspector`` in its own process.

    Raises Refused("file") with the reason, Unavailable when too many files come at once.
    """
    if len(data) > LARGEST_BYTES:
        raise Refused("file", errors.FILE_TOO_LARGE, megabytes=LARGEST_BYTES // 1024 // 1024)
    if not _places.acquire(timeout=WAIT_FOR_A_PLACE_S):
        raise Unavailable(errors.TOO_MANY_FILES_AT_ONCE)
    try:
        # Fixed program, no shell; the untrusted bytes go in as input only.
        done = subprocess.run(
            [sys.executable, "-m", "app.files.inspector"],
            input=data,
            capture_output=True,
            timeout=LONGEST_S,
            cwd=PROGRAM_FOLDER,
            env={"PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refused("file", errors.FILE_PROBLEMS["too_heavy"]) from None
    finally:
        _places.release()
    if done.returncode != 0:
        # The process was ended by its limits (or fell): the file is too much for it.
        raise Refused("file", errors.FILE_PROBLEMS["too_heavy"])
    return _read(done.stdout)


def _read(output: bytes) -> Inspected:
    line, _, kept = output.partition(b"\n")
    verdict = json.loads(line)
    if verdict["problem"]:
        raise Refused("file", errors.FILE_PROBLEMS[verdict["problem"]])
    return Inspected(
        data=kept,
        media_type=verdict["media_type"],
        pages=verdict["pages"],
        width=verdict["width"],
        height=verdict["height"],
    )
