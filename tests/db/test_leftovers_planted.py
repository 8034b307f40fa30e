"""A whole portal: everything its packages have stored outlives the sweep, and what is left goes."""

from __future__ import annotations

import os
from datetime import timedelta

from app.config import Settings
from app.db import Database
from app.demo import plant
from app.files.storage import FileStore
from app.jobs.worker import JobContext
from app.operations.leftovers import LEFT_FOR, SWEEP, sweep_handlers
from app.upkeep import stored_files
from tests.conftest import NOW
from tests.demo_once import SMALLEST


def test_what_the_rows_of_any_package_speak_of_outlives_the_sweep(
    database: Database, settings: Settings
) -> None:
    plant(database, settings, now=NOW, size=SMALLEST)
    store = FileStore(folder=settings.files)
    left = store.put(b"an upload that broke off")
    for path in store.paths():
        os.utime(store.folder / path, (0, 0))
    with database.reading() as session:
        lists = [{stored.path for stored in listed(session)} for listed in stored_files()]
    named = set().union(*lists)
    assert sum(bool(paths) for paths in lists) >= 3
    assert named <= set(store.paths())
    handler = sweep_handlers(settings, stored_files())[SWEEP]
    for moment in (NOW, NOW + LEFT_FOR, NOW + LEFT_FOR + timedelta(days=1)):
        handler(JobContext(database=database, now=moment, job_id=1, attempt=1), {})
    assert named <= set(store.paths())
    assert left not in {path.rpartition("/")[2] for path in store.paths()}
