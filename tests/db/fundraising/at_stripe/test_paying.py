"""A gift is paid, declined, or its page is closed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete

from app.jobs.models import Job
from fundraising.commands.attempts import network_mark
from fundraising.gateways.protocol import (
    GatewayAway,
    GatewayRefused,
    Wanted,
)
from fundraising.gateways.stripe_checkout import StripeGateway
from fundraising.jobs import EVENT
from fundraising.queries.attempts import tried_on_page
from fundraising.rules.card_testing import MOST_DECLINED_ON_A_PAGE
from fundraising.rules.states import DonationState, PaymentState
from tests.builders import NOW
from tests.db.fundraising.at_stripe.paying import WANTED, a_started_gift, deliver, ledger, sound
from tests.fund_world import FundWorld, decline_cards
from tests.stripe_stand_in.server import KEY, SECRET, StripeStandIn


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
