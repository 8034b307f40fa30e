"""Proving that the stored data are whole: the tables, the audit log, the files, the queue."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.audit.queries import verify_chain
from app.audit.rules import Head
from app.config import Settings
from app.db import Database
from app.jobs.queries import failed_jobs, stuck_jobs
from app.mail.queries import waiting_since
from app.migration import newest_revision, revision_of
from app.operations.archive import Progress, silent
from app.operations.backup import stored_paths
from app.reach import everything

STUCK = timedelta(hours=1)
LETTER_LATE = timedelta(days=2)
ORPHAN_AGE_S = 24 * 3600
_CHUNK = 1024 * 1024
_SHOWN = 20
log = logging.getLogger("mandat.verify")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is not as it should be; codes and ids only, fit for a log."""

    check: str
    what: str
    serious: bool = True
    """Whether data are damaged or lost; otherwise somebody should look when there is time."""

    def __str__(self) -> str:
        """Give the finding as a line of text."""
        return f"{'DAMAGED' if self.serious else 'note'}: {self.check}: {self.what}"


def finding_of_fault(check: str, campaign_id: int, fault: Exception) -> Finding:
    """Name a campaign about which the rules can't be asked, and write to the log what they raise.

    Serious, because no job mends it: what they look at is damaged, or they are wrong themselves.
    """
    log.error("rules raise", exc_info=fault, extra={"check": check, "campaign": campaign_id})
    kind = type(fault).__name__
    return Finding(check=check, what=f"the rules about campaign {campaign_id} raise {kind}")


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """What the checks found."""

    checks: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether no check found damage."""
        return not any(finding.serious for finding in self.findings)


class Verification(Protocol):
    """A check that a feature adds to ``mandat verify``."""

    @property
    def name(self) -> str:
        """A short name, in words."""

    def findings(self, session: Session, *, now: datetime) -> Iterable[Finding]:
        """Look, and give what is wrong; never raises for damaged data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file that a row speaks of; ``path`` is relative to the folder of files."""

    path: str
    sha256: str


StoredFiles = Callable[[Session], Iterable[StoredFile]]
"""A feature's list of all files its rows speak of."""


def verify(
    database: Database,
    settings: Settings,
    *,
    now: datetime,
    verifications: Sequence[Verification] = (),
    stored_files: Sequence[StoredFiles] = (),
    known_head: Head | None = None,
    progress: Progress = silent,
) -> VerifyReport:
    """Run every check, one after another.

    ``known_head`` is the end of the audit log as a backup's manifest has it: a log that was cut
    behind it is noticed. Files count as orphans when no row speaks of them for a day.
    """
    checks: list[Verification] = [
        _DatabaseWhole(database=database),
        _SchemaCurrent(database=database),
        _AuditChain(known=known_head),
        _FilesWhole(folder=settings.files, listed=tuple(stored_files)),
        _QueueMoves(),
        *verifications,
    ]
    found: list[Finding] = []
    database = database.reaching(everything("a check that sees half of the data proves nothing"))
    for number, check in enumerate(checks):
        progress(check.name, number, len(checks))
        with database.reading() as session:
            found.extend(_looked(check, session, now))
    progress("done", len(checks), len(checks))
    return VerifyReport(checks=tuple(check.name for check in checks), findings=tuple(found))


def _looked(check: Verification, session: Session, now: datetime) -> Iterator[Finding]:
    """Give what a check finds; one that breaks off has proved nothing, and stops no other."""
    try:
        yield from check.findings(session, now=now)
    except DBAPIError:
        raise
    except Exception as fault:
        log.exception("a check broke off", extra={"check": check.name})
        yield Finding(check=check.name, what=f"broke off with {type(fault).__name__}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _DatabaseWhole:
    database: Database
    name: str = "database"

    def findings(self, session: Session, *, now: datetime) -> Iterator[Finding]:
        if not self.database.is_sqlite:
            # PostgreSQL keeps foreign keys by itself; reading every table is the dump's work.
            return
        for (answer,) in session.execute(text(f"PRAGMA integrity_check({_SHOWN})")):
            if answer != "ok":
                yield Finding(check=self.name, what=str(answer))
        for row in list(session.execute(text("PRAGMA foreign_key_check")))[:_SHOWN]:
            yield Finding(
                check=self.name, what=f"row {row[1]} of {row[0]} points to nothing in {row[2]}"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _SchemaCurrent:
    database: Database
    name: str = "schema"

    def findings(self, session: Session, *, now: datetime) -> Iterator[Finding]:
        stored, newest = revision_of(self.database), newest_revision()
        if stored != newest:
            yield Finding(
                check=self.name,
                what=f"the tables are at {stored}, not {newest}: run mandat migrate",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _AuditChain:
    known: Head | None
    name: str = "audit log"

    def findings(self, session: Session, *, now: datetime) -> Iterator[Finding]:
        broken = verify_chain(session, known=self.known)
        if broken is not None:
            yield Finding(check=self.name, what=f"breaks at entry {broken.number}: {broken.reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _FilesWhole:
    folder: Path
    listed: tuple[StoredFiles, ...]
    name: str = "files"

    def findings(self, session: Session, *, now: datetime) -> Iterator[Finding]:
        known: set[Path] = set()
        for stored_files in self.listed:
            for stored in stored_files(session):
                path = self.folder / stored.path
                known.add(path)
                yield from self._compare(path, stored)
        if self.listed:
            yield from self._orphans(known, now)

    def _compare(self, path: Path, stored: StoredFile) -> Iterator[Finding]:
        if not path.is_file():
            yield Finding(check=self.name, what=f"{stored.path} is missing")
        elif _sha256(path) != stored.sha256:
            yield Finding(check=self.name, what=f"{stored.path} has changed")

    def _orphans(self, known: set[Path], now: datetime) -> Iterator[Finding]:
        if not self.folder.is_dir():
            return
        for path in sorted(stored_paths(self.folder)):
            # A young file may belong to a transaction that has not committed yet.
            old = now.timestamp() - path.stat().st_mtime > ORPHAN_AGE_S
            if path not in known and old:
                name = path.relative_to(self.folder).as_posix()
                yield Finding(check=self.name, what=f"no row speaks of {name}", serious=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _QueueMoves:
    name: str = "jobs and letters"

    def findings(self, session: Session, *, now: datetime) -> Iterator[Finding]:
        stuck = stuck_jobs(session, now, after=STUCK)
        if stuck:
            yield self._note(f"{stuck} jobs have been due for over an hour: is a worker running?")
        for job in failed_jobs(session, limit=_SHOWN):
            yield self._note(f"job {job.id} ({job.kind}) was given up: {job.error}")
        oldest = waiting_since(session)
        if oldest is not None and now - oldest > LETTER_LATE:
            yield self._note(f"a letter has waited since {oldest:%Y-%m-%d}: check MANDAT_SMTP_*")

    def _note(self, what: str) -> Finding:
        return Finding(check=self.name, what=what, serious=False)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as source:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
