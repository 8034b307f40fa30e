from __future__ import annotations

import gzip
import os
import shutil
import tarfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.audit.commands import audit
from app.audit.queries import head
from app.config import Settings
from app.db import Database
from app.jobs.commands import enqueue
from app.jobs.queries import queue_state
from app.operations import archive
from app.operations.backup import BackupReport, backup
from app.operations.errors import OperationRefused
from app.operations.restore import restore
from app.operations.running import RunningLock
from app.operations.verify import Finding, StoredFile, verify


@pytest.fixture
def home(settings: Settings, database: Database, now: datetime) -> Settings:
    """A portal with a job, an audit entry, two files and a signing key."""
    (settings.files / "ab").mkdir(parents=True)
    (settings.files / "ab" / "one").write_bytes(b"one" * 1000)
    (settings.files / "two").write_bytes(b"")
    (settings.data / "secret-key").write_text("k" * 64, encoding="ascii")
    with database.writing() as session:
        enqueue(session, "test.do", {"number": 1}, run_at=now)
        audit(session, None, "x.done", subject_kind="x", subject_id=1, now=now)
    return settings


def elsewhere(home: Settings, tmp_path: Path) -> Settings:
    return home.model_copy(update={"data": tmp_path / "new", "database_url": ""})


def back_up(home: Settings, tmp_path: Path, now: datetime) -> BackupReport:
    return backup(home, tmp_path / "out" / "b.tar.gz", now=now)


def only_sqlite(database: Database) -> None:
    if not database.is_sqlite:
        pytest.skip("restoring elsewhere needs a second PostgreSQL database")


def test_what_is_backed_up_comes_back_whole(
    home: Settings, database: Database, tmp_path: Path, now: datetime
) -> None:
    only_sqlite(database)
    report = back_up(home, tmp_path, now)
    assert report.files == 2
    new = elsewhere(home, tmp_path)
    restored = restore(new, report.path, now=now)
    assert restored.replaced is None
    assert (new.files / "ab" / "one").read_bytes() == b"one" * 1000
    assert (new.data / "secret-key").read_text(encoding="ascii") == "k" * 64
    other = Database(new.resolved_database_url)
    with other.reading() as session:
        assert queue_state(session, now).due == 1
        assert head(session) == report.manifest.audit_head
    other.dispose()
    assert not list(new.data.glob(".restore*"))


def test_a_postgresql_backup_replaces_the_database_it_came_from(
    home: Settings, database: Database, tmp_path: Path, now: datetime
) -> None:
    if database.is_sqlite:
        pytest.skip("this run tests SQLite")
    report = back_up(home, tmp_path, now)
    with database.writing() as session:
        enqueue(session, "test.later", {}, run_at=now)
    database.dispose()
    with pytest.raises(OperationRefused, match="--force"):
        restore(home, report.path, now=now)
    restored = restore(home, report.path, force=True, now=now)
    assert restored.replaced is not None
    assert (restored.replaced / "mandat.pgdump").is_file()
    with database.reading() as session:
        assert queue_state(session, now).due == 1
        assert head(session) == report.manifest.audit_head


def test_a_backup_taken_under_writes_is_consistent(
    home: Settings, database: Database, tmp_path: Path, now: datetime
) -> None:
    over = threading.Event()

    def write() -> None:
        while not over.is_set():
            with database.writing() as session:
                audit(session, None, "x.done", subject_kind="x", subject_id=1, now=now)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        report = back_up(home, tmp_path, now)
    finally:
        over.set()
        thread.join()
    if database.is_sqlite:
        new = elsewhere(home, tmp_path)
        restore(new, report.path, now=now)
        other = Database(new.resolved_database_url)
        known = report.manifest.audit_head
        found = verify(other, new, now=now, known_head=known).findings
        other.dispose()
        assert [finding.check for finding in found if finding.serious] in ([], ["schema"])


def test_a_backup_is_readable_by_its_owner_alone(
    home: Settings, tmp_path: Path, now: datetime
) -> None:
    report = back_up(home, tmp_path, now)
    assert report.path.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in report.path.parent.iterdir()] == ["b.tar.gz"]


def test_a_backup_never_overwrites_another(home: Settings, tmp_path: Path, now: datetime) -> None:
    back_up(home, tmp_path, now)
    with pytest.raises(OperationRefused, match="exists already"):
        back_up(home, tmp_path, now)


def test_restoring_over_data_is_refused_unless_forced_and_then_they_are_moved_aside(
    home: Settings, database: Database, tmp_path: Path, now: datetime
) -> None:
    only_sqlite(database)
    report = back_up(home, tmp_path, now)
    (home.files / "three").write_bytes(b"written after the backup")
    database.dispose()
    with pytest.raises(OperationRefused, match="--force"):
        restore(home, report.path, now=now)
    assert (home.files / "three").exists()
    restored = restore(home, report.path, force=True, now=now)
    assert restored.replaced is not None
    assert (restored.replaced / "files" / "three").exists()
    assert (restored.replaced / "mandat.db").exists()
    assert not (home.files / "three").exists()


def test_restoring_under_a_running_portal_is_refused(
    home: Settings, tmp_path: Path, now: datetime
) -> None:
    report = back_up(home, tmp_path, now)
    with RunningLock(home.data).shared(), pytest.raises(OperationRefused, match="running"):
        restore(home, report.path, force=True, now=now)


@pytest.mark.parametrize("kept", [0, 10, 200, -30])
def test_a_backup_cut_short_is_refused_before_anything_is_touched(
    home: Settings, database: Database, tmp_path: Path, now: datetime, kept: int
) -> None:
    only_sqlite(database)
    report = back_up(home, tmp_path, now)
    report.path.write_bytes(report.path.read_bytes()[:kept])
    new = elsewhere(home, tmp_path)
    with pytest.raises(OperationRefused):
        restore(new, report.path, now=now)
    assert not (new.data / "mandat.db").exists()
    assert not (new.files).exists()


def test_a_changed_byte_is_noticed(home: Settings, tmp_path: Path, now: datetime) -> None:
    report = back_up(home, tmp_path, now)
    plain = bytearray(gzip.decompress(report.path.read_bytes()))
    at = plain.find(b"oneone")
    plain[at] ^= 1
    report.path.write_bytes(gzip.compress(bytes(plain)))
    with pytest.raises(OperationRefused, match="not what was backed up"):
        archive.check(report.path)


@pytest.mark.parametrize("name", ["../evil", "files/../../evil", "/etc/evil", "other"])
def test_a_backup_that_would_write_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with tarfile.open(tmp_path / "evil.tar.gz", "w:gz") as tar:
        tar.addfile(tarfile.TarInfo(name))
    (tmp_path / "in").mkdir()
    with pytest.raises(OperationRefused, match="no place"):
        archive.unpack(tmp_path / "evil.tar.gz", tmp_path / "in")


def test_a_backup_of_the_other_kind_of_database_is_refused(
    home: Settings, database: Database, tmp_path: Path, now: datetime
) -> None:
    only_sqlite(database)
    report = back_up(home, tmp_path, now)
    manifest = report.manifest.model_copy(update={"database": "postgresql"})
    unpacked = tmp_path / "unpacked"
    unpacked.mkdir()
    archive.unpack(report.path, unpacked)
    forged = tmp_path / "forged.tar.gz"
    (unpacked / archive.MANIFEST).write_text(manifest.model_dump_json(), encoding="utf-8")
    with tarfile.open(forged, "w:gz") as tar:
        for path in sorted(path for path in unpacked.rglob("*") if path.is_file()):
            tar.add(path, path.relative_to(unpacked).as_posix())
    with pytest.raises(OperationRefused, match="own kind"):
        restore(elsewhere(home, tmp_path), forged, now=now)


def test_verify_finds_missing_changed_and_orphaned_files(
    home: Settings, database: Database, now: datetime
) -> None:
    old = (now - timedelta(days=3)).timestamp()
    os.utime(home.files / "two", (old, old))
    listed = [
        StoredFile(path="ab/one", sha256="0" * 64),
        StoredFile(path="gone", sha256="0" * 64),
    ]
    report = verify(database, home, now=now, stored_files=[lambda _: listed])
    files = [finding for finding in report.findings if finding.check == "files"]
    assert files == [
        Finding(check="files", what="ab/one has changed"),
        Finding(check="files", what="gone is missing"),
        Finding(check="files", what="no row speaks of two", serious=False),
    ]
    assert not report.sound


@dataclass(frozen=True, slots=True, kw_only=True)
class ACheck:
    """A check that finds one thing, and breaks off where it is told to."""

    name: str
    raises: bool = False

    def findings(self, session: Session, *, now: datetime) -> Iterator[Finding]:
        yield Finding(check=self.name, what="something", serious=False)
        if self.raises:
            raise ValueError


def test_a_check_that_breaks_off_is_named_with_what_it_had_found_and_stops_no_other(
    database: Database, home: Settings, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    checks = [ACheck(name="first", raises=True), ACheck(name="second")]
    report = verify(database, home, now=now, verifications=checks)
    own = [str(found) for found in report.findings if found.check in ("first", "second")]
    assert own == [
        "note: first: something",
        "DAMAGED: first: broke off with ValueError",
        "note: second: something",
    ]
    assert not report.sound
    assert any(line.exc_info for line in caplog.records)


def test_verify_names_a_stuck_queue_without_calling_the_data_damaged(
    home: Settings, database: Database, now: datetime
) -> None:
    report = verify(database, home, now=now + timedelta(hours=2))
    queue = [finding for finding in report.findings if finding.check == "jobs and letters"]
    assert len(queue) == 1
    assert not queue[0].serious


def test_a_damaged_database_is_not_backed_up(
    home: Settings, database: Database, tmp_path: Path, now: datetime
) -> None:
    only_sqlite(database)
    database.dispose()
    stored = home.data / "mandat.db"
    damaged = bytearray(stored.read_bytes())
    damaged[4096 * 2 : 4096 * 4] = os.urandom(4096 * 2)
    stored.write_bytes(damaged)
    with pytest.raises(Exception, match=r"damaged|malformed|not a database"):
        back_up(home, tmp_path, now)
    assert not list((tmp_path / "out").iterdir())
    shutil.rmtree(tmp_path / "out")
