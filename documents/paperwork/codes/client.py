"""Having the codes on a scan read by ``reader`` in its own process."""

from __future__ import annotations

import json
from typing import Protocol

from app.errors import Unavailable
from app.files.apart import TooHeavy, Turns

LONGEST_S = 4
Codes = tuple[tuple[str, ...], ...]
"""The texts of the codes on each page; pages that were not looked at are left off at the end."""
_turns = Turns(wait_s=1)
"""Of its own and short: a page is taken unread sooner than its visitor is sent away."""


class CodeReader(Protocol):
    """Reads the codes on a picture or document."""

    def __call__(self, data: bytes) -> Codes | None:
        """Give the texts of the codes, page by page; None when the file could not be read."""
        ...


def read_codes_apart(data: bytes) -> Codes | None:
    """Give the texts of the QR codes on an inspected file; None when reading takes too much."""
    try:
        found = _turns.read_apart("documents.paperwork.codes.reader", data, longest_s=LONGEST_S)
        return tuple(tuple(str(code) for code in page) for page in json.loads(found)["pages"])
    except (TooHeavy, Unavailable, ValueError, KeyError, TypeError):
        return None
