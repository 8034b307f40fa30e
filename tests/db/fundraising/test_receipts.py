"""The receipt is promised by letter, so a press that dies only delays it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.config import Settings
from app.db import Database
from app.jobs.commands import enqueue
from app.jobs.worker import Worker
from app.mail.letters import letters_hook
from app.mail.models import StoredLetter
from documents.sheets import Sheet
from documents.typesetting.commands import want
from documents.typesetting.handlers import typesetting_handlers
from documents.typesetting.queries import Typeset, find_typeset
from documents.typesetting.rules import Purpose, State
from fundraising.commands.payments import keep_event
from fundraising.gateways.demo import decide, decided
from fundraising.handlers import fund_handlers
from fundraising.jobs import LOOK
from fundraising.receipts import PRESS_AGAIN
from fundraising.rules.states import PaymentState
from tests.builders import NOW
from tests.fund_world import FundWorld, a_fund_world, fund_packs
from tests.readable_press import ReadablePress

SOON = NOW + timedelta(minutes=5)
"""By then the press has been tried as often as somebody who waits for a page would."""


class Office:
    """A fund whose gifts count at once, and a press that does as it is told."""

    def __init__(self, world: FundWorld) -> None:
        self.world = world
        self.press = ReadablePress()
        world.state_limit()

    def work(self, now: datetime) -> None:
        """Do everything that is due."""
        world = self.world
        handlers = {
            **fund_handlers(
                fund_packs(), world.gateways, world.seal, base_url=world.settings.base_url
            ),
            **typesetting_handlers(world.settings, self.press),
        }
        Worker(database=world.database, handlers=handlers, clock=lambda: now).run_due()

    def take_a_gift(self, *, paid_at: datetime = NOW) -> int:
        """Let somebody give and pay."""
        with self.world.database.writing() as session:
            number = self.world.gift(session, now=paid_at)
        self.work(paid_at)
        token = self.world.donation(number).session_ref or ""
        with self.world.database.writing() as session:
            decide(session, token, state=PaymentState.PAID, now=paid_at)
            keep_event(session, "demo", decided(token, "paid"), now=paid_at)
        return number

    def receipt(self, number: int) -> Typeset:
        """Give what has become of a gift's receipt."""
        digest = self.world.donation(number).receipt_digest
        with self.world.database.reading() as session:
            found = find_typeset(
                session, self.world.campaign_id, digest or "", purpose=Purpose.ISSUE
            )
        assert found is not None
        return found


@pytest.fixture
def office(settings: Settings, database: Database) -> Office:
    """A fund with a press."""
    return Office(a_fund_world(settings, database))


def let_it_fail(office: Office) -> int:
    """Let the press die at a receipt as often as it is tried."""
    office.press.fails = "died"
    number = office.take_a_gift()
    for minutes in range(5):
        office.work(NOW + timedelta(minutes=minutes))
    assert office.receipt(number).state is State.FAILED
    return number


def test_a_receipt_at_which_the_press_died_is_printed_later(office: Office) -> None:
    number = let_it_fail(office)
    office.press.fails = ""
    office.work(SOON)
    assert office.receipt(number).state is State.FAILED
    office.work(SOON + PRESS_AGAIN)
    assert office.receipt(number).ready
    assert len({sheet.html for sheet in office.press.typeset_sheets}) == 1


def test_a_receipt_is_tried_again_as_long_as_the_press_dies(office: Office) -> None:
    number = let_it_fail(office)
    for times in range(1, 4):
        office.work(SOON + times * PRESS_AGAIN)
        for minutes in range(5):
            office.work(SOON + times * PRESS_AGAIN + timedelta(minutes=minutes))
    office.press.fails = ""
    office.work(SOON + 5 * PRESS_AGAIN)
    assert office.receipt(number).ready


def test_other_sheets_that_failed_are_nothing_to_the_fund(office: Office) -> None:
    with office.world.database.writing() as session:
        sheet = Sheet(html="a paper", language="en", identifier="paper")
        want(
            session,
            office.world.seal,
            office.world.campaign_id,
            sheet,
            purpose=Purpose.ISSUE,
            now=NOW,
        )
    office.press.fails = "too_heavy"
    office.work(NOW)
    office.work(SOON + PRESS_AGAIN)
    assert len(office.press.typeset_sheets) == 1


def test_after_a_part_has_gone_back_the_receipt_is_of_what_still_counts(office: Office) -> None:
    number = office.take_a_gift()
    office.work(SOON)
    world = office.world
    gateway = world.gateways.find("demo")
    assert gateway is not None and "RUB\u00a01,000" in office.press.typeset_sheets[-1].html
    charge = world.donation(number).charge_ref or ""
    # The owner of the account gives a part back on the provider's own screens.
    gateway.give_back(charge, 40_000, key="by hand", now=SOON)
    with world.database.writing() as session:
        enqueue(session, LOOK, {"donation": number}, run_at=SOON)
    office.work(SOON)
    assert world.donation(number).cleared_minor == 60_000
    assert "RUB\u00a0600" in office.press.typeset_sheets[-1].html
    assert office.receipt(number).ready


def test_a_receipt_and_its_letter_say_the_day_of_the_election_s_place(office: Office) -> None:
    office.world.database.before_commit.append(letters_hook(office.world.settings.base_url))
    # Half past midnight in Petersburg, and still the day before in Greenwich.
    midnight = datetime(2026, 6, 24, 21, 30, tzinfo=UTC)
    office.take_a_gift(paid_at=midnight)
    office.work(midnight)
    assert "25\xa0June 2026" in office.press.typeset_sheets[-1].html
    with office.world.database.reading() as session:
        letter = session.scalars(select(StoredLetter)).one()
    assert "25 June" in letter.text.replace("\xa0", " ")
