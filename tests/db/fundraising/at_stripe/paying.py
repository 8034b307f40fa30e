"""Gifts that are paid at the stand-in of Stripe, and what the ledger says of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from fundraising.commands.payments import keep_event
from fundraising.gateways.protocol import (
    Wanted,
)
from fundraising.gateways.stripe_checkout import HEADER, StripeGateway
from fundraising.models import LedgerEntry, LedgerTransaction
from fundraising.verification import LedgerSound
from tests.builders import NOW
from tests.fund_world import FundWorld, fund_packs
from tests.stripe_stand_in.server import StripeStandIn

WANTED = Wanted(
    reference="gift-7",
    title="Anna",
    amount_minor=5_000,
    currency="RUB",
    language="ru",
    return_address="https://mandat.example.org/support/gifts/7-x?returned=1",
)


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
