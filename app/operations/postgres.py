"""PostgreSQL's own programs for copying a database out and in."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import URL, func, select, table
from sqlalchemy.sql import column

from app.db import Database
from app.operations.errors import OperationRefused
from app.reach import EVERYTHING

_PG_TABLES = table("pg_tables", column("schemaname"))


def dump(url: URL, target: Path) -> None:
    """Write the database into a file of pg_dump's custom format, as of one moment.

    The owner of the tables is bound by row-level security, and says that it wants every row:
    otherwise pg_dump would refuse, or leave out what it does not see.
    """
    _run(
        "pg_dump",
        [
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            "--enable-row-security",
            f"--file={target}",
            _address(url),
        ],
        url,
    )


def load(url: URL, source: Path) -> None:
    """Replace the database's contents by a dump, all or nothing."""
    _run(
        "pg_restore",
        [
            "--clean",
            "--if-exists",
            "--no-owner",
            "--no-privileges",
            "--single-transaction",
            "--exit-on-error",
            f"--dbname={_address(url)}",
            str(source),
        ],
        url,
    )


def has_tables(database: Database) -> bool:
    """Say whether the database holds anything of ours."""
    ours = select(func.count()).select_from(_PG_TABLES).where(_PG_TABLES.c.schemaname == "public")
    with database.reading() as session:
        return bool(session.scalar(ours))


def _address(url: URL) -> str:
    # The password travels in the environment: arguments can be read by every user of the machine.
    return url.set(drivername="postgresql", password=None).render_as_string()


def _run(program: str, arguments: Sequence[str], url: URL) -> None:
    found = shutil.which(program)
    if found is None:
        raise OperationRefused(
            f"{program} is not installed; on Debian and Ubuntu: apt install postgresql-client"
        )
    environ = {**os.environ, "PGOPTIONS": f"-c {EVERYTHING}=on"}
    if url.password is not None:
        environ["PGPASSWORD"] = str(url.password)
    ended = subprocess.run(  # noqa: S603 - a fixed program with arguments of our own.
        [found, *arguments], env=environ, capture_output=True, text=True, check=False
    )
    if ended.returncode != 0:
        raise OperationRefused(f"{program} failed: {ended.stderr.strip()[-2000:]}")
