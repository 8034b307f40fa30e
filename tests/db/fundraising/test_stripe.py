"""Stripe's real library against a stand-in that speaks HTTP: paying, refusing, messing up."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import permutations
from random import Random

import pytest
from sqlalchemy import delete, func, select

from app.config import Settings
from app.db import Database
from app.jobs.models import Job
from app.jobs.rules import MAX_ATTEMPTS
from fundraising.commands.attempts import network_mark
from fundraising.commands.payments import keep_event
from fundraising.commands.refunds import ask_refund, retry_refund
from fundraising.gateways.protocol import (
    BadMessage,
    GatewayAway,
    GatewayRefused,
    Gateways,
    Wanted,
)
from fundraising.gateways.stripe_checkout import HEADER, StripeGateway
from fundraising.jobs import EVENT
from fundraising.models import LedgerEntry, LedgerTransaction
from fundraising.queries.attempts import tried_on_page
from fundraising.rules.card_testing import MOST_DECLINED_ON_A_PAGE
from fundraising.rules.states import DonationState, PaymentState
from fundraising.verification import LedgerSound
from tests.builders import NOW
from tests.fund_world import FundWorld, a_fund_world, decline_cards, fund_packs
from tests.stripe_stand_in.server import KEY, SECRET, StripeStandIn, stripe_stand_in

WANTED = Wanted(
    reference="gift-7",
    title="Anna",
    amount_minor=5_000,
    currency="RUB",
    language="ru",
    return_address="https://mandat.example.org/support/gifts/7-x?returned=1",
)


@pytest.fixture
def stripe() -> Iterator[StripeStandIn]:
    with stripe_stand_in() as found:
        yield found


@pytest.fixture
def gateway(stripe: StripeStandIn) -> StripeGateway:
    return StripeGateway.connect(KEY, SECRET, live=False, api_base=stripe.address)


@pytest.fixture
def world(settings: Settings, database: Database, gateway: StripeGateway) -> FundWorld:
    gateways = Gateways(chosen="stripe", known={"stripe": gateway})
    found = a_fund_world(settings, database, gateways=gateways)
    found.state_limit(10_000_000)
    return found


def a_started_gift(world: FundWorld, *, minutes_ago: int = 0, network: str = "") -> tuple[int, str]:
    with world.database.writing() as session:
        begun = NOW - timedelta(minutes=minutes_ago)
        number = world.gift(session, gateway="stripe", network=network, now=begun)
    world.worker().run_due()
    reference = world.donation(number).session_ref
    assert reference is not None
    return number, reference


def deliver(world: FundWorld, gateway: StripeGateway, stripe: StripeStandIn, events: list) -> None:
    now = datetime.now(UTC)
    for event in events:
        body, header = stripe.signed(event)
        hint = gateway.read(body, {HEADER: header}, now=now)
        with world.database.writing() as session:
            keep_event(session, "stripe", hint, now=NOW)


def ledger(world: FundWorld) -> list[tuple[str, int]]:
    """Give every posting with its sum; numbers of the stand-in's objects are alike in each run."""
    with world.database.reading() as session:
        rows = session.execute(
            select(LedgerTransaction.posting_key, func.max(LedgerEntry.amount_minor))
            .join(LedgerEntry, LedgerEntry.transaction_id == LedgerTransaction.id)
            .group_by(LedgerTransaction.posting_key)
            .order_by(LedgerTransaction.posting_key)
        )
        return [(key, amount) for key, amount in rows]


def sound(world: FundWorld) -> list[str]:
    with world.database.reading() as session:
        return [str(f) for f in LedgerSound(packs=fund_packs()).findings(session, now=NOW)]


def test_a_page_asked_for_twice_with_one_key_is_one_page(
    gateway: StripeGateway, stripe: StripeStandIn
) -> None:
    pages = {gateway.open_page(WANTED, key="don:7:1:5000", now=NOW) for _ in range(3)}
    assert len(pages) == 1
    with pytest.raises(GatewayRefused, match="idempotency"):
        other = Wanted(**{**{f: getattr(WANTED, f) for f in WANTED.__slots__}, "amount_minor": 1})
        gateway.open_page(other, key="don:7:1:5000", now=NOW)


def test_the_stand_in_knows_only_what_the_library_knows(
    gateway: StripeGateway, stripe: StripeStandIn
) -> None:
    create = gateway.client.v1.checkout.sessions.create
    for wrong in (
        {"mode": "payment", "colour": "red"},
        {"mode": "gift"},
        {"mode": "payment", "line_items": [{"quantity": 1, "price_data": {"shade": "x"}}]},
    ):
        with pytest.raises(Exception, match="parameter_"):
            create(wrong)


def test_a_provider_that_is_away_is_worth_another_attempt(
    gateway: StripeGateway, stripe: StripeStandIn
) -> None:
    stripe.fail_next = [500]
    with pytest.raises(GatewayAway):
        gateway.open_page(WANTED, key="k", now=NOW)
    away = StripeGateway.connect(KEY, SECRET, live=False, api_base="http://127.0.0.1:1")
    with pytest.raises(GatewayAway):
        away.look_up("cs_1")


def test_a_paid_gift_counts_and_a_lost_message_only_delays(
    world: FundWorld, stripe: StripeStandIn
) -> None:
    number, reference = a_started_gift(world)
    stripe.pay(reference)
    worker = world.worker()
    worker.keep_house()
    worker.run_due()
    assert world.donation(number).state == DonationState.CLEARED
    assert sound(world) == []


def test_a_declined_card_leaves_the_page_open_and_the_ledger_empty(
    world: FundWorld, gateway: StripeGateway, stripe: StripeStandIn
) -> None:
    number, reference = a_started_gift(world)
    stripe.pay(reference, declines=True)
    world.worker().run_due()
    assert world.donation(number).state == DonationState.STARTED
    stripe.expire(reference)
    deliver(world, gateway, stripe, stripe.events)
    world.worker().run_due()
    assert world.donation(number).state == DonationState.EXPIRED
    assert ledger(world) == []


def test_every_declined_card_is_counted_once_however_often_it_is_told(
    world: FundWorld, gateway: StripeGateway, stripe: StripeStandIn
) -> None:
    number, reference = a_started_gift(world)
    for _ in range(3):
        stripe.pay(reference, declines=True)
    deliver(world, gateway, stripe, [*stripe.events, *stripe.events])
    world.worker().run_due()
    assert world.donation(number).state == DonationState.STARTED
    with world.database.reading() as session:
        assert tried_on_page(session, world.campaign_id, now=NOW).declined_on_page == 3
    stripe.pay(reference)
    deliver(world, gateway, stripe, stripe.events)
    world.worker().run_due()
    assert world.donation(number).state == DonationState.CLEARED


def test_cards_tried_on_open_pages_close_them_at_the_provider(
    world: FundWorld, gateway: StripeGateway, stripe: StripeStandIn
) -> None:
    mark = network_mark(world.seal, "192.0.2.1")
    (tried, at), (prepared, ready) = (a_started_gift(world, network=mark) for _ in range(2))
    (paid, done), (beside, quiet) = a_started_gift(world, network=mark), a_started_gift(world)
    stripe.pay(done)
    for _ in range(MOST_DECLINED_ON_A_PAGE):
        stripe.pay(at, declines=True)
    deliver(world, gateway, stripe, stripe.events)
    world.worker().run_due()
    assert [stripe.objects[page]["status"] for page in (at, ready, done, quiet)] == [
        "expired", "expired", "complete", "open",
    ]  # fmt: skip
    states = [world.donation(number).state for number in (tried, prepared, paid, beside)]
    assert states == ["expired", "expired", "cleared", "started"]


def test_a_provider_that_is_away_closes_the_page_later(
    world: FundWorld, gateway: StripeGateway, stripe: StripeStandIn
) -> None:
    number, reference = a_started_gift(world)
    with world.database.writing() as session:
        decline_cards(session, number, MOST_DECLINED_ON_A_PAGE, now=NOW)
        # Their messages were of the demo's provider, which is not connected here.
        session.execute(delete(Job).where(Job.kind == EVENT))
    stripe.fail_next = [500]
    world.worker().run_due(1)
    assert stripe.objects[reference]["status"] == "open"
    world.worker(NOW + timedelta(hours=1)).run_due()
    assert stripe.objects[reference]["status"] == "expired"


def test_closing_a_page_that_is_over_changes_nothing(
    gateway: StripeGateway, stripe: StripeStandIn
) -> None:
    page = gateway.open_page(WANTED, key="k", now=NOW)
    stripe.pay(page.reference)
    gateway.close_page(page.reference, now=NOW)
    assert stripe.objects[page.reference]["status"] == "complete"
    other = gateway.open_page(WANTED, key="k2", now=NOW)
    for _ in range(2):
        gateway.close_page(other.reference, now=NOW)
    assert gateway.look_up(other.reference).state is PaymentState.EXPIRED


def test_more_than_was_paid_is_never_given_back(
    world: FundWorld, gateway: StripeGateway, stripe: StripeStandIn
) -> None:
    _, reference = a_started_gift(world)
    stripe.pay(reference)
    charge = stripe.charge_of(reference)
    with pytest.raises(GatewayRefused, match="charge_already_refunded"):
        gateway.give_back(charge, 100_001, key="r1", now=NOW)


def test_a_refund_the_owner_made_at_the_provider_is_booked(
    world: FundWorld, gateway: StripeGateway, stripe: StripeStandIn
) -> None:
    number, reference = a_started_gift(world)
    stripe.pay(reference)
    deliver(world, gateway, stripe, stripe.events)
    world.worker().run_due()
    stripe.refund(stripe.charge_of(reference), 40_000)
    deliver(world, gateway, stripe, stripe.events)
    world.worker().run_due()
    donation = world.donation(number)
    assert (donation.cleared_minor, donation.refunded_minor) == (60_000, 40_000)
    assert sound(world) == []


def test_a_refund_is_sent_once_however_often_its_job_runs(
    world: FundWorld, gateway: StripeGateway, stripe: StripeStandIn
) -> None:
    number, reference = a_started_gift(world)
    stripe.pay(reference)
    deliver(world, gateway, stripe, stripe.events)
    world.worker().run_due()
    with world.database.writing() as session:
        ask_refund(session, number, cause="treasurer", by=None, now=NOW)
    stripe.fail_next = [500]
    world.worker().run_due()
    world.worker(NOW + timedelta(hours=1)).run_due()
    donation = world.donation(number)
    assert (donation.state, donation.refunded_minor) == (DonationState.REFUNDED, 100_000)
    refunds = [one for one in stripe.objects.values() if one.get("object") == "refund"]
    assert len(refunds) == 1
    assert sound(world) == []


def let_a_refund_go_unanswered(
    world: FundWorld, gateway: StripeGateway, stripe: StripeStandIn
) -> tuple[int, str]:
    """Let the provider be away for as long as the job is tried."""
    number, reference = a_started_gift(world)
    stripe.pay(reference)
    deliver(world, gateway, stripe, stripe.events)
    world.worker().run_due()
    with world.database.writing() as session:
        ask_refund(session, number, cause="treasurer", by=None, now=NOW)
    stripe.fail_next = [500] * 100
    for times in range(MAX_ATTEMPTS + 2):
        world.worker(NOW + times * timedelta(hours=8)).run_due()
    stripe.fail_next = []
    return number, reference


def made_at(stripe: StripeStandIn) -> int:
    return sum(one.get("object") == "refund" for one in stripe.objects.values())


def test_a_refund_that_nobody_answers_is_said_to_have_failed_and_is_asked_for_again(
    world: FundWorld, gateway: StripeGateway, stripe: StripeStandIn
) -> None:
    number, _ = let_a_refund_go_unanswered(world, gateway, stripe)
    assert world.donation(number).state == DonationState.REFUND_FAILED
    later = NOW + timedelta(days=10)
    with world.database.writing() as session:
        retry_refund(session, number, now=later)
    world.worker(later).run_due()
    assert world.donation(number).state == DonationState.REFUNDED
    assert made_at(stripe) == 1 and sound(world) == []


def test_a_refund_whose_answer_was_lost_is_not_made_twice(
    world: FundWorld, gateway: StripeGateway, stripe: StripeStandIn
) -> None:
    number, reference = let_a_refund_go_unanswered(world, gateway, stripe)
    stripe.refund(stripe.charge_of(reference), 100_000)
    later = NOW + timedelta(days=10)
    with world.database.writing() as session:
        retry_refund(session, number, now=later)
    world.worker(later).run_due()
    assert world.donation(number).state == DonationState.REFUNDED
    assert made_at(stripe) == 1 and sound(world) == []


def test_a_payment_for_something_else_on_the_same_account_is_nobody_s_gift(
    gateway: StripeGateway, stripe: StripeStandIn
) -> None:
    page = gateway.open_page(WANTED, key="k1", now=NOW)
    stripe.pay(page.reference)
    intent = stripe.objects[page.reference]["payment_intent"]
    stripe.objects[intent]["metadata"] = {"order": "hats"}
    assert gateway.reference_of(intent) is None


@pytest.mark.parametrize(("outcome", "state"), [("won", "cleared"), ("lost", "lost")])
def test_a_dispute_is_booked_until_the_bank_decides(
    world: FundWorld, gateway: StripeGateway, stripe: StripeStandIn, outcome: str, state: str
) -> None:
    number, reference = a_started_gift(world)
    stripe.pay(reference)
    deliver(world, gateway, stripe, stripe.events)
    world.worker().run_due()
    dispute = stripe.dispute(stripe.charge_of(reference))
    deliver(world, gateway, stripe, stripe.events)
    world.worker().run_due()
    assert world.donation(number).state == DonationState.DISPUTED
    stripe.close_dispute(dispute["id"], outcome)
    deliver(world, gateway, stripe, stripe.events)
    world.worker().run_due()
    assert world.donation(number).state == state
    assert sound(world) == []


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
