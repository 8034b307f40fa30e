"""The folder of previews: typeset to be looked at, thrown away after a day, in no backup."""

from __future__ import annotations

from dataclasses import dataclass

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

    def get(self, name: str) -> bytes:
        """Give a preview's bytes. Raises Missing when it has been thrown away."""
        return self.store.get(name)

    def forget(self, name: str) -> None:
        """Throw a preview's bytes away."""
        (self.store.folder / relative_path(name)).unlink(missing_ok=True)
