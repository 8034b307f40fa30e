"""The ledger: what the database refuses, what the checks find, and many gifts at once."""

from __future__ import annotations

import threading
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from app.config import Settings
from app.db import Database
from app.errors import Unavailable
from fundraising.commands import holds
from fundraising.facts import GIFTS, PAGE, fund_facts
from fundraising.models import Donation, LedgerEntry
from fundraising.rules.card_testing import MOST_BEGUN_FROM_A_NETWORK
from fundraising.rules.states import DonationState
from fundraising.verification import LedgerSound
from tests.builders import NOW
from tests.fund_world import FundWorld, a_fund_world, fund_packs

MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.fixture
def world(settings: Settings, database: Database) -> FundWorld:
    return a_fund_world(settings, database)


def findings(world: FundWorld, now=NOW) -> list[str]:
    with world.database.reading() as session:
        return [f.what for f in LedgerSound(packs=fund_packs()).findings(session, now=now)]


def test_thirty_two_gifts_at_once_clear_exactly_the_limit(world: FundWorld) -> None:
    world.state_limit(10_000)
    numbers = [world.paid(1_000) for _ in range(32)]
    start = threading.Barrier(32)

    def run(number: int) -> None:
        start.wait()
        world.judge(number)

    threads = [threading.Thread(target=run, args=(number,)) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cleared = [world.donation(number).cleared_minor for number in numbers]
    assert sum(cleared) == 10_000
    assert findings(world) == []


def test_one_address_under_two_names_is_one_giver_for_the_limit(world: FundWorld) -> None:
    world.state_limit(1_000)
    first = world.paid(1_000, email="same@example.org")
    second = world.paid(1_000, email="Same@example.org", full_name="Другой Человек")
    world.judge(first)
    world.judge(second)
    assert world.donation(first).state == DonationState.CLEARED
    assert world.donation(second).reasons == ["limit"]


def test_the_checks_find_a_sum_that_was_tampered_with(world: FundWorld) -> None:
    number = world.paid(1_000)
    assert findings(world) == []
    with world.database.writing() as session:
        session.execute(update(Donation).where(Donation.id == number).values(cleared_minor=500))
    found = " ".join(findings(world))
    for what in ("held_donations", "donations is 500", "verdicts"):
        assert what in found


def test_a_held_gift_is_warned_of_and_then_goes_back_by_itself(world: FundWorld) -> None:
    number = world.paid(1_000)
    world.judge(number)
    warn_days = world.fund.rules.return_clock.warn_days
    for days in (6, 7, 9):
        now = NOW + timedelta(days=days)
        with world.database.writing() as session:
            holds.heed_clock(session, number, warn_days=warn_days, today=now.date(), now=now)
        if days == 6:
            assert world.donation(number).warned_at is None
        if days == 7:
            assert world.donation(number).state == DonationState.PAID_HELD
    assert world.donation(number).warned_at is not None
    assert world.donation(number).state == DonationState.REFUND_DUE


def test_a_gift_past_its_last_day_that_nobody_was_told_of_is_found(world: FundWorld) -> None:
    world.paid(1_000)
    assert "nobody was told" in " ".join(findings(world, NOW + timedelta(days=12)))


def test_the_facts_count_what_counts(world: FundWorld) -> None:
    world.state_limit(10_000)
    numbers = [world.paid(1_000) for _ in range(3)]
    for number in numbers[:2]:
        world.judge(number)
    with world.database.reading() as session:
        for asked in (None, [world.campaign_id], [world.campaign_id, 99]):
            facts = fund_facts(session, asked)[world.campaign_id]
            assert (facts[GIFTS].count, facts[PAGE].count) == (2, 1)


def test_entries_of_every_gift_sum_to_zero(world: FundWorld) -> None:
    world.state_limit(1_500)
    numbers = [world.paid(1_000) for _ in range(3)]
    for number in numbers:
        world.judge(number)
    with world.database.reading() as session:
        assert sum(session.scalars(LedgerEntry.__table__.select().with_only_columns(
            LedgerEntry.__table__.c.amount_minor))) == 0  # fmt: skip


def test_somebody_who_tries_many_cards_is_stopped(world: FundWorld) -> None:
    with world.database.writing() as session:
        for _ in range(MOST_BEGUN_FROM_A_NETWORK):
            world.gift(session, network="n")
        with pytest.raises(Unavailable):
            world.gift(session, network="n")
        assert world.gift(session, network="n", now=NOW + timedelta(minutes=11))
