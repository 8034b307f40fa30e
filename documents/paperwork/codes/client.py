"""Having the codes on a scan read by ``reader`` in its own process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore
from typing import Protocol

LONGEST_S = 8
WAIT_FOR_A_PLACE_S = 4
AT_ONCE = 2
PROGRAM_FOLDER = Path(__file__).resolve().parents[3]
_places = BoundedSemaphore(AT_ONCE)


class CodeReader(Protocol):
    """Reads the codes on a picture or document."""

    def __call__(self, data: bytes) -> tuple[str, ...] | None:
        """Give the texts of the codes; None when the file could not be read."""
        ...


def read_codes_apart(data: bytes) -> tuple[str, ...] | None:
    """Give the texts of the QR codes on an inspected file; None when reading takes too much."""
    if not _places.acquire(timeout=WAIT_FOR_A_PLACE_S):
        return None
    try:
        # Fixed program, no shell; the untrusted bytes go in as input only.
        done = subprocess.run(
            [sys.executable, "-m", "documents.paperwork.codes.reader"],
            input=data,
            capture_output=True,
            timeout=LONGEST_S,
            cwd=PROGRAM_FOLDER,
            env={"PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    finally:
        _places.release()
    if done.returncode != 0:
        return None
    try:
        return tuple(str(code) for code in json.loads(done.stdout)["codes"])
    except (ValueError, KeyError, TypeError):
        return None
