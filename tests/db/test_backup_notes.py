"""What follows from a backup and from a restore: for phones, and for what is thrown away anyway."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from threading import Event, Thread
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.cli import mandat
from app.config import Settings, secret_key
from app.db import Database
from app.files.storage import FileStore
from app.jobs.worker import Worker
from app.operations import archive
from app.operations.owning import migrate_as_owner
from app.reach import everything
from app.sealing import Seal
from canvassing.doors.commands.durability import last_settled_visit, sync_row
from canvassing.doors.models import Visit
from documents.sheets import Sheet
from documents.typesetting.commands import want
from documents.typesetting.handlers import typesetting_handlers
from documents.typesetting.models import TypesetSheet
from documents.typesetting.rules import Purpose
from tests import builders
from tests.canvassing_world import a_house
from tests.readable_press import ReadablePress

WHOLE = everything("a test plants and looks at whatever it likes")
DEVICE = uuid4()


def run(settings: Settings, *words: str) -> Result:
    """Run a command on a machine where these data are."""
    where = {
        "MANDAT_DATA": str(settings.data),
        "MANDAT_DATABASE_URL": settings.database_url,
        "MANDAT_DATABASE_OWNER_URL": settings.database_owner_url,
    }
    return CliRunner().invoke(mandat, words, env=where)


def a_door(session: Session) -> tuple[int, int]:
    """Give a campaign and one of its doors."""
    campaign = builders.a_campaign(session)
    return campaign.id, a_house(session, campaign.id)[2][0]


def a_visit(
    session: Session, where: tuple[int, int], seq: int, now: datetime, *, device: UUID = DEVICE
) -> int:
    """Plant an observation at the door; give its number."""
    visit = Visit(
        campaign_id=where[0],
        door_id=where[1],
        observation=uuid4(),
        device=device,
        device_seq=seq,
        digest="0" * 64,
        person_id=None,
        turf_id=None,
        kind="visit",
        of=None,
        outcome="talked",
        support=None,
        marks=[],
        noted_at=now,
        skew_ms=0,
        received_at=now,
        plausible=True,
    )
    session.add(visit)
    session.flush()
    return visit.id


def safely_copied(database: Database) -> int:
    with database.writing() as session:
        found: int = sync_row(session).durable_visit_id
    return found


def epoch(database: Database) -> str:
    with database.writing() as session:
        found: str = sync_row(session).epoch
    return found


def test_a_backup_notes_up_to_which_visit_it_reaches(
    settings: Settings, database: Database, tmp_path: Path, now: datetime
) -> None:
    with database.writing() as session:
        where = a_door(session)
        last = [a_visit(session, where, seq, now) for seq in (1, 2, 3)][-1]
    assert safely_copied(database) == 0
    answer = run(settings, "backup", str(tmp_path / "one.tar.gz"))
    assert answer.exit_code == 0, answer.output
    assert safely_copied(database) == last
    with database.writing() as session:
        later = a_visit(session, where, 4, now)
    assert safely_copied(database) == last < later
    assert run(settings, "backup", str(tmp_path / "two.tar.gz")).exit_code == 0
    assert safely_copied(database) == later


def test_a_backup_that_is_refused_notes_nothing(
    settings: Settings, database: Database, tmp_path: Path, now: datetime
) -> None:
    with database.writing() as session:
        a_visit(session, a_door(session), 1, now)
    (tmp_path / "taken.tar.gz").write_bytes(b"another")
    answer = run(settings, "backup", str(tmp_path / "taken.tar.gz"))
    assert answer.exit_code != 0
    assert safely_copied(database) == 0


def test_a_visit_that_is_just_being_stored_is_waited_for(database: Database, now: datetime) -> None:
    with database.writing() as session:
        where = a_door(session)
    stored, let_go, found = Event(), Event(), []

    def store() -> None:
        with database.writing() as session:
            a_visit(session, where, 1, now)
            stored.set()
            let_go.wait(timeout=30)

    def ask() -> None:
        with database.writing() as session:
            found.append(last_settled_visit(session))

    storing, asking = Thread(target=store), Thread(target=ask)
    storing.start()
    assert stored.wait(timeout=30)
    asking.start()
    asking.join(timeout=0.5)
    assert found == []
    let_go.set()
    storing.join()
    asking.join()
    with database.reading() as session:
        assert found == [session.scalar(select(Visit.id))]


def test_tables_from_before_there_were_visits_are_backed_up_too(tmp_path: Path) -> None:
    older = Database(f"sqlite+pysqlite:///{tmp_path / 'older.db'}")
    with older.writing() as session:
        assert last_settled_visit(session) == 0
    older.dispose()


class Home:
    """A migrated portal in a folder of its own, with visits and typeset sheets."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self.settings = Settings.for_tests(folder).model_copy(update={"database_url": ""})
        folder.mkdir()
        migrate_as_owner(self.settings)
        self.database = Database(self.settings.resolved_database_url).reaching(WHOLE)
        self.now = now
        with self.database.writing() as session:
            where = a_door(session)
            a_visit(session, where, 1, now)
        self.sheets = {purpose: self._typeset(where[0], purpose) for purpose in Purpose}

    def _typeset(self, campaign_id: int, purpose: Purpose) -> str:
        sheet = Sheet(html=f"<p>{purpose}", language="ru", identifier=purpose)
        seal = Seal.from_secret(secret_key(self.settings))
        with self.database.writing() as session:
            want(session, seal, campaign_id, sheet, purpose=purpose, now=self.now)
        handlers = typesetting_handlers(self.settings, ReadablePress())
        Worker(database=self.database, handlers=handlers, clock=lambda: self.now).run_due()
        with self.database.reading() as session:
            asked = select(TypesetSheet.sha256).where(TypesetSheet.purpose == purpose.value)
            return session.scalars(asked).one()


@pytest.fixture
def home(tmp_path: Path, database: Database, now: datetime) -> Home:
    if not database.is_sqlite:
        pytest.skip("restoring elsewhere needs a second PostgreSQL database")
    return Home(tmp_path / "home", now)


def test_what_is_kept_is_in_a_backup_and_previews_are_not(home: Home, tmp_path: Path) -> None:
    target = tmp_path / "out.tar.gz"
    assert run(home.settings, "backup", str(target)).exit_code == 0
    names = {member.name.rsplit("/", 1)[-1] for member in archive.check(target).members}
    assert home.sheets[Purpose.ISSUE] in names
    assert home.sheets[Purpose.PREVIEW] not in names
    home.database.dispose()


def test_a_restored_portal_begins_another_epoch_and_makes_previews_again(
    home: Home, tmp_path: Path
) -> None:
    before, target = epoch(home.database), tmp_path / "out.tar.gz"
    for file in (target, tmp_path / "again.tar.gz"):
        assert run(home.settings, "backup", str(file)).exit_code == 0
    assert safely_copied(home.database) > 0
    home.database.dispose()
    answer = run(home.settings, "restore", str(tmp_path / "again.tar.gz"), "--force")
    assert answer.exit_code == 0, answer.output
    assert epoch(home.database) != before
    assert safely_copied(home.database) == 0
    with home.database.reading() as session:
        assert session.scalars(select(TypesetSheet.purpose)).all() == [Purpose.ISSUE.value]
    assert FileStore(folder=home.settings.files).get(home.sheets[Purpose.ISSUE])
    home.database.dispose()
