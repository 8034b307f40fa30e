"""Cards tried on a page: counted from the provider's messages, and closing the till for a while."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.config import Settings
from app.db import Database
from app.errors import Unavailable
from app.jobs.commands import enqueue
from fundraising.commands.attempts import (
    network_mark,
    require_open_till,
)
from fundraising.commands.payments import keep_event
from fundraising.gateways.demo import decide, decided, find_payment
from fundraising.jobs import POLL
from fundraising.models import GiftAttempt
from fundraising.queries.attempts import tried_from_network, tried_on_page
from fundraising.rules.card_testing import MOST_DECLINED_FROM_A_NETWORK, MOST_DECLINED_ON_A_PAGE
from fundraising.rules.states import PaymentState
from tests.builders import NOW
from tests.fund_world import EN, FundWorld, a_fund_world, decline_cards

LATER = NOW + timedelta(minutes=31)


@pytest.fixture
def world(settings: Settings, database: Database) -> FundWorld:
    return a_fund_world(settings, database)


def declined(world: FundWorld, number: int, times: int) -> None:
    with world.database.writing() as session:
        decline_cards(session, number, times, now=NOW)


def a_gift(world: FundWorld, **kind: object) -> int:
    with world.database.writing() as session:
        return world.gift(session, **kind)


def test_a_decline_on_the_payment_page_is_counted_once(world: FundWorld) -> None:
    number = a_gift(world)
    world.worker().run_due()
    token = world.donation(number).session_ref
    with world.database.writing() as session:
        decide(session, token, state=PaymentState.FAILED, now=NOW)
    for _ in range(2):
        with world.database.writing() as session:
            keep_event(session, "demo", decided(token, "failed"), now=NOW)
        world.worker().run_due()
    with world.database.reading() as session:
        tried = tried_on_page(session, world.campaign_id, now=NOW)
    assert (tried.begun_on_page, tried.declined_on_page) == (1, 1)


def test_many_declined_cards_close_the_page_and_time_opens_it(world: FundWorld) -> None:
    number = a_gift(world)
    declined(world, number, MOST_DECLINED_ON_A_PAGE - 1)
    assert a_gift(world)
    declined(world, a_gift(world), 1)
    with pytest.raises(Unavailable, match="declined on this page"):
        a_gift(world)
    assert a_gift(world, now=LATER)


def test_the_same_form_sent_again_still_leads_to_its_gift(world: FundWorld) -> None:
    number = a_gift(world, once="same", email="same@example.org")
    declined(world, number, MOST_DECLINED_ON_A_PAGE)
    assert a_gift(world, once="same", email="same@example.org") == number


def test_cards_declined_from_one_network_on_several_pages_close_it(
    settings: Settings, database: Database, world: FundWorld
) -> None:
    other = a_fund_world(settings, database, pack_id=EN)
    mark = network_mark(world.seal, "2001:db8::1")
    for place in (world, other):
        number = a_gift(place, network=mark)
        declined(place, number, MOST_DECLINED_FROM_A_NETWORK // 2)
    neighbour = network_mark(world.seal, "2001:db8::ffff")
    stranger = network_mark(world.seal, "2001:db8:0:1::1")
    with world.database.reading() as session:
        require_open_till(tried_from_network(session, stranger, now=NOW))
        require_open_till(tried_from_network(session, neighbour, now=LATER))
        with pytest.raises(Unavailable, match="from your network"):
            require_open_till(tried_from_network(session, neighbour, now=NOW))


def test_where_a_gift_came_from_is_marked_and_forgotten_after_a_day(world: FundWorld) -> None:
    a_gift(world, network=network_mark(world.seal, "192.0.2.7"))
    with world.database.reading() as session:
        kept = session.scalars(select(GiftAttempt.network)).one()
    assert kept and "192.0.2.7" not in kept
    later = NOW + timedelta(days=1, minutes=1)
    with world.database.writing() as session:
        enqueue(session, POLL, {}, run_at=later)
    world.worker(later).run_due()
    with world.database.reading() as session:
        assert session.scalars(select(GiftAttempt.id)).all() == []


def test_when_a_page_closes_the_payment_pages_of_whoever_tries_cards_close_too(
    world: FundWorld,
) -> None:
    mark, honest = (network_mark(world.seal, f"192.0.2.{number}") for number in (1, 2))
    tried, prepared = (a_gift(world, network=mark) for _ in range(2))
    beside = a_gift(world, network=honest)
    world.worker().run_due()
    declined(world, tried, MOST_DECLINED_FROM_A_NETWORK - 1)
    world.worker().run_due()
    assert world.donation(tried).state == "started"
    declined(world, a_gift(world, network=mark), MOST_DECLINED_ON_A_PAGE)
    for _ in range(2):
        world.worker().run_due()
    states = [world.donation(number).state for number in (tried, prepared, beside)]
    assert states == ["cancelled", "cancelled", "started"]
    with world.database.reading() as session:
        payment = find_payment(session, world.donation(prepared).session_ref or "")
    assert payment is not None and payment.state == "cancelled"


def test_when_a_network_closes_its_payment_pages_on_other_support_pages_close_too(
    settings: Settings, database: Database, world: FundWorld
) -> None:
    other = a_fund_world(settings, database, pack_id=EN)
    mark = network_mark(world.seal, "192.0.2.1")
    elsewhere = a_gift(other, network=mark)
    number = a_gift(world, network=mark)
    world.worker().run_due()
    declined(world, number, MOST_DECLINED_FROM_A_NETWORK)
    world.worker().run_due()
    assert world.donation(elsewhere).state == "cancelled"


def test_what_was_paid_before_its_page_is_closed_stays_paid(world: FundWorld) -> None:
    number = a_gift(world)
    world.worker().run_due()
    with world.database.writing() as session:
        decide(session, world.donation(number).session_ref, state=PaymentState.PAID, now=NOW)
    declined(world, number, MOST_DECLINED_ON_A_PAGE)
    world.worker().run_due()
    assert world.donation(number).captured_minor == 100_000
