"""A program with accounts and nothing above them, and people who use it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app import clock
from app.access import Public, Role
from app.accounts.loader import SessionLoader
from app.accounts.views import section as accounts
from app.config import Settings, secret_key
from app.db import Database
from app.mail.letters import letters_hook
from app.mail.models import StoredLetter
from app.sealing import Seal
from app.ui.gallery import section as gallery
from app.web.kernel import Kernel
from app.web.program import assemble
from app.web.routing import Section
from app.web.shell import section as shell
from tests.builders import (
    PASSWORD,
    a_campaign,
    a_coalition,
    a_district,
    a_member,
    a_person,
    a_session_token,
    a_staff,
    an_election,
    an_organisation,
)
from tests.conftest import WHOLE
from tests.engines import warm
from tests.page import CheckingClient, Page, client_of


@dataclass(slots=True, kw_only=True)
class World:
    """The program with a small coalition in it."""

    app: Flask
    database: Database
    ids: dict[str, int] = field(default_factory=dict)

    def visitor(self) -> CheckingClient:
        """Give a browser nobody is signed in with, reading English."""
        client = client_of(self.app)
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
        return client

    def browser_of(self, who: str, *, second_factor: bool = True) -> CheckingClient:
        """Give a browser in which the person is signed in."""
        with self.database.writing() as session:
            token = a_session_token(
                session, self.ids[who], now=clock.now(), second_factor=second_factor
            )
        client = self.visitor()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = token
        return client

    def letters_to(self, address: str) -> list[str]:
        """Give the texts of the letters to an address, oldest first."""
        with self.database.reading() as session:
            return list(
                session.scalars(
                    select(StoredLetter.text)
                    .where(StoredLetter.to_address == address)
                    .order_by(StoredLetter.id)
                )
            )

    def link_in_last_letter(self, address: str) -> str:
        """Give the path of the link in the last letter to an address."""
        text = self.letters_to(address)[-1]
        url = next(word for word in text.split() if word.startswith("http://localhost/"))
        return url.removeprefix("http://localhost")


@pytest.fixture
def world(settings: Settings) -> Iterator[World]:
    """A coalition with two organisations, a chief, two coordinators and two campaigns."""
    database = warm(Database(settings.resolved_database_url))
    database.before_commit.append(letters_hook(settings.base_url))
    kernel = Kernel(settings=settings, database=database, load_viewer=SessionLoader(database))
    app = assemble(
        kernel,
        [shell, gallery, accounts, _home()],
        parts=(Seal.from_secret(secret_key(settings)),),
    )
    found = World(app=app, database=database.reaching(WHOLE))
    _plant(found, clock.now())
    yield found
    database.dispose()


def _home() -> Section:
    section = Section("home", __name__)

    @section.get("/", access=Public(because="a stand-in for the landing page"))
    def home() -> str:
        return "<!doctype html><html lang='en'><title>Home</title><main><h1>Home</h1></main></html>"

    return section


def _plant(world: World, now: datetime) -> None:
    with world.database.writing() as session:
        coalition = a_coalition(session, name="Good Neighbours")
        election = an_election(
            session, coalition, polling_day=now.date() + timedelta(days=90), published_on=None
        )
        first = an_organisation(session, coalition, name="First Circle")
        second = an_organisation(session, coalition, name="Second Circle")
        district = a_district(
            session, election, number="7", places_text="Берёзовая улица, дома 1–9"
        )
        campaigns = {
            "own": a_campaign(session, organisation=first, election=election, now=now),
            "sibling": a_campaign(session, organisation=first, election=election, now=now),
            "other": a_campaign(session, organisation=second, election=election, now=now),
            "applied": a_campaign(
                session, organisation=first, election=election, state="applied", now=now
            ),
            "foreign": a_campaign(session, now=now),
        }
        people = {
            "chief": a_staff(session, role=Role.CHIEF, coalition=coalition).person_id,
            "coordinator": a_staff(session, organisation=first).person_id,
            "second_coordinator": a_staff(session, organisation=second).person_id,
            "lawyer": a_staff(session, role=Role.LAWYER, organisation=first).person_id,
            "manager": a_member(session, campaigns["own"], role=Role.MANAGER).person_id,
            "canvasser": a_member(session, campaigns["own"], role=Role.CANVASSER).person_id,
            "press": a_member(session, campaigns["own"], role=Role.PRESS).person_id,
            "known": a_person(session, email="known@example.org", password=PASSWORD).id,
        }
        world.ids |= {f"{name}_campaign": row.id for name, row in campaigns.items()}
        world.ids |= {
            "candidate": campaigns["own"].candidate_id,
            "applicant": campaigns["applied"].candidate_id,
            "coalition": coalition.id,
            "election": election.id,
            "district": district.id,
            "first": first.id,
            "second": second.id,
            **people,
        }


def refusal(page: Page, field: str) -> str:
    """Give what is said to be wrong beside a field, "" when nothing is."""
    element = page.soup.find(id=f"{field}-error")
    return element.get_text(" ") if element else ""
