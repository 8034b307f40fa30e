"""A program with fundraising in it, a campaign with an accepted page, and gifts in every state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import count
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session

from app.access import Role
from app.accounts.loader import SessionLoader
from app.accounts.models import Campaign, Election
from app.config import Settings, secret_key
from app.db import Database
from app.jobs.worker import Worker
from app.main import SECTIONS, _parts, open_database
from app.packs import load_packs
from app.sealing import Seal
from app.web.kernel import Kernel
from app.web.program import assemble
from fundraising.commands import gifts
from fundraising.commands.gifts import GiftAsked
from fundraising.following import follow_support_page_reviews
from fundraising.gateways.choosing import GatewaySettings, open_gateways
from fundraising.gateways.protocol import Gateways
from fundraising.handlers import FUND_PERIODICS, fund_handlers
from fundraising.models import Donation, SupportPage
from fundraising.pack import FundPacks, load_funds
from fundraising.receipts import receipts_hook
from fundraising.views import SECTIONS as FUND_SECTIONS
from fundraising.writing_letters import gift_letters_hook
from quests.route.library import PACKS, PackLibrary
from tests import builders
from tests.conftest import WHOLE

RU, EN = "ru-spb-municipal", "gb-eng-local"
LIMIT = 1_000_000
_numbers = count(1)
ANSWERS: Mapping[str, Mapping[str, str]] = {
    RU: {
        "full_name": "Пушкин Пётр Ильич",
        "birth_date": "1980-05-17",
        "address": "Тихая Гавань, Садовая ул., 5",
        "passport": "4000 123456",
        "citizenship": "ru",
        "own_money": "yes",
    },
    EN: {
        "full_name": "Jane Doe",
        "postcode": "AB12 3CD",
        "address": "1 High Street",
        "on_register": "yes",
        "own_money": "yes",
        "not_organisation": "yes",
    },
}


@cache
def fund_packs() -> FundPacks:
    """Give the shipped fund rules."""
    return load_funds(load_packs(Path(PACKS)))


def gateways_for(settings: Settings, database: Database) -> Gateways:
    """Give the demo's provider, as a demo has it."""
    wanted = GatewaySettings(gateway="demo", base_url=settings.base_url, production=False)
    seal = Seal.from_secret(secret_key(settings))
    return open_gateways(wanted, database=database, seal=seal)


def fund_app(settings: Settings, library: PackLibrary, gateways: Gateways | None = None) -> Flask:
    """Give the whole program with fundraising in it, whether it is wired already or not."""
    packs, seal = fund_packs(), Seal.from_secret(secret_key(settings))
    database = open_database(settings, library)
    names = {section.name for section in SECTIONS}
    sections = [*SECTIONS, *(one for one in FUND_SECTIONS if one.name not in names)]
    if "support" not in names:
        database.before_commit.insert(0, follow_support_page_reviews)
        database.before_commit.insert(1, gift_letters_hook(packs, seal))
        database.before_commit.insert(2, receipts_hook(packs, seal))
    kernel = Kernel(settings=settings, database=database, load_viewer=SessionLoader(database))
    found = gateways or gateways_for(settings, database)
    return assemble(kernel, sections, parts=[*_parts(settings, library, database), packs, found])


@dataclass(frozen=True, slots=True, kw_only=True)
class FundWorld:
    """A database with a campaign whose page is public, its provider, and a worker."""

    database: Database
    campaign_id: int
    pack_id: str
    polling_day: date
    gateways: Gateways
    seal: Seal
    settings: Settings
    treasurer_id: int
    candidate_id: int

    @property
    def fund(self):  # type: ignore[no-untyped-def]
        """Give the rules of the campaign's fund."""
        return fund_packs()[self.pack_id]

    def gift(
        self,
        session: Session,
        amount_minor: int = 100_000,
        *,
        now: datetime = builders.NOW,
        email: str = "",
        gateway: str = "demo",
        once: str = "",
        network: str = "",
        **answers: str,
    ) -> int:
        """Begin a gift and give its number."""
        number = next(_numbers)
        return gifts.start(
            session,
            self.fund,
            self.seal,
            self.campaign_id,
            GiftAsked(
                amount_minor=amount_minor,
                language="en",
                email=email or f"giver-{number}@example.org",
                answers={**ANSWERS[self.pack_id], **answers},
                once=once or f"once-{number}",
                network=network,
            ),
            gateway=gateway,
            now=now,
        )

    def worker(self, now: datetime = builders.NOW) -> Worker:
        """Give a worker for whom it is always now."""
        handlers = fund_handlers(
            fund_packs(), self.gateways, self.seal, base_url=self.settings.base_url
        )
        return Worker(
            database=self.database, handlers=handlers, periodics=FUND_PERIODICS, clock=lambda: now
        )

    def donation(self, number: int) -> Donation:
        """Read a donation."""
        with self.database.reading() as session:
            return session.get_one(Donation, number)


def a_fund_world(
    settings: Settings, database: Database, *, pack_id: str = RU, gateways: Gateways | None = None
) -> FundWorld:
    """Plant a campaign with a public page, a treasurer and a coordinator."""
    packs, seal = fund_packs(), Seal.from_secret(secret_key(settings))
    if not any(getattr(hook, "__module__", "") == gift_letters_hook.__module__
               for hook in database.before_commit):  # fmt: skip
        database.before_commit.insert(0, follow_support_page_reviews)
        database.before_commit.insert(1, gift_letters_hook(packs, seal))
        database.before_commit.insert(2, receipts_hook(packs, seal))
    with database.writing() as session:
        election = builders.an_election(session, pack_id=pack_id)
        campaign = builders.a_campaign(session, election=election)
        treasurer = builders.a_member(session, campaign, role=Role.TREASURER)
        a_public_page(session, campaign, packs)
        session.flush()
        return FundWorld(
            database=database,
            campaign_id=campaign.id,
            pack_id=pack_id,
            polling_day=election.polling_day,
            gateways=gateways or gateways_for(settings, database),
            seal=seal,
            settings=settings,
            treasurer_id=treasurer.person_id,
            candidate_id=campaign.candidate_id,
        )


def a_public_page(
    session: Session, campaign: Campaign, packs: FundPacks, *, slug: str = ""
) -> SupportPage:
    """Give a page that was accepted."""
    election = session.get_one(Election, campaign.election_id)
    sums = packs[election.pack_id].rules.gift.suggested_minor
    shown = {
        "title": "Скамейки, деревья и честный бюджет двора",
        "words": "Я живу здесь двадцать лет.\n\nДвор можно сделать лучше.",
        "imprint": "Promoted by Jane Doe, 1 High Street, AB12 3CD",
        "goal_minor": 8_000_000,
        "marks": [{"amount_minor": 2_000_000, "words": "печать листов"}],
        "amounts": [{"amount_minor": each, "words": "листовки"} for each in sums],
    }
    page = SupportPage(
        campaign_id=campaign.id,
        slug=slug or f"page-{campaign.id}",
        state="accepted",
        note="",
        shown=shown,
        version=1,
        changed_at=builders.NOW,
        **shown,
    )
    session.add(page)
    session.flush()
    return page


__all__ = ["ANSWERS", "EN", "LIMIT", "RU", "WHOLE", "FundWorld", "a_fund_world", "fund_app"]
