"""Previews hold what people have typed, so none may outlive the row that knows of it."""

from __future__ import annotations

import os
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete

from app.config import Settings, secret_key
from app.db import Database
from app.errors import Missing
from app.jobs.worker import JobContext, Worker
from app.sealing import Seal
from documents.sheets import Sheet
from documents.typesetting.commands import want
from documents.typesetting.handlers import FORGET, typesetting_handlers
from documents.typesetting.models import TypesetSheet
from documents.typesetting.previews import Previews
from documents.typesetting.rules import KEEP_PREVIEWS, UNNAMED_FOR
from tests import builders
from tests.conftest import NOW
from tests.readable_press import PAGE, ReadablePress

LATER = NOW + KEEP_PREVIEWS + timedelta(minutes=1)
HALF = ".half-written"


class Shop:
    """A campaign that looks at previews, and the jobs that make them and throw them away."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database = database
        self.previews = Previews.of(settings)
        self._seal = Seal.from_secret(secret_key(settings))
        self._handlers = typesetting_handlers(settings, ReadablePress())
        with database.writing() as session:
            self._campaign_id = builders.a_campaign(session).id

    def look_at(self, words: str, *, now: datetime = NOW) -> None:
        """Have a preview made."""
        with self.database.writing() as session:
            sheet = Sheet(html=words, language="ru", identifier=words)
            want(session, self._seal, self._campaign_id, sheet, now=now)
        Worker(database=self.database, handlers=self._handlers, clock=lambda: now).run_due()

    def forget(self, now: datetime) -> None:
        """Run the job that throws previews away."""
        context = JobContext(database=self.database, now=now, job_id=1, attempt=1)
        self._handlers[FORGET](context, {})

    def names(self) -> set[str]:
        """Give the names of all files, half-written ones too."""
        found = self.previews.store.folder.rglob("*")
        return {path.name for path in found if path.is_file()}

    def age(self, written_at: datetime) -> None:
        """Let every file have been written at this moment."""
        moment = written_at.timestamp()
        for path in self.previews.store.folder.rglob("*"):
            os.utime(path, (moment, moment))


@pytest.fixture
def shop(database: Database, settings: Settings) -> Shop:
    """A shop in an empty portal."""
    return Shop(database, settings)


def test_a_preview_and_its_pages_go_after_a_day(shop: Shop) -> None:
    shop.look_at("Анна")
    assert len(shop.names()) == 2
    shop.forget(LATER)
    assert shop.names() == set()


def test_what_a_killed_run_left_behind_goes_with_the_next(shop: Shop) -> None:
    shop.look_at("Анна")
    # The run before has deleted the rows, and was killed before it came to the files.
    with shop.database.writing() as session:
        session.execute(delete(TypesetSheet))
    folder = next(shop.previews.store.folder.iterdir())
    (folder / HALF).write_bytes(b"half")
    shop.age(LATER - UNNAMED_FOR - timedelta(seconds=1))
    shop.forget(LATER)
    assert shop.names() == set()


def test_a_file_whose_row_is_not_committed_yet_stays(shop: Shop) -> None:
    name = shop.previews.put("Анна".encode())
    shop.age(LATER - UNNAMED_FOR + timedelta(seconds=1))
    shop.forget(LATER)
    assert shop.names() == {name}


def test_a_file_that_is_wanted_again_is_young_again(shop: Shop) -> None:
    name = shop.previews.put("Анна".encode())
    shop.age(NOW)
    # By the file system's clock, which is the only one that dates files.
    shop.previews.put("Анна".encode())
    written = shop.previews.store.folder.joinpath(name[:2], name).stat().st_mtime
    assert written > NOW.timestamp()


def test_a_page_that_another_preview_has_too_stays(shop: Shop) -> None:
    shop.look_at("Анна")
    shop.look_at("Павел", now=LATER)
    shop.forget(LATER)
    assert len(shop.names()) == 2
    assert any(shop.previews.get(name) == PAGE for name in shop.names())
    with pytest.raises(Missing):
        shop.previews.get("0" * 64)
