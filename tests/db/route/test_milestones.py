"""Milestones: written with the acceptance that reached them, and never without it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.config import Settings
from app.db import Database, record
from app.main import open_database
from quests.evidence.models import Evidence
from quests.help.events import QuestionAsked
from quests.route.library import PackLibrary
from quests.route.milestones import settle_campaign
from quests.route.models import Milestone
from tests.builders import a_campaign
from tests.conftest import WHOLE
from tests.engines import warm
from tests.web.portal import RU, prove

FIRST = "a1_can_i"


@pytest.fixture
def hooked(settings: Settings, library: PackLibrary) -> Iterator[Database]:
    """The database as the program opens it."""
    found = warm(open_database(settings, library)).reaching(WHOLE)
    yield found
    found.dispose()


@pytest.fixture
def campaign_id(hooked: Database) -> int:
    with hooked.writing() as session:
        return a_campaign(session).id


def something_happened(session: Session, campaign_id: int) -> None:
    record(session, QuestionAsked(question_id=1, campaign_id=campaign_id))


def reached(database: Database) -> list[tuple[int, str]]:
    with database.reading() as session:
        rows = session.execute(select(Milestone.campaign_id, Milestone.step_key))
        return [(row.campaign_id, row.step_key) for row in rows]


def test_a_milestone_is_written_in_the_transaction_that_proved_the_step(
    hooked: Database, library: PackLibrary, campaign_id: int
) -> None:
    with hooked.writing() as session:
        prove(session, library, RU, campaign_id, FIRST)
        something_happened(session, campaign_id)
        assert reached(hooked) == []
    assert reached(hooked) == [(campaign_id, FIRST)]


def test_nothing_is_kept_when_the_transaction_fails_after_the_hook(
    hooked: Database, library: PackLibrary, campaign_id: int
) -> None:
    def fail(_: Session) -> None:
        raise RuntimeError("the disk is full")

    hooked.before_commit.append(fail)
    with pytest.raises(RuntimeError), hooked.writing() as session:
        prove(session, library, RU, campaign_id, FIRST)
        something_happened(session, campaign_id)
    assert reached(hooked) == []
    with hooked.reading() as session:
        assert session.scalars(select(Evidence)).first() is None


def test_a_step_reached_once_keeps_its_first_time(
    session: Session, library: PackLibrary, now: datetime
) -> None:
    campaign = a_campaign(session)
    prove(session, library, RU, campaign.id, FIRST)
    assert settle_campaign(session, library, campaign.id, now=now) == (FIRST,)
    assert settle_campaign(session, library, campaign.id, now=now + timedelta(days=1)) == ()
    assert session.scalars(select(Milestone.reached_at)).all() == [now]


def test_a_step_that_is_open_again_keeps_its_milestone(
    session: Session, library: PackLibrary, now: datetime
) -> None:
    campaign = a_campaign(session)
    prove(session, library, RU, campaign.id, FIRST)
    settle_campaign(session, library, campaign.id, now=now)
    prove(session, library, RU, campaign.id, FIRST, state="returned")
    settle_campaign(session, library, campaign.id, now=now + timedelta(days=1))
    assert session.scalars(select(Milestone.step_key)).all() == [FIRST]


def test_undoing_an_acceptance_takes_its_milestone_back(
    hooked: Database, library: PackLibrary, campaign_id: int, now: datetime
) -> None:
    with hooked.writing() as session:
        prove(session, library, RU, campaign_id, FIRST)
        something_happened(session, campaign_id)
    with hooked.writing() as session:
        prove(session, library, RU, campaign_id, FIRST, state="submitted")
        settle_campaign(session, library, campaign_id, undone=(FIRST,), now=now)
    assert reached(hooked) == []


def test_undoing_also_takes_back_the_steps_that_came_with_it_and_no_others(
    session: Session, library: PackLibrary, now: datetime
) -> None:
    campaign = a_campaign(session)
    earlier = now - timedelta(days=1)
    session.add(Milestone(campaign_id=campaign.id, step_key="a2_where", reached_at=earlier))
    for key in (FIRST, "b1_watch"):
        session.add(Milestone(campaign_id=campaign.id, step_key=key, reached_at=now))
    settle_campaign(session, library, campaign.id, undone=(FIRST,), now=now)
    assert session.scalars(select(Milestone.step_key)).all() == ["a2_where"]


def test_another_campaigns_milestones_stay(
    session: Session, library: PackLibrary, now: datetime
) -> None:
    mine, other = a_campaign(session), a_campaign(session)
    for campaign in (mine, other):
        session.add(Milestone(campaign_id=campaign.id, step_key=FIRST, reached_at=now))
    settle_campaign(session, library, mine.id, undone=(FIRST,), now=now)
    assert session.scalars(select(Milestone.campaign_id)).all() == [other.id]


def test_an_event_without_progress_writes_nothing(hooked: Database, campaign_id: int) -> None:
    with hooked.writing() as session:
        something_happened(session, campaign_id)
        something_happened(session, 999_999)
    assert reached(hooked) == []
