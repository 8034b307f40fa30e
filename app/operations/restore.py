"""Restoring a backup into an empty place, or, when forced, in place of what is there."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.config import SECRET_KEY_FILE, Settings
from app.db import Database
from app.operations import archive, postgres
from app.operations.archive import Manifest, Progress, silent
from app.operations.backup import sqlite_path
from app.operations.errors import OperationRefused
from app.operations.owning import let_program_in, owner_database
from app.operations.running import RunningLock

_BESIDE_SQLITE = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreReport:
    """What was restored; migrate and verify next."""

    manifest: Manifest
    replaced: Path | None
    """Where what was there before has been moved, when anything was there."""


def restore(
    settings: Settings,
    source: Path,
    *,
    force: bool = False,
    now: datetime,
    progress: Progress = silent,
) -> RestoreReport:
    """Restore a backup; nothing is touched before the whole backup has proved sound.

    What is replaced under ``force`` is moved aside, not deleted.
    Raises OperationRefused when the backup is damaged or of the other kind of database, when there
    is something to lose and ``force`` is not given, or while the portal runs on these data.
    """
    settings.data.mkdir(parents=True, exist_ok=True)
    database = owner_database(settings)
    staging = settings.data / f".restore-{now:%Y%m%dT%H%M%S}"
    try:
        with RunningLock(settings.data).alone("restore"):
            occupied = _occupied(settings, database)
            if occupied and not force:
                raise OperationRefused(
                    f"{occupied} is there already; restore into an empty MANDAT_DATA, "
                    "or say --force to move it aside"
                )
            staging.mkdir(mode=0o700)
            manifest = archive.unpack(source, staging, progress)
            _check_kind(manifest, database)
            replaced = _move_aside(settings, database, now) if occupied else None
            progress("putting in place", 0, 1)
            _put_in_place(settings, database, staging)
            progress("putting in place", 1, 1)
    finally:
        database.dispose()
        shutil.rmtree(staging, ignore_errors=True)
    return RestoreReport(manifest=manifest, replaced=replaced)


def _occupied(settings: Settings, database: Database) -> str:
    if database.is_sqlite:
        if sqlite_path(database).exists():
            return str(sqlite_path(database))
    elif postgres.has_tables(database):
        return f"a database with tables ({database.url.database})"
    if settings.files.is_dir() and any(settings.files.iterdir()):
        return str(settings.files)
    return ""


def _check_kind(manifest: Manifest, database: Database) -> None:
    kind = "sqlite" if database.is_sqlite else "postgresql"
    if manifest.database != kind:
        raise OperationRefused(
            f"this is a backup of {manifest.database}, and MANDAT_DATABASE_URL names {kind}; "
            "restore it into a database of its own kind"
        )


def _move_aside(settings: Settings, database: Database, now: datetime) -> Path:
    aside = settings.data / f"replaced-{now:%Y%m%dT%H%M%S}"
    aside.mkdir(mode=0o700)
    if database.is_sqlite:
        stored = sqlite_path(database)
        for path in (stored, *(Path(f"{stored}{end}") for end in _BESIDE_SQLITE)):
            if path.exists():
                shutil.move(path, aside / path.name)
    else:
        postgres.dump(database.url, aside / "mandat.pgdump")
    for path in (settings.files, settings.data / SECRET_KEY_FILE):
        if path.exists():
            shutil.move(path, aside / path.name)
    return aside


def _put_in_place(settings: Settings, database: Database, staging: Path) -> None:
    files = staging / archive.FILES
    if files.is_dir():
        if settings.files.is_dir():
            settings.files.rmdir()
        shutil.move(files, settings.files)
    key = staging / archive.SECRET_MEMBER
    if key.is_file():
        shutil.move(key, settings.data / SECRET_KEY_FILE)
    # The database comes last: with it, and not before, the restored portal exists.
    if database.is_sqlite:
        sqlite_path(database).parent.mkdir(parents=True, exist_ok=True)
        shutil.move(staging / archive.SQLITE_MEMBER, sqlite_path(database))
    else:
        postgres.load(database.url, staging / archive.POSTGRES_MEMBER)
        let_program_in(settings)
