"""``mandat doctor``: looks at machine and settings, and says exactly what to do."""

from __future__ import annotations

import ctypes.util
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

import pysqlite3
from sqlalchemy.exc import SQLAlchemyError

from app.config import Settings
from app.db import Base, Database
from app.migration import newest_revision, revision_of
from app.operations.errors import OperationRefused
from app.operations.health import health
from app.operations.serving import answers, require_free_port
from app.row_security import is_unbound, owns_tables, unsecured

OLDEST_PYTHON = (3, 11)
OLDEST_SQLITE = (3, 51, 3)
"""Below this, SQLite's write-ahead log can lose a committed transaction (WAL-reset bug)."""
ENOUGH_DISK_BYTES = 2 * 1024**3
PANGO = ("pango-1.0", "pangoft2-1.0", "harfbuzz", "fontconfig")
ASSETS = Path(__file__).resolve().parent.parent.parent / "static" / "dist"
APT_PANGO = "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig"

State = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """One thing looked at."""

    name: str
    state: State
    found: str
    remedy: str = ""
    """What to do, as a command where there is one; empty when nothing needs doing."""


def doctor(settings: Settings, *, now: datetime) -> list[Diagnosis]:
    """Look at everything; a ``fail`` among the answers means the portal can't run well here."""
    parts: tuple[Callable[[], Iterable[Diagnosis]], ...] = (
        _python,
        _sqlite,
        lambda: _data(settings),
        lambda: _address(settings),
        _assets,
        _typesetting,
        lambda: _postgres_tools(settings),
        lambda: _database(settings, now),
        lambda: _mail(settings),
    )
    return [diagnosis for part in parts for diagnosis in part()]


def _python() -> Iterator[Diagnosis]:
    found = ".".join(map(str, sys.version_info[:3]))
    fine = sys.version_info >= OLDEST_PYTHON
    yield _either(fine, "Python", found, "install Python 3.11 or newer, then make install")


def _sqlite() -> Iterator[Diagnosis]:
    fine = pysqlite3.sqlite_version_info >= OLDEST_SQLITE
    yield _either(
        fine, "SQLite", pysqlite3.sqlite_version, "make install (pysqlite3 0.6.1 or newer)"
    )


def _data(settings: Settings) -> Iterator[Diagnosis]:
    data = settings.data.resolve()
    nearest = next(folder for folder in (data, *data.parents) if folder.exists())
    writable = nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)
    yield _either(
        writable,
        "Data folder",
        str(data),
        f"chown it to the user that runs mandat ({_user()}), or set MANDAT_DATA",
    )
    private = not data.exists() or not data.stat().st_mode & 0o007
    if not private:
        yield Diagnosis(
            name="Data folder's mode",
            state="warn",
            found="everybody on this machine may look into it",
            remedy=f"chmod 750 {data}",
        )
    free = shutil.disk_usage(nearest).free
    yield _either(
        free >= ENOUGH_DISK_BYTES,
        "Free disk",
        f"{free / 1024**3:.1f} GiB",
        "free at least 2 GiB, or move MANDAT_DATA to a larger disk",
        otherwise="warn",
    )


def _address(settings: Settings) -> Iterator[Diagnosis]:
    where = f"{settings.host}:{settings.port}"
    try:
        require_free_port(settings.host, settings.port)
    except OperationRefused as error:
        if answers(settings.host, settings.port):
            yield Diagnosis(name="Port", state="ok", found=f"{where}: a portal answers there")
        else:
            yield Diagnosis(name="Port", state="fail", found=where, remedy=str(error))
    else:
        yield Diagnosis(name="Port", state="ok", found=f"{where} is free")


def _assets() -> Iterator[Diagnosis]:
    built = ASSETS.is_dir() and any(ASSETS.iterdir())
    yield _either(built, "Front end", "built" if built else "not built", "make install")
    node = shutil.which("node")
    yield _either(
        node is not None or built,
        "Node",
        node or "not on the path",
        "nothing to do: make install brings its own",
        otherwise="warn",
    )


def _typesetting() -> Iterator[Diagnosis]:
    missing = [name for name in PANGO if ctypes.util.find_library(name) is None]
    yield _either(
        not missing,
        "Typesetting (documents as PDF)",
        "complete" if not missing else f"missing: {', '.join(missing)}",
        APT_PANGO,
        otherwise="warn",
    )


def _postgres_tools(settings: Settings) -> Iterator[Diagnosis]:
    if not settings.database_url.startswith("postgresql"):
        return
    missing = [name for name in ("pg_dump", "pg_restore") if shutil.which(name) is None]
    yield _either(
        not missing,
        "PostgreSQL's tools (backup)",
        "complete" if not missing else f"missing: {', '.join(missing)}",
        "apt install postgresql-client, of the server's version or newer",
    )


def _database(settings: Settings, now: datetime) -> Iterator[Diagnosis]:
    database = Database(settings.resolved_database_url)
    if database.is_sqlite and not Path(database.url.database or "").exists():
        yield Diagnosis(
            name="Database", state="warn", found="not created yet", remedy="mandat migrate"
        )
        return
    try:
        revision = revision_of(database)
        current = revision == newest_revision()
        yield _either(current, "Database", f"revision {revision}", "mandat migrate")
        if current:
            yield from _segmentation(database, settings)
            yield from _life(database, settings, now)
    except SQLAlchemyError as error:
        yield Diagnosis(
            name="Database",
            state="fail",
            found=type(error).__name__,
            remedy="check that the server runs and that MANDAT_DATABASE_URL is right",
        )
    finally:
        database.dispose()


def _segmentation(database: Database, settings: Settings) -> Iterator[Diagnosis]:
    """Say whether PostgreSQL itself keeps campaigns apart for the role that is connected."""
    if database.is_sqlite:
        return
    with database.read_engine.connect() as connection:
        unbound, owns = is_unbound(connection), owns_tables(connection)
        bare = [table.name for table in unsecured(connection, Base.metadata)]
    yield _either(
        not bare,
        "Row-level security",
        "on every table of a campaign" if not bare else f"missing: {', '.join(bare)}",
        "mandat migrate",
    )
    yield _either(
        not unbound,
        "Role of the program",
        "a superuser or with BYPASSRLS: nothing binds it" if unbound else "bound by the policies",
        "connect as a role of its own, see docs/running.md",
        otherwise="fail" if settings.production else "warn",
    )
    if owns and not unbound:
        yield Diagnosis(
            name="Owner of the tables",
            state="warn",
            found="the program itself, which could switch the policies off",
            remedy="set MANDAT_DATABASE_OWNER_URL, see docs/running.md",
        )


def _life(database: Database, settings: Settings, now: datetime) -> Iterator[Diagnosis]:
    found = health(database, settings.data, now=now)
    yield _either(
        "worker-silent" not in found.problems,
        "Worker",
        "never seen" if found.worker_age_s is None else f"seen {found.worker_age_s} s ago",
        "mandat serve (or mandat work) must be running",
        otherwise="warn",
    )
    yield _either(
        not found.failed_jobs,
        "Failed jobs",
        str(found.failed_jobs or 0),
        "mandat verify lists them",
        otherwise="warn",
    )


def _mail(settings: Settings) -> Iterator[Diagnosis]:
    if settings.mail_delivery == "file":
        yield _either(
            settings.demo,
            "Mail",
            "stays in the portal (MANDAT_MAIL_DELIVERY=file)",
            "set MANDAT_MAIL_DELIVERY=smtp and MANDAT_SMTP_*",
            otherwise="warn",
        )
        return
    clear = settings.smtp_security == "none" and settings.smtp_host not in (
        "127.0.0.1",
        "localhost",
    )
    yield _either(
        not clear,
        "Mail",
        f"{settings.smtp_host}:{settings.smtp_port}, {settings.smtp_security}",
        "letters travel unencrypted: set MANDAT_SMTP_SECURITY=starttls (or tls)",
        otherwise="warn",
    )


def _either(
    fine: bool,
    name: str,
    found: str,
    remedy: str,
    *,
    otherwise: State = "fail",
) -> Diagnosis:
    if fine:
        return Diagnosis(name=name, state="ok", found=found)
    return Diagnosis(name=name, state=otherwise, found=found, remedy=remedy)


def _user() -> str:
    return os.environ.get("USER") or str(os.getuid())
