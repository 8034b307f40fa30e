"""A gift from the first press to the receipt, over the demo's provider."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.config import Settings
from app.db import Database
from app.mail.letters import letters_hook
from app.mail.models import StoredLetter
from fundraising.commands.payments import keep_event
from fundraising.gateways.demo import decide, decided
from fundraising.rules.states import DonationState, PaymentState
from fundraising.verification import LedgerSound
from tests.builders import NOW
from tests.fund_world import FundWorld, a_fund_world, fund_packs


@pytest.fixture
def world(settings: Settings, database: Database) -> FundWorld:
    database.before_commit.append(letters_hook(settings.base_url))
    return a_fund_world(settings, database)


def pay(world: FundWorld, donation_id: int, state: PaymentState = PaymentState.PAID) -> None:
    worker = world.worker()
    worker.run_due()
    token = world.donation(donation_id).session_ref
    with world.database.writing() as session:
        decide(session, token, state=state, now=NOW)
        keep_event(session, "demo", decided(token, state.value), now=NOW)
    worker.run_due()


def sound(world: FundWorld) -> list[str]:
    with world.database.reading() as session:
        return [str(f) for f in LedgerSound(packs=fund_packs()).findings(session, now=NOW)]


def test_a_lawful_gift_is_held_then_counts_and_its_giver_gets_a_receipt(world: FundWorld) -> None:
    world.state_limit()
    with world.database.writing() as session:
        number = world.gift(session)
    pay(world, number)
    donation = world.donation(number)
    assert (donation.state, donation.cleared_minor) == (DonationState.CLEARED, 100_000)
    assert donation.return_by == NOW.date() + timedelta(days=10)
    with world.database.reading() as session:
        subjects = list(session.scalars(select(StoredLetter.subject)))
    assert len(subjects) == 1 and subjects[0].startswith("Receipt")
    assert sound(world) == []


def test_while_the_limit_is_unknown_every_gift_is_held_and_says_why(world: FundWorld) -> None:
    with world.database.writing() as session:
        number = world.gift(session)
    pay(world, number)
    donation = world.donation(number)
    assert (donation.state, donation.reasons) == (DonationState.PAID_HELD, ["limit"])
    assert sound(world) == []


def test_what_passes_the_limit_goes_back_and_the_rest_counts(world: FundWorld) -> None:
    world.state_limit(60_000)
    with world.database.writing() as session:
        number = world.gift(session)
    pay(world, number)
    donation = world.donation(number)
    assert (donation.cleared_minor, donation.refunded_minor) == (60_000, 40_000)
    assert donation.state == DonationState.PART_REFUNDED
    assert sound(world) == []
