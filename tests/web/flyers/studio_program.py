"""The flyer studio with accounts and reviews around it, and a press that works on demand."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bs4 import Tag
from flask import Flask
from PIL import Image
from sqlalchemy.orm import Session

from app import clock
from app.access import Role, Viewer
from app.accounts.loader import SessionLoader
from app.accounts.views import section as accounts_section
from app.config import Settings, secret_key
from app.db import Database
from app.files.inspection import inspect_apart
from app.files.storage import FileStore
from app.jobs.worker import Worker
from app.mail.views import section as mail_section
from app.packs import load_packs
from app.reviews import commands as reviews
from app.sealing import Seal
from app.ui.gallery import section as gallery_section
from app.web.kernel import Kernel
from app.web.program import assemble
from app.web.routing import Section
from app.web.shell import section as shell_section
from documents.flyers.commands.following import follow_flyer_reviews
from documents.flyers.pack import FlyerPacks, load_flyer_packs
from documents.flyers.views import FlyerTools
from documents.flyers.views import section as flyers_section
from documents.press.client import Press
from documents.typesetting.handlers import typesetting_handlers
from documents.typesetting.previews import Previews
from tests import builders
from tests.conftest import WHOLE
from tests.engines import warm
from tests.page import CheckingClient, Page, client_of
from tests.page import _values as values_of

PACKS = Path(__file__).resolve().parents[3] / "quests" / "packs"
RU, EN = "ru-spb-municipal", "gb-eng-local"
WORDS = {
    "headline": "Двор без ям и фонари, которые горят",
    "name": "Анна Смирнова",
    "office": "Кандидат в депутаты",
    "body": "Я живу здесь девятнадцать лет.\n\nИ работаю учителем в этой школе.",
    "promise_1": "Освещение во всех дворах",
    "promise_2": "Открытый бюджет",
    "promise_3": "Приём каждую субботу",
    "phone": "+7 900 000-00-00",
    "link": "https://example.org/anna",
}
IMPRINTS = {
    RU: {
        "printer": "ООО «Образцовая печатня»",
        "printer_inn": "7830002293",
        "printer_address": "190000, Санкт-Петербург, Примерная ул., д. 1",
        "customer": "кандидат Anna",
        "print_run": "5000",
        "issued_on": "2026-06-01",
        "paid_from": "кандидата Анны Смирновой",
    },
    EN: {
        "printer": "Example Print Ltd",
        "printer_address": "1 Mill Lane, Engleston AB12 3CD",
        "promoter": "John Smith",
        "promoter_address": "110 High Street, Engleston AB12 3CD",
        "on_behalf": "Anna",
        "on_behalf_address": "110 High Street, Engleston AB12 3CD",
    },
}


@dataclass(slots=True, kw_only=True)
class StudioWorld:
    """A campaign with its candidate, a designer, and somebody else's candidate."""

    app: Flask
    database: Database
    settings: Settings
    press: Press
    packs: FlyerPacks
    campaign_id: int
    people: dict[str, int]

    def browser(self, who: str, language: str = "en") -> CheckingClient:
        """Give somebody's browser."""
        client = client_of(self.app)
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
        with client.session_transaction() as cookie, self.database.writing() as session:
            cookie["language"] = language
            cookie["_user_id"] = builders.a_session_token(
                session, self.people[who], now=clock.now()
            )
        return client

    def at(self, path: str = "") -> str:
        """Give an address among the campaign's flyers."""
        return f"/campaigns/{self.campaign_id}/flyers{path}"

    def run_press(self) -> None:
        """Let the worker do what is due."""
        handlers = typesetting_handlers(self.settings, self.press)
        Worker(database=self.database, handlers=handlers, clock=clock.now).run_due()

    def decide(self, who: str, review_id: int, reason: str = "") -> None:
        """Accept a review, or give it back with a reason."""
        with self.database.writing() as session:
            viewer = self.viewer(session, who)
            if reason:
                reviews.give_back(session, viewer, review_id, reason=reason, now=clock.now())
            else:
                reviews.accept(session, viewer, review_id, now=clock.now())

    def viewer(self, session: Session, who: str) -> Viewer:
        """Give a person as the program sees them."""
        return builders.the_viewer(session, self.people[who])

    def filled(self, page: Page, **changed: str) -> dict[str, str]:
        """Give the studio's form filled in so that nothing is to mend."""
        found = page.soup.find("form", id="studio")
        assert isinstance(found, Tag)
        form = values_of(found)
        pack = self.packs_of_campaign
        form |= {f"s-{key}": text for key, text in WORDS.items()}
        form |= {f"i-{key}": text for key, text in IMPRINTS[pack].items()}
        return {**form, **changed}

    @property
    def packs_of_campaign(self) -> str:
        """Give the pack of the campaign."""
        return self.app.config["TEST_PACK"]  # type: ignore[no-any-return]


@contextmanager
def a_studio(settings: Settings, press: Press, *, pack_id: str = RU) -> Iterator[StudioWorld]:
    """Assemble the studio over the settings' database with people in it."""
    packs = load_flyer_packs(load_packs(PACKS).values())
    database = warm(Database(settings.resolved_database_url))
    database.before_commit.append(follow_flyer_reviews)
    kernel = Kernel(settings=settings, database=database, load_viewer=SessionLoader(database))
    tools = FlyerTools(
        packs=packs,
        store=FileStore(folder=settings.files),
        previews=Previews.of(settings),
        inspect=inspect_apart,
        seal=Seal.from_secret(secret_key(settings)),
    )
    sections: list[Section] = [
        shell_section,
        gallery_section,
        accounts_section,
        mail_section,
        flyers_section,
    ]
    app = assemble(kernel, sections, parts=(tools,))
    app.config["TEST_PACK"] = pack_id
    whole = database.reaching(WHOLE)
    with whole.writing() as session:
        campaign_id, people = _plant(session, pack_id)
    try:
        yield StudioWorld(
            app=app,
            database=whole,
            settings=settings,
            press=press,
            packs=packs,
            campaign_id=campaign_id,
            people=people,
        )
    finally:
        database.dispose()


def _plant(session: Session, pack_id: str) -> tuple[int, dict[str, int]]:
    coalition = builders.a_coalition(session)
    election = builders.an_election(session, coalition, pack_id=pack_id)
    people = {name: builders.a_person(session, name=name.title()) for name in ("anna", "pavel")}
    campaigns = {
        name: builders.a_campaign(session, candidate=person, election=election, now=clock.now())
        for name, person in people.items()
    }
    designer = builders.an_assignment(session, campaigns["anna"], role=Role.DESIGNER)
    ids = {name: person.id for name, person in people.items()}
    return campaigns["anna"].id, {**ids, "designer": designer.person_id}


def a_photo(width: int = 1500, height: int = 1300, colour: str = "#8a5a3c") -> io.BytesIO:
    """Give a photo as a telephone sends it."""
    kept = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(kept, "JPEG")
    kept.seek(0)
    return kept
