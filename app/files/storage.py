"""The folder of uploaded files: named by their content, written once, never changed."""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
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
        """Keep the bytes and give their SHA-256 in hex; they are on the disk when it returns.

        What was there already is young again, so that nobody sweeps it away while the row that
        will speak of it is still to be written.
        """
        name = hashlib.sha256(data).hexdigest()
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with _turn_in(path.parent, fcntl.LOCK_SH) as folder:
            if path.exists():
                os.utime(path)
                return name
            part = path.with_name(f".{name}.{secrets.token_hex(8)}")
            with part.open("xb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            part.replace(path)
            # The new name in the folder has to survive a power cut too.
            os.fsync(folder)
        return name

    def get(self, name: str) -> bytes:
        """Give the bytes. Raises Missing when they are not there."""
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            raise Missing from None

    def paths(self) -> Iterator[str]:
        """Give every file there is, half-written ones too, relative to the folder."""
        for path in self.folder.glob("*/*"):
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(self.folder).as_posix()

    def forget_old(self, path: str, *, before: datetime) -> bool:
        """Delete a file, and say so, unless it was put there, or once more, since this moment.

        Whoever puts the same bytes at this moment comes before, and they are young; or comes
        after, and writes them anew.
        """
        target = self.folder / path
        try:
            with _turn_in(target.parent, fcntl.LOCK_EX):
                if target.stat().st_mtime >= before.timestamp():
                    return False
                target.unlink()
        except FileNotFoundError:
            return False
        return True

    def _path(self, name: str) -> Path:
        return self.folder / relative_path(name)


@contextmanager
def _turn_in(folder: Path, how: int) -> Iterator[int]:
    """Let those who put files into a folder and whoever deletes from it wait for each other.

    The lock goes with the descriptor, so a process that is killed holds nobody up.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, how)
        yield descriptor
    finally:
        os.close(descriptor)
