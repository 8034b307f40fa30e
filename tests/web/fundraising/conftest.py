"""A portal whose candidate Anna has a public support page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from app import clock
from app.accounts.models import Campaign
from app.config import Settings
from app.jobs.worker import Worker
from app.sealing import Seal
from app.web.kernel import EXTENSION
from fundraising.gateways.protocol import Gateways
from fundraising.handlers import fund_handlers
from quests.route.library import PackLibrary
from tests.fund_world import a_public_page, fund_app, fund_packs
from tests.web.portal import RU, Portal, a_portal


@pytest.fixture
def fund_program(settings: Settings, library: PackLibrary) -> Iterator[Flask]:
    """The whole program with fundraising in it."""
    app = fund_app(settings, library)
    yield app
    app.extensions[EXTENSION].database.dispose()


@pytest.fixture
def a_fund(fund_program: Flask, library: PackLibrary) -> Callable[..., Portal]:
    """Make a portal of a pack in which Anna's page is public under /support/anna."""

    def make(pack_id: str = RU) -> Portal:
        portal = a_portal(fund_program, library, pack_id=pack_id)
        with portal.database.writing() as session:
            campaign = session.get_one(Campaign, portal.campaigns["anna"])
            a_public_page(session, campaign, fund_packs(), slug="anna")
        return portal

    return make


@pytest.fixture
def work(fund_program: Flask, settings: Settings) -> Callable[[Portal], None]:
    """Run every job that is due."""

    def run(portal: Portal) -> None:
        kernel = fund_program.extensions[EXTENSION]
        handlers = fund_handlers(
            fund_packs(),
            kernel.parts[Gateways],
            kernel.parts[Seal],
            base_url=settings.base_url,
        )
        Worker(database=portal.database, handlers=handlers, clock=clock.now).run_due()

    return run
