"""Sheets are typeset once, kept or thrown away as asked, and leave no words behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.config import Settings, secret_key
from app.db import Database, recorded
from app.errors import Missing
from app.files.storage import FileStore
from app.jobs.worker import Worker
from app.sealing import Seal
from documents.press.client import Press
from documents.press.tries import MOST_DEATHS, MOST_TRIES
from documents.sheets import Sheet
from documents.typesetting.commands import want, want_instead
from documents.typesetting.events import SheetFailed, SheetTypeset
from documents.typesetting.handlers import typesetting_handlers
from documents.typesetting.models import TypesetSheet
from documents.typesetting.previews import Previews
from documents.typesetting.queries import Typeset, find_typeset
from documents.typesetting.rules import Purpose, State
from tests import builders
from tests.conftest import NOW
from tests.dying import LONG, die_at_every_attempt, run_every_attempt
from tests.readable_press import ReadablePress

SHEET = Sheet(html="<p>Анна Смирнова", language="ru", identifier="one")


@pytest.fixture
def press() -> Iterator[ReadablePress]:
    """A press without an engine."""
    yield ReadablePress()


@pytest.fixture
def seal(settings: Settings) -> Seal:
    """The program's seal."""
    return Seal.from_secret(secret_key(settings))


def ask(
    database: Database, seal: Seal, campaign_id: int, purpose: Purpose = Purpose.PREVIEW
) -> str:
    """Ask for the sheet."""
    with database.writing() as session:
        return want(session, seal, campaign_id, SHEET, purpose=purpose, now=NOW)


def work(database: Database, settings: Settings, press: Press, *, days: int = 0) -> None:
    """Let a worker do what is due."""
    now = NOW + timedelta(days=days)
    handlers = typesetting_handlers(settings, press)
    worker = Worker(database=database, handlers=handlers, clock=lambda: now)
    worker.run_due()


def found(database: Database, campaign_id: int, digest: str, purpose: Purpose) -> Typeset:
    """Give what has become of the sheet."""
    with database.reading() as session:
        typeset = find_typeset(session, campaign_id, digest, purpose=purpose)
    assert typeset is not None
    return typeset


@pytest.fixture
def campaign_id(database: Database) -> int:
    """A campaign."""
    with database.writing() as session:
        return builders.a_campaign(session).id


def test_what_is_issued_goes_to_the_kept_files_and_a_preview_does_not(
    database: Database, settings: Settings, seal: Seal, press: ReadablePress, campaign_id: int
) -> None:
    for purpose in Purpose:
        digest = ask(database, seal, campaign_id, purpose)
        work(database, settings, press)
        typeset = found(database, campaign_id, digest, purpose)
        assert typeset.ready and typeset.pages == 1
        kept = FileStore(folder=settings.files)
        if purpose is Purpose.ISSUE:
            assert kept.get(typeset.sha256) == SHEET.html.encode()
        else:
            assert Previews.of(settings).get(typeset.sha256) == SHEET.html.encode()
            with pytest.raises(Missing):
                kept.get(typeset.sha256)


def test_asking_twice_is_asking_once(
    database: Database, settings: Settings, seal: Seal, press: ReadablePress, campaign_id: int
) -> None:
    assert ask(database, seal, campaign_id) == ask(database, seal, campaign_id)
    work(database, settings, press)
    ask(database, seal, campaign_id)
    work(database, settings, press)
    assert len(press.typeset_sheets) == 1
    assert press.typeset_sheets == (SHEET,)


def test_what_is_issued_goes_before_the_previews_that_came_just_before(
    database: Database, settings: Settings, seal: Seal, press: ReadablePress, campaign_id: int
) -> None:
    issued = replace(SHEET, identifier="issued")
    late = replace(SHEET, identifier="late")
    asked = [
        (late, Purpose.PREVIEW, timedelta(minutes=-10)),
        (SHEET, Purpose.PREVIEW, timedelta()),
        (issued, Purpose.ISSUE, timedelta(seconds=1)),
    ]
    for sheet, purpose, after in asked:
        with database.writing() as session:
            want(session, seal, campaign_id, sheet, purpose=purpose, now=NOW + after)
    work(database, settings, press, days=1)
    assert press.typeset_sheets == (late, issued, SHEET)


def test_of_one_kind_only_the_newest_preview_waits(
    database: Database, settings: Settings, seal: Seal, press: ReadablePress, campaign_id: int
) -> None:
    other = replace(SHEET, identifier="other")
    newer = replace(SHEET, html="<p>Анна Петровна")
    with database.writing() as session:
        neighbour = builders.a_campaign(session).id
    for sheet, whose in (
        (SHEET, neighbour),
        (SHEET, campaign_id),
        (other, campaign_id),
        (newer, campaign_id),
        (newer, campaign_id),
    ):
        with database.writing() as session:
            want_instead(session, seal, whose, sheet, now=NOW)
    with database.writing() as session:
        want(session, seal, campaign_id, SHEET, purpose=Purpose.ISSUE, now=NOW)
    work(database, settings, press)
    assert press.typeset_sheets == (SHEET, SHEET, other, newer)
    # What is ready waits no more: it is there for whoever looks back.
    digest = ask(database, seal, campaign_id)
    work(database, settings, press)
    with database.writing() as session:
        want_instead(session, seal, campaign_id, replace(SHEET, html="<p>А"), now=NOW)
    assert found(database, campaign_id, digest, Purpose.PREVIEW).ready


def test_the_sheet_lies_sealed_and_is_forgotten_when_it_is_typeset(
    database: Database, settings: Settings, seal: Seal, press: ReadablePress, campaign_id: int
) -> None:
    ask(database, seal, campaign_id)
    with database.reading() as session:
        sealed = session.scalars(select(TypesetSheet.sheet)).one()
    assert sealed and "Анна" not in sealed
    assert Sheet.from_json(seal.open(sealed)) == SHEET
    work(database, settings, press)
    with database.reading() as session:
        assert session.scalars(select(TypesetSheet.sheet)).one() is None


def test_who_follows_hears_of_it_in_the_same_transaction(
    database: Database, settings: Settings, seal: Seal, press: ReadablePress, campaign_id: int
) -> None:
    heard: list[object] = []
    database.before_commit.append(lambda session: heard.extend(recorded(session)))
    ask(database, seal, campaign_id)
    work(database, settings, press)
    told = [event for event in heard if isinstance(event, SheetTypeset)]
    assert [(event.campaign_id, event.pages) for event in told] == [(campaign_id, 1)]


def test_a_sheet_that_is_too_heavy_fails_once_with_a_code_and_can_be_asked_again(
    database: Database, settings: Settings, seal: Seal, press: ReadablePress, campaign_id: int
) -> None:
    heard: list[object] = []
    database.before_commit.append(lambda session: heard.extend(recorded(session)))
    press.fails = "too_heavy"
    digest = ask(database, seal, campaign_id)
    work(database, settings, press)
    failed = found(database, campaign_id, digest, Purpose.PREVIEW)
    assert (failed.state, failed.error) == (State.FAILED, "too_heavy")
    assert len([event for event in heard if isinstance(event, SheetFailed)]) == 1
    press.fails = ""
    ask(database, seal, campaign_id)
    work(database, settings, press)
    assert found(database, campaign_id, digest, Purpose.PREVIEW).ready


def test_a_sheet_whose_file_can_not_be_kept_is_said_to_have_failed(
    database: Database, settings: Settings, seal: Seal, press: ReadablePress, campaign_id: int
) -> None:
    previews = Previews.of(settings).store.folder
    previews.parent.mkdir(parents=True, exist_ok=True)
    previews.write_bytes(b"a disk that is no folder any more")
    digest = ask(database, seal, campaign_id)
    run_every_attempt(database, typesetting_handlers(settings, press), began=NOW)
    failed = found(database, campaign_id, digest, Purpose.PREVIEW)
    assert (failed.state, failed.error) == (State.FAILED, "broke_off")
    previews.unlink()
    ask(database, seal, campaign_id)
    work(database, settings, press)
    assert found(database, campaign_id, digest, Purpose.PREVIEW).ready


def test_a_sheet_that_kills_its_workers_is_said_to_have_failed(
    database: Database, settings: Settings, seal: Seal, press: ReadablePress, campaign_id: int
) -> None:
    heard: list[object] = []
    database.before_commit.append(lambda session: heard.extend(recorded(session)))
    digest = ask(database, seal, campaign_id, Purpose.ISSUE)
    began = die_at_every_attempt(database, began=NOW)
    run_every_attempt(database, typesetting_handlers(settings, press), began=began)
    failed = found(database, campaign_id, digest, Purpose.ISSUE)
    assert (failed.state, failed.error) == (State.FAILED, "died")
    # Who follows can offer to try again: nothing stays wanted of which no job knows.
    assert [event.code for event in heard if isinstance(event, SheetFailed)] == ["died"]
    assert press.typeset_sheets == ()


def test_restarted_workers_use_up_no_try_of_a_sheet(
    database: Database, settings: Settings, seal: Seal, press: ReadablePress, campaign_id: int
) -> None:
    digest = ask(database, seal, campaign_id)
    began = die_at_every_attempt(database, began=NOW, times=MOST_DEATHS - 1)
    handlers = typesetting_handlers(settings, press)
    press.fails = "died"
    for number in range(MOST_TRIES - 1):
        at = began + number * LONG
        Worker(database=database, handlers=handlers, clock=lambda at=at: at).run_due()  # type: ignore[misc]
    press.fails = ""
    run_every_attempt(database, handlers, began=began + MOST_TRIES * LONG)
    assert found(database, campaign_id, digest, Purpose.PREVIEW).ready


def test_a_sheet_of_which_the_press_dies_is_said_to_have_failed_whatever_its_workers_did(
    database: Database, settings: Settings, seal: Seal, press: ReadablePress, campaign_id: int
) -> None:
    digest = ask(database, seal, campaign_id)
    began = die_at_every_attempt(database, began=NOW, times=1)
    press.fails = "died"
    run_every_attempt(database, typesetting_handlers(settings, press), began=began)
    failed = found(database, campaign_id, digest, Purpose.PREVIEW)
    assert (failed.state, failed.error) == (State.FAILED, "died")


def test_the_same_sheet_has_the_same_digest_and_any_change_another() -> None:
    assert SHEET.digest() == replace(SHEET).digest()
    others = (
        replace(SHEET, html="x"),
        replace(SHEET, identifier="two"),
        replace(SHEET, language="en"),
    )
    assert len({SHEET.digest(), *(other.digest() for other in others)}) == 4
