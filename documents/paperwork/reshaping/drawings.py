"""Pictures of pages: drawn by the worker, handed out by the web, kept as long as their document.

What took too much to draw is kept too, as an empty file, so that a page which was made to be slow
costs its few seconds once and not at every look. A day later it is tried once more: the machine
may only have been busy.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Container
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from app.config import Settings
from app.errors import Refused, Unavailable
from documents.paperwork import errors

MEDIA_TYPE = "image/jpeg"
FOLDER = "drawn"
LEFT_FOR = timedelta(minutes=10)
"""How old a picture that nobody needs has to be: a younger one may be half written just now."""
TRIED_AGAIN_AFTER = timedelta(days=1)
AGAIN_AFTER_S = 2
"""When to ask again for a page that is not drawn yet."""


class Page(NamedTuple):
    """A page of a document: the SHA-256 of its bytes in hex, and its number, 1 for the first."""

    sha256: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawings:
    """The folder of pictures, in no backup: what is missing is drawn anew."""

    folder: Path

    @classmethod
    def of(cls, settings: Settings) -> Drawings:
        """Give the folder of a program's settings."""
        return cls(folder=settings.data / FOLDER)

    def find(self, page: Page) -> bytes:
        """Give a page as MEDIA_TYPE.

        Raises Refused("file") for a page that is too heavy, Unavailable for one that is not
        drawn yet.
        """
        try:
            kept = self._path(page).read_bytes()
        except FileNotFoundError:
            raise Unavailable(errors.PAGE_NOT_DRAWN) from None
        if not kept:
            raise Refused("file", errors.PAGE_TOO_HEAVY)
        return kept

    def is_too_heavy(self, page: Page) -> bool:
        """Say whether a page is known to take too much."""
        try:
            return self._path(page).stat().st_size == 0
        except FileNotFoundError:
            return False

    def keep(self, page: Page, drawn: bytes) -> None:
        """Keep the picture of a page; an empty one says that it takes too much."""
        path = self._path(page)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        with part.open("xb") as out:
            out.write(drawn)
            out.flush()
            # After a power cut an empty file would say that the page takes too much.
            os.fsync(out.fileno())
        part.replace(path)

    def sizes(self) -> dict[Page, int]:
        """Give every page that was drawn with the bytes of its picture, 0 when it is too heavy."""
        found = {}
        for path in self.folder.glob("*/*-*"):
            # What has just been swept away by another worker is not there any more, and what
            # somebody else has put here is no picture.
            sha256, _, number = path.name.partition("-")
            if number.isdecimal() and not sha256.startswith("."):
                with suppress(FileNotFoundError):
                    found[Page(sha256, int(number))] = path.stat().st_size
        return found

    def sweep(self, named: Container[str], *, now: datetime) -> None:
        """Throw away the pictures of all documents but these, and forget what was tried long ago.

        What a worker that was killed has half written goes too.
        """
        for path in self.folder.glob("*/*"):
            with suppress(FileNotFoundError):
                there = path.stat()
                if path.name.partition("-")[0] not in named:
                    kept_for = LEFT_FOR
                elif not there.st_size:
                    kept_for = TRIED_AGAIN_AFTER
                else:
                    continue
                if there.st_mtime < (now - kept_for).timestamp():
                    path.unlink()

    def _path(self, page: Page) -> Path:
        return self.folder / page.sha256[:2] / f"{page.sha256}-{page.number}"
