"""Backup of everything the portal can't make again: database, uploaded files, signing key."""

from __future__ import annotations

import io
import os
import tarfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pysqlite3
from sqlalchemy.orm import Session

from app.audit.queries import head
from app.audit.rules import Head
from app.config import SECRET_KEY_FILE, Settings
from app.db import Database
from app.migration import revision_of
from app.operations import archive, postgres
from app.operations.archive import Manifest, Member, Progress, silent
from app.operations.errors import OperationRefused
from app.operations.owning import owner_database

_FAST_ENOUGH = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupReport:
    """What was backed up."""

    path: Path
    size_bytes: int
    manifest: Manifest

    @property
    def files(self) -> int:
        """How many uploaded files are in it."""
        return sum(member.name.startswith(archive.FILES) for member in self.manifest.members)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupNote:
    """What a feature writes down about backups: how far its data are surely in one."""

    reach: Callable[[Session], int]
    """Asked before the copy begins; what is up to this number is in it. 0: nothing to note."""
    write: Callable[[Session, int], None]
    """Told that number once the backup has been read back and has its name."""


def backup(
    settings: Settings,
    target: Path,
    *,
    now: datetime,
    progress: Progress = silent,
    notes: Sequence[BackupNote] = (),
) -> BackupReport:
    """Write a backup while the portal runs on, read it back, and only then give it its name.

    The database is copied first and in one step: files are stored before the rows that speak of
    them, so every row of the copy finds its file.
    Raises OperationRefused when the target exists or anything can't be read or written.
    """
    if target.exists():
        raise OperationRefused(f"{target} exists already; choose another name")
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    copy = target.with_name(f".{target.name}.{os.getpid()}.db")
    database = owner_database(settings)
    try:
        if database.is_sqlite and not sqlite_path(database).is_file():
            raise OperationRefused(f"{sqlite_path(database)}: there is no database to back up")
        reached = _reached(database, notes)
        manifest = _write(settings, database, unfinished, copy, now, progress)
        if archive.check(unfinished, progress) != manifest:
            raise OperationRefused(
                f"{target}: what was written reads back differently; check the disk"
            )
        unfinished.rename(target)
        _sync_folder(target.parent)
        _note(database, reached)
    finally:
        database.dispose()
        for leftover in (unfinished, copy):
            leftover.unlink(missing_ok=True)
    return BackupReport(path=target, size_bytes=target.stat().st_size, manifest=manifest)


def program_version() -> str:
    """Give the version of this program."""
    try:
        return version("mandat")
    except PackageNotFoundError:
        return "unknown"


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a database that may be in use, in one step, and check the copy.

    The stepwise copy starts again at every write and never ends on a busy day.
    Raises OperationRefused when the copy is damaged.
    """
    target.touch(mode=0o600)
    with closing(pysqlite3.connect(str(source))) as original:
        original.execute("PRAGMA query_only=ON")
        with closing(pysqlite3.connect(str(target))) as copy:
            original.backup(copy, pages=-1)
            # A copy that travels is one file, without a write-ahead log beside it.
            copy.execute("PRAGMA journal_mode=DELETE")
            (answer,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
    if answer != "ok":
        raise OperationRefused(f"{source} is damaged ({answer}); restore the last good backup")


def sqlite_path(database: Database) -> Path:
    """Give the file of an embedded database."""
    return Path(database.url.database or "")


def _write(
    settings: Settings,
    database: Database,
    unfinished: Path,
    copy: Path,
    now: datetime,
    progress: Progress,
) -> Manifest:
    progress("copying the database", 0, 1)
    if not database.is_sqlite:
        # Read before the dump, so that the dump holds at least as much of the log.
        revision, end = _revision_and_head(database)
        postgres.dump(database.url, copy)
        name = archive.POSTGRES_MEMBER
    else:
        copy_sqlite(sqlite_path(database), copy)
        copied = Database(f"sqlite+pysqlite:///{copy.resolve()}")
        revision, end = _revision_and_head(copied)
        copied.dispose()
        name = archive.SQLITE_MEMBER
    progress("copying the database", 1, 1)
    with _tar(unfinished) as tar:
        members = [archive.add_file(tar, copy, name), *_add_rest(settings, tar, progress)]
        manifest = Manifest(
            format=archive.FORMAT,
            version=program_version(),
            made_at=now,
            database="sqlite" if database.is_sqlite else "postgresql",
            schema_revision=revision,
            audit_number=end.number,
            audit_hash=end.hash,
            members=tuple(members),
        )
        _add_manifest(tar, manifest)
    return manifest


def _reached(database: Database, notes: Sequence[BackupNote]) -> tuple[tuple[BackupNote, int], ...]:
    if not notes:
        return ()
    with database.writing() as session:
        return tuple((note, note.reach(session)) for note in notes)


def _note(database: Database, reached: Sequence[tuple[BackupNote, int]]) -> None:
    told = [(note, number) for note, number in reached if number]
    if not told:
        return
    with database.writing() as session:
        for note, number in told:
            note.write(session, number)


def _revision_and_head(database: Database) -> tuple[str | None, Head]:
    with database.reading() as session:
        end = head(session)
    return revision_of(database), end


def _add_rest(settings: Settings, tar: tarfile.TarFile, progress: Progress) -> Iterator[Member]:
    key = settings.data / SECRET_KEY_FILE
    if key.is_file():
        yield archive.add_file(tar, key, archive.SECRET_MEMBER)
    paths = sorted(stored_paths(settings.files))
    for number, path in enumerate(paths, start=1):
        name = archive.FILES + path.relative_to(settings.files).as_posix()
        try:
            yield archive.add_file(tar, path, name)
        except FileNotFoundError:
            # Deleted since the folder was read: whoever deleted it did not want it kept.
            continue
        progress("copying files", number, len(paths))


def stored_paths(folder: Path) -> Iterator[Path]:
    """Give every regular file under a folder."""
    return (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


@contextmanager
def _tar(path: Path) -> Iterator[tarfile.TarFile]:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as sink:
        with tarfile.open(fileobj=sink, mode="w:gz", compresslevel=_FAST_ENOUGH) as tar:
            yield tar
        sink.flush()
        os.fsync(sink.fileno())


def _add_manifest(tar: tarfile.TarFile, manifest: Manifest) -> None:
    written = manifest.model_dump_json(indent=1).encode()
    info = tarfile.TarInfo(archive.MANIFEST)
    info.size, info.mode, info.mtime = len(written), 0o600, int(manifest.made_at.timestamp())
    tar.addfile(info, io.BytesIO(written))


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
