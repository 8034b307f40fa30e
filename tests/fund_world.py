"""A program with fundraising in it, a campaign with an accepted page, and gifts in every state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import select
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
from fundraising.commands.attempts import note_declined
from fundraising.commands.gifts import GiftAsked
from fundraising.commands.judging import judge_gift
from fundraising.commands.payments import keep_event, note_page, note_payment
from fundraising.following import follow_support_page_reviews
from fundraising.gateways.choosing import GatewaySettings, open_gateways
from fundraising.gateways.demo import DECLINED
from fundraising.gateways.protocol import Gateways, Hint, HostedPage, Payment
from fundraising.handlers import FUND_PERIODICS, fund_handlers
from fundraising.models import Donation, GatewayEvent, StatedLimit, SupportPage
from fundraising.pack import FundPacks, load_funds
from fundraising.receipts import receipts_hook
from fundraising.rules.ledger import Dispute, Moved
from fundraising.rules.states import PaymentState
from fundraising.writing_letters import gift_letters_hook
from quests.route.library import PACKS, PackLibrary
from tests import builders
from tests.conftest import WHOLE
from tests.engines import warm

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
    """Give the whole program over the provider that a demo has, or another one."""
    database = warm(open_database(settings, library))
    kernel = Kernel(settings=settings, database=database, load_viewer=SessionLoader(database))
    found = gateways or gateways_for(settings, database)
    return assemble(kernel, SECTIONS, parts=[*_parts(settings, library, database), found])


@dataclass(frozen=True, slots=True, kw_only=True)
class FundWorld:
    """A database with a campaign whose page is public, its provider, and a worker."""

    database: Database
    campaign_id: int
    pack_id: str
    polling_day: date
    timezone: str
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

    def paid(self, amount_minor: int, **kind: str) -> int:
        """Begin a gift, let the provider say that it was paid, and give its number."""
        with self.database.writing() as session:
            number = self.gift(session, amount_minor, **kind)  # type: ignore[arg-type]
            page = HostedPage(reference=f"p{number}", address="x")
            note_page(session, number, page, now=builders.NOW)
        self.look(number, amount_minor)
        return number

    def look(
        self, number: int, captured_minor: int, *refunds: Moved, disputes: tuple[Dispute, ...] = ()
    ) -> None:
        """Note what the provider says of a paid gift now."""
        payment = Payment(
            state=PaymentState.PAID,
            charge=f"c{number}",
            captured_minor=captured_minor,
            currency=self.fund.currency,
            received_at=builders.NOW,
            refunds=refunds,
            disputes=disputes,
        )
        clock, zone = self.fund.rules.return_clock, ZoneInfo(self.timezone)
        with self.database.writing() as session:
            note_payment(session, number, payment, clock=clock, zone=zone, now=builders.NOW)

    def judge(self, number: int) -> None:
        """Let the rules decide about what is held of a gift."""
        with self.database.writing() as session:
            judge_gift(
                session,
                self.fund,
                self.seal,
                number,
                polling_day=self.polling_day,
                now=builders.NOW,
            )

    def state_limit(self, amount_minor: int = LIMIT) -> None:
        """Let the treasurer enter the limit that the pack does not know."""
        with self.database.writing() as session:
            session.add(a_limit(self.campaign_id, amount_minor))

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
            timezone=election.timezone,
            gateways=gateways or gateways_for(settings, database),
            seal=seal,
            settings=settings,
            treasurer_id=treasurer.person_id,
            candidate_id=campaign.candidate_id,
        )


def a_limit(
    campaign_id: int, amount_minor: int = LIMIT, *, at: datetime = builders.NOW
) -> StatedLimit:
    """Give a limit that was entered from an official paper."""
    return StatedLimit(
        campaign_id=campaign_id,
        check_key="limit",
        amount_minor=amount_minor,
        source="memo",
        by=None,
        at=at,
    )


def decline_cards(session: Session, donation_id: int, times: int, *, now: datetime) -> None:
    """Let the provider say so many times that a card was declined on a gift."""
    for turn in range(times):
        said = Hint(event_id=f"e{donation_id}-{turn}", kind=DECLINED, about="x")
        keep_event(session, "demo", said, now=now)
        event_id = session.scalars(
            select(GatewayEvent.id).where(GatewayEvent.event_id == said.event_id)
        ).one()
        # Its job may be killed after this and run again: it stays one decline.
        for _ in range(2):
            note_declined(session, donation_id, event_id, now=now)


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
