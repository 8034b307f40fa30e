"""The people of the browser tests, and what they do on many pages."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from typing import Any

import pyotp
from PIL import Image, ImageDraw
from playwright.sync_api import Page
from sqlalchemy import text

from app import clock
from app.access import Role
from app.accounts.models import Person
from app.db import Database
from app.sealing import Seal
from quests.evidence.models import Answer
from quests.route.library import PackLibrary
from quests.route.shape import answer_fact
from tests import builders
from tests.browser.live import SECRET_KEY
from tests.web.portal import EN, RU, prove, prove_on_its_page

SECRET = "MANDATDEMOMANDATDEMOMANDATDEMO22"
DAYS_AHEAD = 100


@dataclass(slots=True, kw_only=True)
class World:
    """Numbers of people and campaigns by short names: ``ru`` and ``en`` before each."""

    database: Database
    library: PackLibrary
    people: dict[str, int] = field(default_factory=dict)
    campaigns: dict[str, int] = field(default_factory=dict)
    logins: dict[str, str] = field(default_factory=dict)

    def at(self, path: str, whose: str = "ru") -> str:
        """Give an address inside the campaign of a language's candidate."""
        return f"/campaigns/{self.campaigns[whose]}/{path}"

    def prove(self, keys: Collection[str], whose: str = "ru", *, state: str = "accepted") -> None:
        """Put all evidence of these steps into a state."""
        pack_id = EN if whose.startswith("en") else RU
        with self.database.writing() as session:
            for key in keys:
                prove(session, self.library, pack_id, self.campaigns[whose], key, state=state)

    def prove_on_the_step(
        self, keys: Collection[str], whose: str, *, answers: Mapping[str, str] | None = None
    ) -> None:
        """Put the evidence that is given on these steps themselves into the accepted state.

        What another screen has to prove is left to it; ``answers`` are as in ``answer``.
        """
        pack_id, campaign_id = EN if whose.startswith("en") else RU, self.campaigns[whose]
        with self.database.writing() as session:
            for key in keys:
                prove_on_its_page(session, self.library, pack_id, campaign_id, key)
        self.answer(answers or {}, whose)

    def answer(self, answers: Mapping[str, str], whose: str) -> None:
        """Answer what conditions of the route ask for: ``{"b4_account.fund": "account"}``."""
        with self.database.writing() as session:
            for name, value in answers.items():
                fact = answer_fact(*name.split("."))
                session.add(Answer(campaign_id=self.campaigns[whose], name=fact, value=value))

    def one(self, sql: str, **values: Any) -> Any:
        """Give the single value a query finds."""
        with self.database.reading() as session:
            return session.execute(text(sql), values).scalar_one()

    def let_the_meeting_pass(self, campaign_id: int) -> None:
        """Turn the meeting of a campaign into one of an hour ago."""
        with self.database.writing() as session:
            session.execute(
                text("update meeting set starts_at = :then where campaign_id = :campaign_id"),
                {
                    "then": (clock.now() - timedelta(hours=1)).strftime("%Y-%m-%d %H:%M:%S.%f"),
                    "campaign_id": campaign_id,
                },
            )

    def let_the_poll_be_in(self, days: int, whose: str) -> None:
        """Move the election of a candidate, for steps that the calendar opens."""
        with self.database.writing() as session:
            campaign = session.get_one(builders.Campaign, self.campaigns[whose])
            election = session.get_one(builders.Election, campaign.election_id)
            election.polling_day = clock.now().date() + timedelta(days=days)

    def a_candidate(self, language: str, name: str) -> str:
        """Plant one more campaign; give its short name."""
        with self.database.writing() as session:
            first = session.get_one(builders.Campaign, self.campaigns[language])
            campaign = builders.a_campaign(
                session,
                candidate=builders.a_person(session, name=name, language=language),
                organisation=session.get_one(builders.Organisation, first.organisation_id),
                election=session.get_one(builders.Election, first.election_id),
                district=session.get_one(builders.District, first.district_id),
                now=clock.now(),
            )
            key = f"{language}-{campaign.id}"
            self.campaigns[key], self.people[key] = campaign.id, campaign.candidate_id
        return key

    def a_coordinator(self, whose: str) -> int:
        """Plant a coordinator of a candidate's organisation."""
        with self.database.writing() as session:
            campaign = session.get_one(builders.Campaign, self.campaigns[whose])
            organisation = session.get_one(builders.Organisation, campaign.organisation_id)
            staff = builders.a_staff(session, organisation=organisation)
            give_second_factor(session.get_one(Person, staff.person_id))
            return staff.person_id


def a_world(database: Database, library: PackLibrary) -> World:
    """Plant a coalition in each language."""
    world = World(database=database, library=library)
    with database.writing() as session:
        _plant(session, world, "ru", RU, "Соседи", ("Тихая Гавань", "Берёзовая улица, дома 1–40"))
        _plant(session, world, "en", EN, "Good Neighbours", ("Elmbridge", "Birch Lane, Mill Road"))
    return world


def _plant(
    session: Any, world: World, language: str, pack_id: str, name: str, place: tuple[str, str]
) -> None:
    now = clock.now()
    coalition = builders.a_coalition(session, name=name, language=language)
    election = builders.an_election(
        session,
        coalition,
        pack_id=pack_id,
        polling_day=now.date() + timedelta(days=DAYS_AHEAD),
        published_on=now.date() - timedelta(days=2) if pack_id == RU else None,
        timezone="Europe/Moscow" if pack_id == RU else "Europe/London",
    )
    council, places = place
    election.name = f"{council} {election.polling_day.year}"
    district = builders.a_district(
        session, election, council=council, number="7", places_text=places
    )
    names = ("Двор и город", "Чистый лист") if language == "ru" else ("Oak Street", "Riverside")
    organisation, _ = [builders.an_organisation(session, coalition, name=one) for one in names]
    candidate = builders.a_person(
        session, name="Вера Лугова" if language == "ru" else "Ann Field", language=language
    )
    campaign = builders.a_campaign(
        session,
        candidate=candidate,
        organisation=organisation,
        election=election,
        district=district,
        now=now,
    )
    world.campaigns[language], world.people[language] = campaign.id, candidate.id
    for role in (Role.COORDINATOR, Role.CHIEF):
        person = builders.a_person(
            session,
            name=f"{role.value.title()} {language}",
            email=f"{language}-{role.value}@example.org",
            password=builders.PASSWORD,
            language=language,
        )
        give_second_factor(person)
        scope = {"organisation": organisation} if role is Role.COORDINATOR else {}
        builders.a_staff(session, role=role, person=person, coalition=coalition, **scope)
        world.people[f"{language}-{role.value}"] = person.id
        world.logins[f"{language}-{role.value}"] = person.email


def give_second_factor(person: Person) -> None:
    """Give somebody the authenticator that ``code_now`` plays, as their role demands."""
    seal = Seal.from_secret(SECRET_KEY)
    person.totp_secret, person.totp_confirmed_at = seal.close(SECRET), clock.now()


def code_now() -> str:
    """Give what an authenticator shows now."""
    return pyotp.TOTP(SECRET).at(clock.now())


def sign_in(page: Page, login: str) -> None:
    """Sign in with the password, and with the second step where it is asked for."""
    page.goto("/sign-in")
    page.fill("[name=login]", login)
    page.fill("[name=password]", builders.PASSWORD)
    submit(page, "main form [type=submit]")
    if page.locator("[name=code]").count():
        page.fill("[name=code]", code_now())
        submit(page, "main form [type=submit]")


def a_jpeg(words: str = "scan") -> dict[str, Any]:
    """Give a photo of a sheet, as a file to choose."""
    return _picture(words, "JPEG", "image/jpeg", "jpg")


def a_pdf(words: str = "scan") -> dict[str, Any]:
    """Give a scanned sheet as a PDF, as a file to choose."""
    return _picture(words, "PDF", "application/pdf", "pdf")


def _picture(words: str, kind: str, media_type: str, ending: str) -> dict[str, Any]:
    picture = Image.new("RGB", (800, 1100), "white")
    ImageDraw.Draw(picture).text((60, 60), words, fill="black")
    written = BytesIO()
    picture.save(written, kind)
    return {"name": f"{words}.{ending}", "mimeType": media_type, "buffer": written.getvalue()}


def choose(page: Page, field: str, value: str) -> None:
    """Answer a question of a step's form: a choice, a list or a text."""
    radio = page.locator(f"input[type=radio][name='a-{field}'][value='{value}']")
    if radio.count():
        radio.check()
        return
    element = page.locator(f"[name='a-{field}']")
    if element.evaluate("e => e.tagName") == "SELECT":
        element.select_option(value)
    else:
        element.fill(value)


def answer(page: Page, **answers: str) -> None:
    """Answer several questions."""
    for field_name, value in answers.items():
        choose(page, field_name, value)


def send_form(page: Page) -> None:
    """Press the button that sends the step's form."""
    submit(page, "#work-form button[value=send]")


def submit(page: Page, button: str) -> None:
    """Press a button and wait for the page it leads to, lest the old one is worked on."""
    with page.expect_navigation():
        page.locator(button).first.click()


def said(page: Page) -> str:
    """Give what the page tells after an action, with plain spaces."""
    return " ".join(page.locator("main").inner_text().split())
