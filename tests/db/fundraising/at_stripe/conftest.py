"""Stripe's real library against a stand-in that speaks HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.config import Settings
from app.db import Database
from fundraising.gateways.protocol import (
    Gateways,
)
from fundraising.gateways.stripe_checkout import StripeGateway
from tests.fund_world import FundWorld, a_fund_world
from tests.stripe_stand_in.server import KEY, SECRET, StripeStandIn, stripe_stand_in


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
