"""The folder of uploaded files: named by their content, written once, never changed."""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from app.errors import Missing


def relative_path(name: str) -> Path:
    """Give where below the folder the bytes of this SHA-256 lie."""
    return Path(name[:2]) / name


@dataclass(frozen=True, slots=True, kw_only=True)
class FileStore:
    """Keeps bytes under the SHA-256 of themselves."""

    folder: Path

    def put(self, data: bytes) -> str:
        """Keep the bytes and give their SHA-256 in hex; they are on the disk when it returns."""
        name = hashlib.sha256(data).hexdigest()
        path = self._path(name)
        if path.exists():
            return name
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{name}.{secrets.token_hex(8)}")
        with part.open("xb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
        _sync_folder(path.parent)
        return name

    def get(self, name: str) -> bytes:
        """Give the bytes. Raises Missing when they are not there."""
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            raise Missing from None

    def _path(self, name: str) -> Path:
        return self.folder / relative_path(name)


def _sync_folder(folder: Path) -> None:
    """Make the new name in the folder survive a power cut too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
