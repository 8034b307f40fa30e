"""The format of a backup: one .tar.gz whose last member lists all others with their hashes."""

from __future__ import annotations

import hashlib
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from app.audit.rules import Head
from app.operations.errors import OperationRefused

FORMAT = 1
MANIFEST = "manifest.json"
SQLITE_MEMBER = "database/mandat.db"
POSTGRES_MEMBER = "database/mandat.pgdump"
SECRET_MEMBER = "secret-key"  # noqa: S105 - the name of a file, not a secret.
FILES = "files/"
_LARGEST_MANIFEST = 64 * 1024 * 1024
_CHUNK = 1024 * 1024

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


def silent(what: str, done: int, total: int) -> None:
    """Show no progress."""


class Member(BaseModel):
    """One file of a backup."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    size: int
    sha256: str


class Manifest(BaseModel):
    """What a backup holds and where it comes from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int
    version: str
    made_at: datetime
    database: Literal["sqlite", "postgresql"]
    schema_revision: str | None
    audit_number: int
    audit_hash: str
    members: tuple[Member, ...]

    @property
    def audit_head(self) -> Head:
        """Give the end of the audit log at the moment of the backup."""
        return Head(number=self.audit_number, hash=self.audit_hash)


def add_file(archive: tarfile.TarFile, path: Path, name: str) -> Member:
    """Add one file to an archive that is being written; give its entry for the manifest.

    Exactly as many bytes are read as the header says, even when the file grows meanwhile.
    """
    with path.open("rb") as source:
        info = archive.gettarinfo(arcname=name, fileobj=source)
        info.uid = info.gid = 0
        info.uname = info.gname = ""
        info.mode = 0o600
        reader = _Hashing(source)
        archive.addfile(info, reader)
    return Member(name=name, size=info.size, sha256=reader.digest.hexdigest())


@contextmanager
def reading(path: Path) -> Iterator[tarfile.TarFile]:
    """Open a backup for reading.

    Raises OperationRefused when the file is not one, or ends too early.
    """
    try:
        with tarfile.open(path, "r:gz") as archive:
            yield archive
    except FileNotFoundError:
        raise OperationRefused(f"{path}: there is no such file") from None
    except (tarfile.TarError, EOFError, OSError) as error:
        raise OperationRefused(
            f"{path}: this is not a whole backup ({error}); take another one"
        ) from error


def unpack(path: Path, into: Path, progress: Progress = silent) -> Manifest:
    """Unpack a backup into an empty folder and check every hash; give its manifest.

    Raises OperationRefused when anything is missing, changed, unknown, or would land elsewhere.
    """
    return _look_through(path, into, "unpacking", progress)


def check(path: Path, progress: Progress = silent) -> Manifest:
    """Read a backup to its end and check every hash, writing nothing."""
    return _look_through(path, None, "checking the backup", progress)


def _look_through(path: Path, into: Path | None, doing: str, progress: Progress) -> Manifest:
    found: dict[str, Member] = {}
    manifest: Manifest | None = None
    with reading(path) as archive:
        for number, info in enumerate(archive, start=1):
            if info.name == MANIFEST:
                manifest = _read_manifest(archive, info, path)
                continue
            _check_name(info, path)
            found[info.name] = _extract(archive, info, into / info.name if into else None)
            progress(doing, number, 0)
    if manifest is None:
        raise OperationRefused(f"{path}: the list of contents is missing; the backup was cut short")
    _compare(manifest, found, path)
    return manifest


class _Hashing:
    """A file that is hashed while it is read."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Give the next bytes."""
        chunk = self._source.read(size)
        self.digest.update(chunk)
        return chunk


def _extract(archive: tarfile.TarFile, info: tarfile.TarInfo, target: Path | None) -> Member:
    source = archive.extractfile(info)
    if source is None:
        raise OperationRefused(f"{info.name}: not a file")
    reader = _Hashing(source)
    if target is None:
        while reader.read(_CHUNK):
            pass
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch(mode=0o600)
        with target.open("wb") as sink:
            while chunk := reader.read(_CHUNK):
                sink.write(chunk)
    return Member(name=info.name, size=info.size, sha256=reader.digest.hexdigest())


def _check_name(info: tarfile.TarInfo, path: Path) -> None:
    name = PurePosixPath(info.name)
    expected = info.name in (SQLITE_MEMBER, POSTGRES_MEMBER, SECRET_MEMBER)
    inside = info.name.startswith(FILES) and ".." not in name.parts and not name.is_absolute()
    if not info.isreg() or not (expected or inside):
        raise OperationRefused(
            f"{path}: {info.name!r} has no place in a backup; don't trust this file"
        )


def _read_manifest(archive: tarfile.TarFile, info: tarfile.TarInfo, path: Path) -> Manifest:
    source = archive.extractfile(info)
    if source is None or info.size > _LARGEST_MANIFEST:
        raise OperationRefused(f"{path}: the list of contents can't be read")
    try:
        manifest = Manifest.model_validate_json(source.read())
    except ValidationError:
        raise OperationRefused(f"{path}: the list of contents can't be read") from None
    if manifest.format != FORMAT:
        raise OperationRefused(
            f"{path}: made by another version ({manifest.version}); use that one"
        )
    return manifest


def _compare(manifest: Manifest, found: dict[str, Member], path: Path) -> None:
    listed = {member.name: member for member in manifest.members}
    for name in sorted(listed.keys() | found.keys()):
        if listed.get(name) != found.get(name):
            raise OperationRefused(f"{path}: {name} is not what was backed up; take another backup")
