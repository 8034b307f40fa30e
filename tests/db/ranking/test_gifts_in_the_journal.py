"""Points of real gifts: they stay while anything of a gift counts, and go when nothing does."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from app.config import Settings
from app.db import Database
from fundraising.commands.judging import judge_gift
from fundraising.commands.payments import note_page, note_payment
from fundraising.gateways.protocol import HostedPage, Payment
from fundraising.models import StatedLimit
from fundraising.rules.ledger import Dispute, Moved
from fundraising.rules.states import PaymentState
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


def look(world: FundWorld, number: int, *moved: Moved, dispute: Dispute | None = None) -> None:
    payment = Payment(
        state=PaymentState.PAID,
        charge=f"c{number}",
        captured_minor=GIVEN,
        currency="RUB",
        received_at=NOW,
        refunds=moved,
        disputes=(dispute,) if dispute else (),
    )
    with world.database.writing() as session:
        clock = world.fund.rules.return_clock
        note_payment(session, number, payment, clock=clock, zone=MOSCOW, now=NOW)


def a_gift_that_counts_in_part(world: FundWorld) -> int:
    with world.database.writing() as session:
        session.add(
            StatedLimit(
                campaign_id=world.campaign_id,
                check_key="limit",
                amount_minor=LIMIT,
                source="memo",
                by=None,
                at=NOW,
            )
        )
        number = world.gift(session)
        note_page(session, number, HostedPage(reference="p", address="x"), now=NOW)
    look(world, number)
    with world.database.writing() as session:
        judge_gift(session, world.fund, world.seal, number, polling_day=world.polling_day, now=NOW)
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
    look(world, number, Moved(reference="re_1", amount_minor=GIVEN - LIMIT))
    assert points(world) == before


def test_a_gift_that_went_back_whole_takes_its_points_with_it(world: FundWorld) -> None:
    number = a_gift_that_counts_in_part(world)
    look(
        world,
        number,
        Moved(reference="re_1", amount_minor=GIVEN - LIMIT),
        Moved(reference="re_2", amount_minor=LIMIT),
    )
    assert points(world) == 0


def test_a_gift_that_a_bank_took_back_takes_its_points_with_it(world: FundWorld) -> None:
    number = a_gift_that_counts_in_part(world)
    look(world, number, dispute=Dispute(reference="dp", amount_minor=GIVEN, outcome="lost"))
    assert points(world) == 0
