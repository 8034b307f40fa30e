"""The folder of previews: typeset to be looked at, thrown away after a day, in no backup."""

from __future__ import annotations

import os
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from app.config import Settings
from app.files.storage import FileStore, relative_path


@dataclass(frozen=True, slots=True, kw_only=True)
class Previews:
    """The store of previews, apart from the files that must never be lost."""

    store: FileStore

    @classmethod
    def of(cls, settings: Settings) -> Previews:
        """Give the store of a program's settings."""
        return cls(store=FileStore(folder=settings.data / "previews"))

    def put(self, data: bytes) -> str:
        """Keep a preview's bytes and give their name; what was there already is young again."""
        name = self.store.put(data)
        os.utime(self.store.folder / relative_path(name))
        return name

    def get(self, name: str) -> bytes:
        """Give a preview's bytes. Raises Missing when it has been thrown away."""
        return self.store.get(name)

    def forget(self, name: str) -> None:
        """Throw a preview's bytes away."""
        (self.store.folder / relative_path(name)).unlink(missing_ok=True)

    def sweep(self, named: Collection[str], *, before: datetime) -> None:
        """Throw away what has no name among these and was written before this moment.

        Half-written files of a process that was killed are among them.
        """
        for path in self.store.folder.glob("*/*"):
            if path.name not in named:
                # What has just been renamed is somebody's at this moment.
                with suppress(FileNotFoundError):
                    if path.stat().st_mtime < before.timestamp():
                        path.unlink()
