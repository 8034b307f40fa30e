"""What is kept of standings is what the rules say: after every change, and as days come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.access import Permission
from app.accounts.models import Campaign, Election, TeamMember
from app.accounts.queries import get_campaign
from app.db import Database, record
from app.jobs.worker import JobContext
from quests.dispatch.census import take_census
from quests.dispatch.keeping import (
    Keeper,
    StandingsHold,
    keep,
    keep_standings,
    kept_of,
    reckon,
    subjects_of,
    wrong_standings,
)
from quests.dispatch.models import KeptStanding
from quests.route.events import StepReached
from quests.route.library import PackLibrary
from quests.route.milestones import settle
from quests.route.models import Milestone, Snooze
from quests.route.position import CANDIDATE
from quests.route.standing import position_of
from tests import builders
from tests.conftest import NOW
from tests.web.portal import EN, RU, prove


@dataclass(slots=True, kw_only=True)
class Desk:
    """A database that keeps standings at a moment which a test may move on."""

    database: Database
    library: PackLibrary
    at: datetime = NOW
    campaign_id: int = 0
    election_id: int = 0

    def wrong(self) -> tuple[int, ...]:
        with self.database.reading() as session:
            return wrong_standings(session, self.library, now=self.at)

    def station(self) -> str | None:
        with self.database.reading() as session:
            return kept_of(session, (self.campaign_id,))[self.campaign_id].station

    def run(self) -> None:
        context = JobContext(database=self.database, now=self.at, job_id=1, attempt=1)
        Keeper(library=self.library).refresh(context, {})

    def kept(self) -> int:
        with self.database.reading() as session:
            return session.scalar(select(func.count()).select_from(KeptStanding)) or 0


@pytest.fixture(params=[RU, EN])
def desk(
    request: pytest.FixtureRequest, database: Database, library: PackLibrary
) -> Iterator[Desk]:
    found = Desk(database=database, library=library)
    database.before_commit += [
        lambda session: settle(session, library, now=found.at),
        lambda session: keep_standings(session, library, now=found.at),
    ]
    with database.writing() as session:
        campaign = builders.a_campaign(
            session, election=builders.an_election(session, pack_id=request.param)
        )
        found.campaign_id, found.election_id = campaign.id, campaign.election_id
    yield found


def changes(session: Session, desk: Desk, chance: Random) -> None:
    """Do one thing that may move a campaign."""
    pack = desk.library[session.get_one(Election, desk.election_id).pack_id]
    step = chance.choice(pack.steps).key
    kind = chance.choice(["prove", "prove", "prove", "return", "hand in", "snooze", "member"])
    if kind == "snooze":
        until = desk.at.date() + timedelta(days=chance.randint(1, 9))
        known = session.get(Snooze, (desk.campaign_id, step))
        if known is None:
            session.add(Snooze(campaign_id=desk.campaign_id, step_key=step, until=until))
        else:
            session.delete(known)
    elif kind == "member":
        builders.a_member(session, session.get_one(Campaign, desk.campaign_id))
    else:
        state = {"prove": "accepted", "return": "returned", "hand in": "submitted"}[kind]
        prove(session, desk.library, pack.id, desk.campaign_id, step, state=state)
        record(session, StepReached(campaign_id=desk.campaign_id, step_key=step))


@pytest.mark.parametrize("seed", range(4))
def test_after_every_change_the_kept_is_what_the_rules_say(desk: Desk, seed: int) -> None:
    chance = Random(seed)
    for _ in range(12):
        with desk.database.writing() as session:
            changes(session, desk, chance)
        with desk.database.reading() as session:
            subjects = subjects_of(session, None)
            fresh = reckon(session, desk.library, subjects, now=desk.at)
            assert kept_of(session, None) == fresh
        desk.at += timedelta(hours=chance.randint(0, 60))
        # Where a day came meanwhile, what is kept is not trusted; where none did, it is right.
        assert desk.wrong() == ()


def test_the_kept_agrees_with_the_route_of_the_campaign(desk: Desk) -> None:
    with desk.database.writing() as session:
        changes(session, desk, Random(1))
    with desk.database.reading() as session:
        campaign = session.get_one(Campaign, desk.campaign_id)
        viewer = builders.the_viewer(session, campaign.candidate_id)
        row = get_campaign(session, viewer, campaign.id, Permission.ROUTE_READ)
        route = position_of(session, desk.library, row, now=desk.at, role=CANDIDATE).route
        kept = kept_of(session, (campaign.id,))[campaign.id]
    assert kept.station == (route.now.step.key if route.now else None)
    assert (kept.done, kept.total) == (route.total.done, route.total.total)
    assert kept.is_overdue == (route.total.overdue > 0)


def test_the_day_before_anything_changes_is_still_trusted_and_right(desk: Desk) -> None:
    with desk.database.reading() as session:
        kept = kept_of(session, None)[desk.campaign_id]
    last = date.fromordinal(kept.good_until) - timedelta(days=1)
    desk.at = datetime.combine(last, NOW.timetz())
    with desk.database.reading() as session:
        fresh = reckon(session, desk.library, subjects_of(session, None), now=desk.at)
    assert fresh[desk.campaign_id] == kept


def seen_station(desk: Desk) -> str | None:
    """Give where a list shows the campaign, whatever is kept."""
    with desk.database.writing() as session:
        campaign = session.get_one(Campaign, desk.campaign_id)
        organisation = session.get_one(builders.Organisation, campaign.organisation_id)
        staff = builders.a_staff(session, organisation=organisation)
        viewer = builders.the_viewer(session, staff.person_id)
    with desk.database.reading() as session:
        (one,) = take_census(session, viewer, desk.library, now=desk.at).seen
        fresh = reckon(session, desk.library, subjects_of(session, None), now=desk.at)
        assert one.kept == fresh[one.id]
    return one.kept.station


def test_lists_reckon_what_was_never_kept(desk: Desk) -> None:
    expected = desk.station()
    with desk.database.writing() as session:
        session.execute(delete(KeptStanding))
    assert desk.kept() == 0
    assert seen_station(desk) == expected


@pytest.mark.parametrize("days", [1, 20, 60, 200])
def test_lists_are_right_on_every_day_before_the_job_has_run(desk: Desk, days: int) -> None:
    desk.at += timedelta(days=days)
    seen_station(desk)


def test_lists_are_right_when_the_days_of_an_election_have_moved(desk: Desk) -> None:
    with desk.database.writing() as session:
        session.get_one(Election, desk.election_id).polling_day += timedelta(days=7)
    seen_station(desk)
    desk.run()
    assert desk.wrong() == () and desk.kept() == 1


def test_the_job_keeps_what_a_day_has_changed_and_then_has_nothing_to_do(desk: Desk) -> None:
    with desk.database.reading() as session:
        first = kept_of(session, None)
    desk.at += timedelta(days=40)
    desk.run()
    with desk.database.reading() as session:
        second = kept_of(session, None)
    assert first != second
    desk.run()
    with desk.database.writing() as session:
        assert keep(session, desk.library, (desk.campaign_id,), now=desk.at) == ()


def test_a_change_nobody_told_of_is_named_and_mended(desk: Desk) -> None:
    with desk.database.writing() as session:
        session.execute(
            update(KeptStanding).values(station="elsewhere", done=KeptStanding.done + 1)
        )
    check = StandingsHold(library=desk.library)
    with desk.database.reading() as session:
        (finding,) = check.findings(session, now=desk.at)
    assert str(desk.campaign_id) in finding.what and not finding.serious
    context = JobContext(database=desk.database, now=desk.at, job_id=1, attempt=1)
    Keeper(library=desk.library).recheck(context, {})
    assert desk.wrong() == ()


def test_what_is_kept_of_a_campaign_that_ends_is_forgotten(desk: Desk) -> None:
    assert desk.kept() == 1
    with desk.database.writing() as session:
        session.get_one(Campaign, desk.campaign_id).state = "withdrawn"
    assert desk.kept() == 0


def test_rows_that_no_event_told_of_are_noticed(desk: Desk) -> None:
    with desk.database.reading() as session:
        member = session.scalars(select(TeamMember)).first()
    assert member is not None
    key = desk.station()
    assert key is not None
    until = desk.at.date() + timedelta(days=3)
    with desk.database.writing() as session:
        session.add(Snooze(campaign_id=desk.campaign_id, step_key=key, until=until))
        session.add(Milestone(campaign_id=desk.campaign_id, step_key="gone", reached_at=desk.at))
    with desk.database.reading() as session:
        fresh = reckon(session, desk.library, subjects_of(session, None), now=desk.at)
        assert kept_of(session, None) == fresh
        assert fresh[desk.campaign_id].moved_at == desk.at


def test_a_refused_transaction_keeps_nothing(desk: Desk) -> None:
    before = desk.station()
    with pytest.raises(RuntimeError, match="no"), desk.database.writing() as session:
        prove(session, desk.library, RU, desk.campaign_id, "a1_can_i")
        raise RuntimeError("no")
    assert desk.station() == before and desk.wrong() == ()
