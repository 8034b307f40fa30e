"""Messages come in any order, often, late, forged or from somewhere else."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from itertools import permutations
from random import Random

import pytest
from sqlalchemy import func, select

from fundraising.gateways.protocol import (
    BadMessage,
)
from fundraising.gateways.stripe_checkout import HEADER, StripeGateway
from fundraising.models import LedgerEntry, LedgerTransaction
from tests.builders import NOW
from tests.db.fundraising.at_stripe.paying import WANTED, a_started_gift, deliver, sound
from tests.fund_world import FundWorld
from tests.stripe_stand_in.server import StripeStandIn

ORDERS = list(permutations(range(5)))


@pytest.mark.parametrize(
    "orders",
    [
        pytest.param(Random(5).sample(ORDERS, 12), id="some"),
        pytest.param(ORDERS, id="all", marks=pytest.mark.slow),
    ],
)
def test_messages_in_any_order_give_one_ledger(
    world: FundWorld,
    gateway: StripeGateway,
    stripe: StripeStandIn,
    orders: list[tuple[int, ...]],
) -> None:
    """Five messages of one gift, looked at after each, in whatever order they come."""
    ledgers = set()
    for order in orders:
        number, reference = a_started_gift(world)
        stripe.events.clear()
        stripe.pay(reference)
        stripe.refund(stripe.charge_of(reference), 25_000)
        events = list(stripe.events)
        assert len(events) == 5
        for place in order:
            deliver(world, gateway, stripe, [events[place]])
            world.worker().run_due()
        with world.database.reading() as session:
            rows = session.execute(
                select(LedgerTransaction.kind, func.max(LedgerEntry.amount_minor))
                .join(LedgerEntry, LedgerEntry.transaction_id == LedgerTransaction.id)
                .where(LedgerTransaction.donation_id == number)
                .group_by(LedgerTransaction.id, LedgerTransaction.kind)
                .order_by(LedgerTransaction.id)
            )
            ledgers.add(tuple((kind, amount) for kind, amount in rows))
    assert ledgers == {(("capture", 100_000), ("refund", 25_000), ("clear", 75_000))}
    assert sound(world) == []


def test_forged_old_future_and_foreign_messages_are_refused(
    gateway: StripeGateway, stripe: StripeStandIn
) -> None:
    page = gateway.open_page(WANTED, key="k", now=NOW)
    stripe.pay(page.reference)
    event, now = stripe.events[0], datetime.now(UTC)
    stamp = int(time.time())
    body, header = stripe.signed(event)
    assert gateway.read(body, {HEADER: header}, now=now).event_id == event["id"]
    live, live_header = stripe.signed({**event, "livemode": True})
    late, late_header = stripe.signed(event, at=stamp - 600)
    early, early_header = stripe.signed(event, at=stamp + 600)
    for said, proof in (
        (body, ""),
        (body, header.replace("v1=", "v1=0")),
        (body + b" ", header),
        (b"\xff", header),
        (live, live_header),
        (late, late_header),
        (early, early_header),
    ):
        with pytest.raises(BadMessage):
            gateway.read(said, {HEADER: proof}, now=now)


@pytest.mark.timeout(400)
@pytest.mark.slow
def test_a_thousand_messages_three_times_each_in_disorder_give_one_sound_ledger(
    world: FundWorld, gateway: StripeGateway, stripe: StripeStandIn
) -> None:
    numbers = []
    for order in range(334):
        number, reference = a_started_gift(world, minutes_ago=334 - order)
        numbers.append(number)
        stripe.pay(reference)
    events = [*stripe.events[:1000]] * 3
    Random(7).shuffle(events)
    deliver(world, gateway, stripe, events)
    world.worker().run_due(100_000)
    with world.database.reading() as session:
        total = select(func.count()).select_from(LedgerTransaction)
        assert session.scalar(total) == 2 * len(numbers)
    assert sound(world) == []
