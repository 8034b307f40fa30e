"""Gifts that are begun and never paid: whom they shut out, and how they are forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, insert, select

from app.config import Settings
from app.db import Database
from app.errors import Unavailable
from app.jobs.commands import enqueue
from fundraising.commands.attempts import network_mark, require_room_for_network
from fundraising.gateways.demo import decide, find_payment
from fundraising.jobs import SWEEP
from fundraising.models import Donation, Donor, GiftAttempt
from fundraising.rules.card_testing import (
    BEGUN_WITHIN,
    FLOODED_FROM,
    MOST_BEGUN_FROM_A_NETWORK,
    MOST_BEGUN_ON_A_PAGE,
    MOST_BEGUN_WHEN_FLOODED,
    Attempt,
)
from fundraising.rules.states import DonationState, PaymentState
from fundraising.rules.unpaid import KEPT_UNPAID, KEPT_WITHOUT_AN_ANSWER
from fundraising.verification import LedgerSound
from tests.builders import NOW
from tests.fund_world import EN, FundWorld, a_fund_world, fund_packs

LATER = NOW + BEGUN_WITHIN


@pytest.fixture
def world(settings: Settings, database: Database) -> FundWorld:
    return a_fund_world(settings, database)


def begin(world: FundWorld, times: int, address: str, *, now: datetime = NOW) -> int:
    """Send the form so many times from an address, and give how many gifts were begun."""
    begun = 0
    for _ in range(times):
        try:
            with world.database.writing() as session:
                world.gift(session, network=network_mark(world.seal, address), now=now)
        except Unavailable:
            continue
        begun += 1
    return begun


def flood(world: FundWorld, gifts: int, *, now: datetime = NOW) -> None:
    """Let so many tries to begin a gift be noted, each from a network of its own."""
    with world.database.writing() as session:
        number = world.gift(session, now=now)
        tries = [
            {
                "campaign_id": world.campaign_id,
                "donation_id": number,
                "kind": Attempt.BEGUN.value,
                "network": f"{network:064x}",
                "at": now,
            }
            for network in range(gifts - 1)
        ]
        session.execute(insert(GiftAttempt), tries)


def sweep(world: FundWorld, now: datetime) -> None:
    with world.database.writing() as session:
        enqueue(session, SWEEP, {}, run_at=now)
    world.worker(now).run_due()


def left(world: FundWorld) -> tuple[int, int, int]:
    """Give how many gifts, givers and attempts there are."""
    with world.database.reading() as session:
        found = [
            session.scalar(select(func.count()).select_from(table)) or 0
            for table in (Donation, Donor, GiftAttempt)
        ]
    return found[0], found[1], found[2]


def test_sixty_gifts_begun_by_one_network_shut_out_that_network_only(world: FundWorld) -> None:
    assert begin(world, 60, "192.0.2.1") == MOST_BEGUN_FROM_A_NETWORK
    assert begin(world, 1, "192.0.2.2") == 1
    with (
        pytest.raises(Unavailable, match="from your network") as refused,
        world.database.writing() as session,
    ):
        world.gift(session, network=network_mark(world.seal, "192.0.2.1"))
    assert refused.value.params == {"minutes": 10}
    assert begin(world, 1, "192.0.2.1", now=LATER) == 1


def test_a_network_is_shut_out_of_all_pages_by_what_it_began_on_any(
    settings: Settings, database: Database, world: FundWorld
) -> None:
    other = a_fund_world(settings, database, pack_id=EN)
    for place in (world, other):
        begin(place, MOST_BEGUN_FROM_A_NETWORK // 2, "192.0.2.1")
    mark, stranger = (network_mark(world.seal, f"192.0.2.{number}") for number in (1, 2))
    with database.reading() as session:
        require_room_for_network(session, stranger, now=NOW)
        require_room_for_network(session, mark, now=LATER)
        with pytest.raises(Unavailable, match="from your network"):
            require_room_for_network(session, mark, now=NOW)


def test_what_was_paid_does_not_count(world: FundWorld) -> None:
    mark = network_mark(world.seal, "192.0.2.1")
    for _ in range(3):
        world.paid(5_000, network=mark)
    assert begin(world, 60, "192.0.2.1") == MOST_BEGUN_FROM_A_NETWORK


def test_on_a_flooded_page_each_network_begins_few_and_another_giver_still_gives(
    world: FundWorld,
) -> None:
    flood(world, FLOODED_FROM)
    assert begin(world, 5, "192.0.2.1") == MOST_BEGUN_WHEN_FLOODED
    assert begin(world, 1, "192.0.2.2") == 1


def test_somebody_with_a_whole_range_of_networks_does_not_close_a_flooded_page(
    world: FundWorld,
) -> None:
    flood(world, FLOODED_FROM)
    assert begin(world, 1, "2001:db8:7::1") == 1
    own = sum(begin(world, 1, f"2001:db8:9:{number:x}::1") for number in range(40))
    assert own == MOST_BEGUN_FROM_A_NETWORK
    assert begin(world, 1, "2001:db8:8::1") == 1


def test_a_page_closes_only_to_very_many_networks_and_says_when_it_opens(
    world: FundWorld,
) -> None:
    half = NOW + BEGUN_WITHIN / 2
    flood(world, MOST_BEGUN_ON_A_PAGE - 1)
    with world.database.writing() as session:
        world.gift(session, now=half)
        with pytest.raises(Unavailable, match="on this page") as refused:
            world.gift(session, now=half)
    assert refused.value.params == {"minutes": 5}
    assert begin(world, 1, "192.0.2.1", now=LATER) == 1


def test_old_gifts_that_nobody_paid_are_forgotten_with_what_they_told(world: FundWorld) -> None:
    begin(world, 3, "192.0.2.1")
    world.worker().run_due()
    with world.database.reading() as session:
        tokens = session.scalars(select(Donation.session_ref)).all()
    sweep(world, NOW + timedelta(hours=27))
    assert left(world)[:2] == (3, 1)
    with world.database.reading() as session:
        # Nobody can pay any more what is going to be forgotten.
        assert {find_payment(session, token).state for token in tokens} == {"cancelled"}
        states = session.scalars(select(Donation.state)).all()
    assert set(states) == {DonationState.CANCELLED}
    sweep(world, NOW + KEPT_UNPAID + timedelta(hours=1))
    assert left(world) == (0, 0, 0)


def test_a_giver_who_paid_before_is_kept_when_another_gift_is_forgotten(world: FundWorld) -> None:
    number = world.paid(5_000)
    begin(world, 1, "192.0.2.1")
    world.worker().run_due()
    sweep(world, NOW + timedelta(hours=27))
    sweep(world, NOW + KEPT_UNPAID + timedelta(hours=1))
    assert left(world)[:2] == (1, 1)
    assert world.donation(number).captured_minor == 5_000


def test_a_gift_paid_while_its_page_is_being_closed_counts(world: FundWorld) -> None:
    begin(world, 1, "192.0.2.1")
    world.worker().run_due()
    with world.database.writing() as session:
        token = session.scalars(select(Donation.session_ref)).one()
        decide(session, token, state=PaymentState.PAID, now=NOW)
    sweep(world, NOW + timedelta(hours=27))
    sweep(world, NOW + KEPT_WITHOUT_AN_ANSWER + timedelta(days=1))
    with world.database.reading() as session:
        assert session.scalars(select(Donation.captured_minor)).one() == 100_000


def test_a_gift_whose_provider_is_gone_is_forgotten_after_a_month(world: FundWorld) -> None:
    with world.database.writing() as session:
        number = world.gift(session, gateway="stripe")
        session.get_one(Donation, number).session_ref = "cs_1"
    sweep(world, NOW + KEPT_UNPAID + timedelta(days=20))
    assert left(world)[0] == 1
    sweep(world, NOW + KEPT_WITHOUT_AN_ANSWER + timedelta(hours=1))
    assert left(world)[0] == 0


def test_a_paid_gift_s_history_begins_with_how_it_was_begun(world: FundWorld) -> None:
    world.state_limit()
    world.paid(5_000)
    with world.database.reading() as session:
        assert list(LedgerSound(packs=fund_packs()).findings(session, now=NOW)) == []
