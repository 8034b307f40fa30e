"""Files without a row are swept away; whatever a row speaks of never is."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.config import Settings
from app.db import REACH, Base, Database
from app.files.storage import FileStore, relative_path
from app.jobs.errors import GiveUp
from app.jobs.worker import JobContext
from app.operations.leftovers import FEW, LEFT_FOR, SWEEP, sweep_handlers
from app.operations.verify import StoredFile, StoredFiles, verify
from app.reach import NOTHING
from app.upkeep import stored_files
from tests.conftest import NOW

A_MOMENT = timedelta(minutes=1)
LATER = NOW + LEFT_FOR + A_MOMENT
LATEST = LATER + LEFT_FOR + A_MOMENT
THE_PRESS_SPEAKS_OF = {
    "signature_batch.sha256",
    "signature_batch.cover_sha256",
    "signature_protocol.sha256",
}
"""Copied from the press's own rows of sheets that are kept, which are never deleted."""


class Portal:
    """A folder of files, and the one list of what rows speak of."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database = database
        self.settings = settings
        self.store = FileStore(folder=settings.files)
        self.rows: list[str] = []
        self.keep(b"kept")

    def listed(self, session: Session) -> Iterable[StoredFile]:
        """Give what the rows speak of, as a package does."""
        return [StoredFile(path=relative_path(name).as_posix(), sha256=name) for name in self.rows]

    def put(self, data: bytes, *, at: datetime = NOW) -> str:
        """Put a file there at this moment, without a row."""
        name = self.store.put(data)
        self.age(relative_path(name).as_posix(), at)
        return name

    def keep(self, data: bytes) -> str:
        """Put a file there and let a row speak of it."""
        self.rows.append(self.put(data))
        return self.rows[-1]

    def age(self, path: str, at: datetime) -> None:
        """Let a file have been written at this moment."""
        os.utime(self.store.folder / path, (at.timestamp(), at.timestamp()))

    def sweep(self, *moments: datetime, lists: Sequence[StoredFiles] | None = None) -> None:
        """Run the job at these moments."""
        handlers = sweep_handlers(self.settings, [self.listed] if lists is None else lists)
        for moment in moments:
            context = JobContext(database=self.database, now=moment, job_id=1, attempt=1)
            handlers[SWEEP](context, {})

    def names(self) -> set[str]:
        """Give the names of all files."""
        return {Path(path).name for path in self.store.paths()}


@pytest.fixture
def portal(database: Database, settings: Settings) -> Portal:
    """A portal with one file that a row speaks of."""
    return Portal(database, settings)


def test_an_upload_that_broke_off_goes_and_what_a_row_speaks_of_stays(portal: Portal) -> None:
    portal.put(b"a passport")
    portal.sweep(NOW, LATER)
    assert portal.names() == set(portal.rows)


def test_a_half_written_file_goes_too(portal: Portal) -> None:
    kept = relative_path(portal.rows[0])
    half = kept.with_name(f".{kept.name}.0123").as_posix()
    (portal.store.folder / half).write_bytes(b"half")
    portal.age(half, NOW)
    portal.sweep(NOW, LATER)
    assert portal.names() == set(portal.rows)


def test_one_look_deletes_nothing_however_old_the_file_is(portal: Portal) -> None:
    left = portal.put(b"old", at=NOW - timedelta(days=400))
    portal.sweep(NOW)
    # A backup that began before this moment may still come to copy it.
    portal.sweep(NOW + LEFT_FOR - A_MOMENT)
    assert left in portal.names()
    portal.sweep(NOW + LEFT_FOR)
    assert left not in portal.names()


def test_a_file_that_came_after_the_first_look_is_young(portal: Portal) -> None:
    portal.put(b"again")
    portal.sweep(NOW)
    # The same bytes come once more, and the row of this upload is not committed yet.
    again = portal.put(b"again", at=LATER - A_MOMENT)
    portal.sweep(LATER)
    assert again in portal.names()


def test_a_file_that_got_its_row_between_two_looks_begins_anew(portal: Portal) -> None:
    name = portal.put(b"later")
    portal.sweep(NOW)
    portal.rows.append(name)
    portal.sweep(NOW + A_MOMENT)
    portal.rows.remove(name)
    portal.sweep(LATER)
    assert name in portal.names()
    portal.sweep(LATEST)
    assert name not in portal.names()


def test_nothing_goes_when_a_list_can_not_be_read(portal: Portal) -> None:
    def broken(session: Session) -> Iterable[StoredFile]:
        yield StoredFile(path="ab/abcd", sha256="abcd")
        raise ZeroDivisionError

    left = portal.put(b"left")
    portal.sweep(NOW)
    with pytest.raises(ZeroDivisionError):
        portal.sweep(LATER, lists=[portal.listed, broken])
    assert left in portal.names()


def test_nothing_goes_when_no_package_lists_anything(portal: Portal) -> None:
    before = portal.names()
    with pytest.raises(GiveUp, match="no package"):
        portal.sweep(NOW, lists=[])
    assert portal.names() == before


def test_nothing_goes_when_the_rows_seem_to_be_those_of_other_files(portal: Portal) -> None:
    for number in range(FEW + 1):
        portal.put(f"file {number}".encode())
    before = portal.names()
    with pytest.raises(GiveUp, match="is this their database"):
        portal.sweep(NOW)
    assert portal.names() == before


def test_what_was_remembered_wrongly_is_seen_for_the_first_time(portal: Portal) -> None:
    left = portal.put(b"left")
    portal.sweep(NOW)
    for spoilt in ("{", "[]", '{"a": 1}', '{"a": "yesterday"}'):
        next(portal.settings.data.glob("leftover*")).write_text(spoilt)
        portal.sweep(LATER)
        assert left in portal.names()


def test_the_log_counts_and_names_nothing(portal: Portal, caplog: pytest.LogCaptureFixture) -> None:
    gone = portal.put(b"gone")
    with caplog.at_level(logging.INFO, logger="mandat.files"):
        portal.sweep(NOW, LATER)
    counts = [(record.removed, record.left) for record in caplog.records]  # type: ignore[attr-defined]
    assert counts == [(0, 1), (1, 0)]
    assert gone not in "".join(str(record.__dict__) for record in caplog.records)


def test_the_rows_of_everybody_are_looked_at_whoever_asks(portal: Portal) -> None:
    """Row-level security would show none to somebody who reaches nothing."""
    reached: list[str] = []

    def asked(session: Session) -> Iterable[StoredFile]:
        reached.append(session.info[REACH].because)
        return portal.listed(session)

    portal.database = portal.database.reaching(NOTHING)
    portal.sweep(NOW, lists=[asked])
    assert all(reached)


def test_every_column_that_names_a_file_is_in_some_package_s_list(database: Database) -> None:
    said: list[str] = []

    def listen(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(database.read_engine, "before_cursor_execute", listen)
    with database.reading() as session:
        for listed in stored_files():
            list(listed(session))
    event.remove(database.read_engine, "before_cursor_execute", listen)
    asked = "\n".join(said)
    unlisted = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("sha256") or column.name == "rasters"
        if f"{table.name}.{column.name}" not in asked
    }
    assert unlisted == THE_PRESS_SPEAKS_OF


def test_verify_names_what_the_sweep_has_not_taken_for_a_day(
    portal: Portal, database: Database, settings: Settings
) -> None:
    left = portal.put(b"left")
    for passed, named in ((timedelta(hours=23), False), (timedelta(hours=25), True)):
        report = verify(database, settings, now=NOW + passed, stored_files=[portal.listed])
        told = [finding for finding in report.findings if finding.check == "files"]
        assert any(left in finding.what for finding in told) is named
        assert not any(finding.serious for finding in told)
