"""Milestones of days: written when the day has come, though nobody of the team did anything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Role
from app.accounts.commands.elections import ElectionEntry, edit_election
from app.accounts.models import Campaign, Coalition, Election
from app.accounts.rules.elections import ElectionDays
from app.config import Settings
from app.db import Database
from app.jobs.models import Job
from app.jobs.worker import JobContext
from app.main import open_database
from app.pack_data import pack_choices
from app.upkeep import job_handlers, periodics
from quests.evidence.models import Evidence
from quests.route.events import SETTLE
from quests.route.library import PackLibrary
from quests.route.milestones import settle_campaign
from quests.route.models import Milestone
from quests.route.settling import MilestoneOffice
from tests.builders import a_campaign, a_coalition, a_staff, an_election, the_viewer
from tests.conftest import WHOLE
from tests.engines import warm
from tests.web.portal import EN

COUNT = "count"
POLL = date(2026, 5, 7)
MIDNIGHT = datetime(2026, 5, 6, 23, 0, tzinfo=UTC)
"""The poll's day begins while summer time is an hour ahead of UTC."""


@pytest.fixture
def hooked(settings: Settings, library: PackLibrary) -> Iterator[Database]:
    """The database as the program opens it."""
    found = warm(open_database(settings, library)).reaching(WHOLE)
    yield found
    found.dispose()


def an_english_election(session: Session, poll: date = POLL) -> Election:
    return an_election(
        session, a_coalition(session), pack_id=EN, polling_day=poll, timezone="Europe/London"
    )


def counted(session: Session, election: Election, *, proved: date, state: str = "active") -> int:
    """Give a campaign whose form of the count is there, so that only the day is missing."""
    campaign = a_campaign(session, election=election, state=state)
    session.add(
        Evidence(
            campaign_id=campaign.id,
            step_key=COUNT,
            evidence_key="form",
            kind="form",
            state="accepted",
            count=1,
            proved_day=proved.toordinal(),
            changed_at=MIDNIGHT,
        )
    )
    return campaign.id


def run(
    database: Database, library: PackLibrary, now: datetime, *, election: int | None = None
) -> None:
    context = JobContext(database=database, now=now, job_id=1, attempt=1)
    payload = {} if election is None else {"election": election}
    MilestoneOffice(library=library, batch=2).settle(context, payload)


def reached(database: Database) -> dict[int, datetime]:
    with database.reading() as session:
        rows = session.execute(
            select(Milestone.campaign_id, Milestone.reached_at).where(Milestone.step_key == COUNT)
        )
        return {row.campaign_id: row.reached_at for row in rows}


def test_the_day_itself_is_the_moment_however_late_the_job_runs(
    hooked: Database, library: PackLibrary
) -> None:
    with hooked.writing() as session:
        campaign = counted(session, an_english_election(session), proved=POLL - timedelta(days=3))
    run(hooked, library, MIDNIGHT - timedelta(minutes=1))
    assert reached(hooked) == {}
    run(hooked, library, MIDNIGHT + timedelta(hours=30))
    assert reached(hooked) == {campaign: MIDNIGHT}


def test_all_campaigns_are_settled_batch_by_batch_and_once(
    hooked: Database, library: PackLibrary
) -> None:
    with hooked.writing() as session:
        election = an_english_election(session)
        five = [counted(session, election, proved=POLL - timedelta(days=3)) for _ in range(5)]
        counted(session, election, proved=POLL - timedelta(days=3), state="closed")
    run(hooked, library, MIDNIGHT)
    first = reached(hooked)
    run(hooked, library, MIDNIGHT + timedelta(days=1))
    assert first == reached(hooked) == dict.fromkeys(five, MIDNIGHT)


def test_what_was_proved_after_the_day_is_reached_when_it_was_proved(
    session: Session, library: PackLibrary
) -> None:
    later = MIDNIGHT + timedelta(days=2)
    campaign = counted(session, an_english_election(session), proved=POLL + timedelta(days=2))
    settle_campaign(session, library, campaign, now=later)
    found = session.scalars(
        select(Milestone.reached_at).where(
            Milestone.campaign_id == campaign, Milestone.step_key == COUNT
        )
    )
    assert found.all() == [later]


def test_the_next_write_of_the_campaign_gives_the_same_moment(
    session: Session, library: PackLibrary
) -> None:
    campaign = counted(session, an_english_election(session), proved=POLL - timedelta(days=3))
    settle_campaign(session, library, campaign, now=MIDNIGHT + timedelta(hours=12))
    assert session.scalars(select(Milestone.reached_at)).all() == [MIDNIGHT]


def test_a_job_for_one_election_leaves_the_others(hooked: Database, library: PackLibrary) -> None:
    with hooked.writing() as session:
        mine, other = an_english_election(session), an_english_election(session)
        campaign = counted(session, mine, proved=POLL - timedelta(days=3))
        counted(session, other, proved=POLL - timedelta(days=3))
        mine_id = mine.id
    run(hooked, library, MIDNIGHT, election=mine_id)
    assert reached(hooked) == {campaign: MIDNIGHT}


def test_moving_an_elections_days_asks_for_its_milestones(
    hooked: Database, library: PackLibrary
) -> None:
    with hooked.writing() as session:
        election = an_english_election(session, POLL + timedelta(days=100))
        campaign = counted(session, election, proved=POLL - timedelta(days=3))
        coalition_id = session.get_one(Campaign, campaign).coalition_id
        election_id = election.id
    with hooked.writing() as session:
        known = session.get_one(Election, election_id)
        chief = a_staff(
            session, coalition=session.get_one(Coalition, coalition_id), role=Role.CHIEF
        )
        entry = ElectionEntry(
            pack_id=EN,
            name=known.name,
            days=ElectionDays(polling_day=POLL, first_polling_day=None, published_on=None),
            sign_up_open=True,
        )
        viewer = the_viewer(session, chief.person_id)
        packs = pack_choices(library)
        edit_election(session, viewer, election_id, entry, packs=packs, now=MIDNIGHT)
    with hooked.reading() as session:
        [payload] = session.scalars(select(Job.payload).where(Job.kind == SETTLE)).all()
    assert payload == {"election": election_id}
    run(hooked, library, MIDNIGHT + timedelta(days=1), election=election_id)
    assert reached(hooked) == {campaign: MIDNIGHT}


def test_the_program_runs_the_job_every_day(
    settings: Settings, library: PackLibrary, database: Database
) -> None:
    [periodic] = [one for one in periodics() if one.kind == SETTLE]
    assert periodic.every == timedelta(days=1)
    assert SETTLE in job_handlers(settings, library, database)
