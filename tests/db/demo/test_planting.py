"""The demo is planted whole or not at all, the same every time, on any day."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Campaign, Coalition
from app.audit.models import AuditEntry
from app.audit.queries import verify_chain
from app.config import Settings
from app.db import Base, Database
from app.demo import Size, is_planted, plant
from app.jobs.models import Job
from app.reviews.models import Review
from documents.paperwork.models import Paper
from quests.dispatch.keeping import wrong_standings
from quests.dispatch.queries import campaign_lines, standings
from quests.evidence.models import AnswerSheet, Evidence
from quests.route.library import PackLibrary
from quests.route.models import Milestone
from quests.route.position import Status
from tests.db.demo.reading import statuses_of_sound_routes, the_chief
from tests.demo_once import NOW, SMALL


def test_the_same_moment_gives_the_same_demo(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    # The ledger lets nobody empty it, so the second demo gets a database of its own.
    other = Database(f"sqlite+pysqlite:///{tmp_path / 'other.db'}")
    Base.metadata.create_all(other.write_engine)
    plant(database, settings, now=NOW, size=SMALL)
    plant(other, settings, now=NOW, size=SMALL)
    assert contents(other) == contents(database)
    other.dispose()


def test_nothing_happened_in_the_future_or_out_of_order(planted: Session) -> None:
    for review in planted.scalars(select(Review)):
        assert review.submitted_at <= (review.decided_at or NOW) <= NOW
    for column in (Evidence.changed_at, Milestone.reached_at, AnswerSheet.saved_at):
        latest = planted.scalar(select(func.max(column)))
        assert latest is not None
        assert latest <= NOW
    for campaign in planted.scalars(select(Campaign)):
        assert campaign.created_at <= campaign.last_active_at <= NOW


def test_nothing_is_left_for_jobs_to_do(planted: Session) -> None:
    assert not planted.scalar(select(func.count(Job.id)))


def test_the_log_tells_what_happened_in_an_unbroken_chain(planted: Session) -> None:
    actions = Counter(planted.scalars(select(AuditEntry.action)))
    assert actions["review.accepted"] > actions["review.returned"] > 0
    assert actions["campaign.admitted"] and actions["staff.joined"] and actions["election.added"]
    assert verify_chain(planted) is None
    moments = planted.scalars(select(AuditEntry.at).order_by(AuditEntry.number)).all()
    assert moments == sorted(moments) and moments[-1] <= NOW


def test_planting_again_changes_nothing(database: Database, settings: Settings) -> None:
    assert not is_planted(database)
    plant(database, settings, now=NOW, size=SMALL)
    assert is_planted(database)
    plant(database, settings, now=NOW + timedelta(days=1), size=SMALL)
    with database.reading() as session:
        assert session.scalar(select(func.count(Coalition.id))) == 2


def test_planting_that_was_cut_short_leaves_nothing(database: Database, settings: Settings) -> None:
    def die(what: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        plant(database, settings, now=NOW, size=SMALL, progress=die)
    assert not is_planted(database)
    plant(database, settings, now=NOW, size=SMALL)
    assert is_planted(database)


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2027, 4, 18), date(2028, 2, 29)])
def test_it_can_be_planted_on_any_day(database: Database, settings: Settings, day: date) -> None:
    at = datetime(day.year, day.month, day.day, 2, 5, tzinfo=UTC)
    plant(database, settings, now=at, size=SMALL)
    with database.reading() as session:
        waiting = session.scalar(
            select(func.count()).where(
                Review.state == "submitted", Review.subject_kind == "evidence"
            )
        )
    assert waiting == SMALL.reviews_waiting + SMALL.english_reviews_waiting


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_the_whole_demo_stands_as_its_rows_say_and_some_are_late(
    database: Database, settings: Settings, library: PackLibrary
) -> None:
    plant(database, settings, now=NOW, size=Size())
    with database.reading() as session:
        statuses = statuses_of_sound_routes(session, library)
        assert wrong_standings(session, library, now=NOW) == ()
        papers = Counter(session.scalars(select(Paper.state)))
        found = standings(session, library, campaign_lines(session, the_chief(session)), now=NOW)
    assert statuses["d3_notice", Status.OVERDUE] >= 1
    assert statuses["d4_doors", Status.DONE]
    assert papers["waiting"] + papers["returned"] > 3
    slacks = [one.slack_days for one in found.by_campaign.values() if one.slack_days is not None]
    assert sum(slack >= 0 for slack in slacks) * 3 > len(slacks)


UNLIKE = frozenset({"password_hash", "typed", "snapshot", "token", "totp_secret", "sealed"})


def contents(database: Database) -> dict[str, list[dict[str, object]]]:
    with database.reading() as session:
        return {
            table.name: [
                {key: value for key, value in row._mapping.items() if key not in UNLIKE}
                for row in session.execute(select(table).order_by(*table.primary_key))
            ]
            for table in Base.metadata.sorted_tables
            if table.name != "audit_entry"
        }
