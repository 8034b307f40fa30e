"""Money that the provider would not give back is owed still: once, and by nobody's new decision."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.config import Settings
from app.db import Database
from app.mail.letters import letters_hook
from app.mail.models import StoredLetter
from fundraising.commands import holds, refunds
from fundraising.gateways.protocol import GivenBack
from fundraising.models import Refund
from fundraising.rules.ledger import Dispute, Moved
from fundraising.rules.states import DonationState, RefundState
from fundraising.verification import LedgerSound
from tests.builders import NOW
from tests.fund_world import FundWorld, a_fund_world, fund_packs

MOSCOW = ZoneInfo("Europe/Moscow")
GIVEN, LIMIT = 1_000, 500
BACK = GIVEN - LIMIT


@pytest.fixture
def world(settings: Settings, database: Database) -> FundWorld:
    database.before_commit.append(letters_hook(settings.base_url))
    return a_fund_world(settings, database)


def a_gift_over_the_limit(world: FundWorld) -> int:
    """A gift of which a part counts and the rest is to go back."""
    world.state_limit(LIMIT)
    number = world.paid(GIVEN)
    world.judge(number)
    return number


def refunds_of(world: FundWorld, number: int) -> list[Refund]:
    with world.database.reading() as session:
        return list(session.scalars(select(Refund).where(Refund.donation_id == number)))


def stuck(world: FundWorld, number: int) -> Refund:
    """Let the provider refuse the one refund of a gift."""
    (refund,) = refunds_of(world, number)
    with world.database.writing() as session:
        refunds.take_refund(session, refund.id, now=NOW)
        refunds.note_stuck(session, refund.id, now=NOW)
    return refund


def letters(world: FundWorld, beginning: str) -> int:
    with world.database.reading() as session:
        subjects = session.scalars(select(StoredLetter.subject)).all()
    return sum(subject.startswith(beginning) for subject in subjects)


def test_a_refund_that_failed_is_not_asked_for_a_second_time_by_the_rules(
    world: FundWorld,
) -> None:
    number = a_gift_over_the_limit(world)
    stuck(world, number)
    world.judge(number)
    assert sum(refund.amount_minor for refund in refunds_of(world, number)) == BACK


def test_the_clock_does_not_ask_for_a_failed_refund_again_every_hour(world: FundWorld) -> None:
    number = a_gift_over_the_limit(world)
    stuck(world, number)
    later = NOW + timedelta(days=9)
    for hours in range(3):
        now = later + timedelta(hours=hours)
        with world.database.writing() as session:
            holds.heed_clock(session, number, warn_days=3, today=now.date(), now=now)
    assert len(refunds_of(world, number)) == 1
    # The last lawful day is as near as before, so its keeper is told, once.
    assert world.donation(number).warned_at is not None
    assert letters(world, "A held gift") == 1


def test_a_gift_whose_giver_wants_it_back_never_counts_because_the_refund_failed(
    world: FundWorld,
) -> None:
    number = world.paid(GIVEN)
    with world.database.writing() as session:
        refunds.ask_refund(session, number, cause="donor", by=None, now=NOW)
    stuck(world, number)
    world.state_limit(GIVEN)
    world.judge(number)
    assert world.donation(number).cleared_minor == 0
    with world.database.writing() as session:
        refunds.retry_refund(session, number, now=NOW)
    assert world.donation(number).state == DonationState.REFUND_DUE


def test_what_counts_of_a_gift_can_be_given_back_while_the_rest_is_stuck(
    world: FundWorld,
) -> None:
    number = a_gift_over_the_limit(world)
    stuck(world, number)
    with world.database.writing() as session:
        assert refunds.ask_refund(session, number, cause="treasurer", by=None, now=NOW) == LIMIT


def test_a_refund_that_comes_back_days_later_is_told_once(world: FundWorld) -> None:
    number = a_gift_over_the_limit(world)
    (refund,) = refunds_of(world, number)
    with world.database.writing() as session:
        refunds.take_refund(session, refund.id, now=NOW)
        made = GivenBack(reference="re_1", state=RefundState.DONE)
        refunds.note_sent(session, refund.id, made, now=NOW)
    world.look(number, GIVEN, Moved(reference="re_1", amount_minor=BACK))
    assert world.donation(number).state == DonationState.PART_REFUNDED
    came_back = Moved(reference="re_1", amount_minor=BACK, failed=True)
    world.look(number, GIVEN, came_back)
    world.look(number, GIVEN, came_back)
    assert world.donation(number).state == DonationState.REFUND_FAILED
    assert letters(world, "A refund failed") == 1
    with world.database.reading() as session:
        assert not list(LedgerSound(packs=fund_packs()).findings(session, now=NOW))


def test_a_refund_the_provider_has_made_is_not_sent_again_by_the_next_attempt(
    world: FundWorld,
) -> None:
    number = a_gift_over_the_limit(world)
    (refund,) = refunds_of(world, number)
    with world.database.writing() as session:
        first = refunds.take_refund(session, refund.id, now=NOW)
        made = GivenBack(reference="re_1", state=RefundState.SENT)
        refunds.note_sent(session, refund.id, made, now=NOW)
    with world.database.writing() as session:
        again = refunds.take_refund(session, refund.id, now=NOW + timedelta(days=1))
    assert first is not None and not first.is_made
    # Providers forget their idempotency keys after a day; our own note does not.
    assert again is not None and again.is_made


def test_a_gift_that_a_bank_took_back_has_nothing_left(world: FundWorld) -> None:
    number = a_gift_over_the_limit(world)
    world.look(
        number, GIVEN, disputes=(Dispute(reference="dp", amount_minor=GIVEN, outcome="lost"),)
    )
    donation = world.donation(number)
    assert (donation.state, donation.cleared_minor) == (DonationState.LOST, 0)


def test_the_clock_gives_back_what_is_held_and_nothing_of_what_counts(world: FundWorld) -> None:
    number = a_gift_over_the_limit(world)
    # The provider's own screens gave more back, and that came back to the account.
    done = Moved(reference="re_1", amount_minor=BACK)
    world.look(number, GIVEN, done)
    world.look(number, GIVEN, done, Moved(reference="re_2", amount_minor=200))
    world.look(number, GIVEN, done, Moved(reference="re_2", amount_minor=200, failed=True))
    assert world.donation(number).cleared_minor == 300
    later = NOW + timedelta(days=9)
    with world.database.writing() as session:
        holds.heed_clock(session, number, warn_days=3, today=later.date(), now=later)
    assert [refund.amount_minor for refund in refunds_of(world, number)] == [BACK, 200]


def test_a_refund_made_at_the_provider_s_settles_the_one_that_failed_here(
    world: FundWorld,
) -> None:
    number = a_gift_over_the_limit(world)
    stuck(world, number)
    world.look(number, GIVEN, Moved(reference="re_by_hand", amount_minor=BACK))
    assert world.donation(number).state == DonationState.PART_REFUNDED
    assert [refund.state for refund in refunds_of(world, number)] == [RefundState.DONE]


def test_an_earlier_refund_of_the_same_sum_pays_no_later_one(world: FundWorld) -> None:
    number = a_gift_over_the_limit(world)
    early = Moved(reference="re_1", amount_minor=BACK)
    world.look(number, GIVEN, early)
    with world.database.writing() as session:
        refunds.ask_refund(session, number, cause="treasurer", by=None, now=NOW)
    second = refunds_of(world, number)[-1]
    world.look(number, GIVEN, early)
    assert second.state == RefundState.DUE
    assert [refund.state for refund in refunds_of(world, number)] == [
        RefundState.DONE,
        RefundState.DUE,
    ]
