"""Pictures of pages: drawn once, one at a time, and kept beside the previews for about an hour.

What took too much to draw is kept too, as an empty file, so that a page which was made to be slow
costs its few seconds once and not at every look.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.errors import Refused
from app.files.apart import TooHeavy, Turns
from documents.paperwork import errors
from documents.paperwork.reshaping.client import draw_page

FOLDER = "drawn"
"""Inside that of previews, whose hourly sweep throws away what no row speaks of."""
PLACES = Turns(wait_s=2, at_once=1)
"""Of a web process: of its few threads one draws, and a person makes one more wait at most."""
AGAIN_AFTER_S = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawings:
    """The pictures of pages, each found by the SHA-256 of its document and its number."""

    folder: Path

    def page(self, sha256: str, number: int, read: Callable[[], bytes]) -> bytes:
        """Give a page as PNG; ``read`` gives the document when it is yet to be drawn.

        Raises Refused("file") for a page that is too heavy, Unavailable while others are drawn.
        """
        path = self._path(sha256, number)
        kept = _kept(path)
        if kept is None:
            with PLACES.place():
                # While this request waited another one may have had the same page drawn.
                kept = _kept(path)
                if kept is None:
                    kept = _draw(path, read(), number)
        if not kept:
            raise Refused("file", errors.PAGE_TOO_HEAVY)
        return kept

    def is_too_heavy(self, sha256: str, number: int) -> bool:
        """Say whether a page is known to take too much."""
        return _kept(self._path(sha256, number)) == b""

    def _path(self, sha256: str, number: int) -> Path:
        return self.folder / f"{sha256}-{number}"


def _kept(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _draw(path: Path, data: bytes, number: int) -> bytes:
    try:
        drawn = draw_page(data, number)
    except TooHeavy:
        drawn = b""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    part.write_bytes(drawn)
    part.replace(path)
    return drawn
