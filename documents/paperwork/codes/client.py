"""Having the codes on a scan read by ``reader`` in its own process."""

from __future__ import annotations

import json
from threading import BoundedSemaphore
from typing import Protocol

from app.files.apart import TooHeavy, read_apart

LONGEST_S = 8
WAIT_FOR_A_PLACE_S = 4
AT_ONCE = 2
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
        found = read_apart("documents.paperwork.codes.reader", data, longest_s=LONGEST_S)
        return tuple(str(code) for code in json.loads(found)["codes"])
    except (TooHeavy, ValueError, KeyError, TypeError):
        return None
    finally:
        _places.release()
