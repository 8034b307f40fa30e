"""Money goes back once, whoever sends it and however often, and a dispute is the bank’s."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.jobs.rules import MAX_ATTEMPTS
from fundraising.commands.refunds import ask_refund, retry_refund
from fundraising.gateways.protocol import (
    GatewayRefused,
)
from fundraising.gateways.stripe_checkout import StripeGateway
from fundraising.rules.states import DonationState
from tests.builders import NOW
from tests.db.fundraising.at_stripe.paying import WANTED, a_started_gift, deliver, sound
from tests.fund_world import FundWorld
from tests.stripe_stand_in.server import StripeStandIn


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


def ask_again(world: FundWorld, number: int) -> None:
    later = NOW + timedelta(days=10)
    with world.database.writing() as session:
        retry_refund(session, number, now=later)
    world.worker(later).run_due()


def made_at(stripe: StripeStandIn) -> int:
    return sum(one.get("object") == "refund" for one in stripe.objects.values())


def test_a_refund_that_nobody_answers_is_said_to_have_failed_and_is_asked_for_again(
    world: FundWorld, gateway: StripeGateway, stripe: StripeStandIn
) -> None:
    number, _ = let_a_refund_go_unanswered(world, gateway, stripe)
    assert world.donation(number).state == DonationState.REFUND_FAILED
    ask_again(world, number)
    assert world.donation(number).state == DonationState.REFUNDED
    assert made_at(stripe) == 1 and sound(world) == []


def test_a_refund_whose_answer_was_lost_is_not_made_twice(
    world: FundWorld, gateway: StripeGateway, stripe: StripeStandIn
) -> None:
    number, reference = let_a_refund_go_unanswered(world, gateway, stripe)
    stripe.refund(stripe.charge_of(reference), 100_000)
    ask_again(world, number)
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
