"""Points of real gifts: they stay while anything of a gift counts, and go when nothing does."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from app.config import Settings
from app.db import Database
from fundraising.rules.ledger import Dispute, Moved
from quests.ranking.following import follow_points
from quests.ranking.models import PointEntry
from quests.ranking.pack import PointBook
from tests.builders import NOW
from tests.fund_world import FundWorld, a_fund_world

MOSCOW = ZoneInfo("Europe/Moscow")
GIVEN, LIMIT = 1_000, 600


@pytest.fixture
def world(settings: Settings, database: Database, book: PointBook) -> FundWorld:
    database.before_commit.append(lambda session: follow_points(session, book, now=NOW))
    return a_fund_world(settings, database)


def a_gift_that_counts_in_part(world: FundWorld) -> int:
    world.state_limit(LIMIT)
    number = world.paid(GIVEN)
    world.judge(number)
    return number


def points(world: FundWorld) -> int:
    with world.database.reading() as session:
        return session.scalar(
            select(func.coalesce(func.sum(PointEntry.points), 0)).where(PointEntry.rule == "gift")
        )


def test_the_rest_of_a_gift_over_the_limit_takes_no_points_with_it(world: FundWorld) -> None:
    number = a_gift_that_counts_in_part(world)
    before = points(world)
    assert before > 0
    world.look(number, GIVEN, Moved(reference="re_1", amount_minor=GIVEN - LIMIT))
    assert points(world) == before


def test_a_gift_that_went_back_whole_takes_its_points_with_it(world: FundWorld) -> None:
    number = a_gift_that_counts_in_part(world)
    world.look(
        number,
        GIVEN,
        Moved(reference="re_1", amount_minor=GIVEN - LIMIT),
        Moved(reference="re_2", amount_minor=LIMIT),
    )
    assert points(world) == 0


def test_a_gift_that_a_bank_took_back_takes_its_points_with_it(world: FundWorld) -> None:
    number = a_gift_that_counts_in_part(world)
    lost = Dispute(reference="dp", amount_minor=GIVEN, outcome="lost")
    world.look(number, GIVEN, disputes=(lost,))
    assert points(world) == 0
