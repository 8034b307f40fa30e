"""The whole program with one coalition in it, and browsers for its people."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from flask import Flask
from sqlalchemy import delete, event
from sqlalchemy.orm import Session

from app import clock
from app.access import Role
from app.accounts.rules.elections import day_there
from app.db import Database
from app.web.kernel import EXTENSION
from quests.evidence.models import Evidence
from quests.route.library import PackLibrary
from tests import builders
from tests.conftest import WHOLE
from tests.page import CheckingClient, client_of
from tests.proved_elsewhere import make_true, put_on_its_page

RU, EN = "ru-spb-municipal", "gb-eng-local"
ZONES = {RU: "Asia/Vladivostok", EN: "Europe/London"}
"""Far from the zone of the machine on purpose: a day of the election is the day it is there."""


@dataclass(slots=True, kw_only=True)
class Portal:
    """People by name, campaigns by their candidate's name."""

    app: Flask
    database: Database
    library: PackLibrary
    pack_id: str
    now: datetime
    people: dict[str, int] = field(default_factory=dict)
    campaigns: dict[str, int] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day it is where the election is held."""
        return day_there(self.now, ZONES[self.pack_id])

    def browser(self, who: str | None, language: str = "en") -> CheckingClient:
        """Give somebody's browser; a visitor's for None."""
        client = client_of(self.app)
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
        with client.session_transaction() as cookie:
            cookie["language"] = language
            if who is not None:
                with self.database.writing() as session:
                    cookie["_user_id"] = builders.a_session_token(
                        session, self.people[who], now=self.now
                    )
        return client

    def at(self, path: str, who: str = "anna") -> str:
        """Give an address inside a candidate's campaign."""
        return f"/campaigns/{self.campaigns[who]}/{path}"

    def prove(self, keys: Collection[str], who: str = "anna", *, state: str = "accepted") -> None:
        """Complete (or return, or hand in) all evidence of these steps."""
        with self.database.writing() as session:
            for key in keys:
                prove(session, self.library, self.pack_id, self.campaigns[who], key, state=state)


def prove(
    session: Session,
    library: PackLibrary,
    pack_id: str,
    campaign_id: int,
    key: str,
    *,
    state: str = "accepted",
) -> None:
    """Put every piece of a step's evidence into a state.

    What another screen proves is either made there or not: it is made with what is accepted.
    """
    prove_on_its_page(session, library, pack_id, campaign_id, key, state=state)
    if state == "accepted":
        step = library[pack_id].step_by_key[key]
        make_true(session, campaign_id, [step], now=clock.now())


def prove_on_its_page(
    session: Session,
    library: PackLibrary,
    pack_id: str,
    campaign_id: int,
    key: str,
    *,
    state: str = "accepted",
) -> None:
    """Put into a state what is given on the step's own page."""
    step, now = library[pack_id].step_by_key[key], clock.now()
    session.execute(
        delete(Evidence).where(Evidence.campaign_id == campaign_id, Evidence.step_key == key)
    )
    note = "Sign the second page." if state == "returned" else None
    put_on_its_page(session, campaign_id, step, now=now, state=state, note=note)


def a_portal(
    app: Flask,
    library: PackLibrary,
    *,
    pack_id: str = RU,
    days: int = 80,
    published: bool = True,
) -> Portal:
    """Plant a coalition whose polling day is ``days`` away."""
    now = clock.now()
    portal = Portal(
        app=app,
        database=app.extensions[EXTENSION].database.reaching(WHOLE),
        library=library,
        pack_id=pack_id,
        now=now,
    )
    with portal.database.writing() as session:
        _plant(session, portal, days, published=published)
    return portal


def _plant(session: Session, portal: Portal, days: int, *, published: bool) -> None:
    coalition = builders.a_coalition(session)
    today = portal.today
    election = builders.an_election(
        session,
        coalition,
        pack_id=portal.pack_id,
        polling_day=today + timedelta(days=days),
        published_on=today - timedelta(days=3) if published else None,
        timezone=ZONES[portal.pack_id],
    )
    first = builders.an_organisation(session, coalition, name="First")
    second = builders.an_organisation(session, coalition, name="Second")
    for name, organisation in (("anna", first), ("pavel", second)):
        person = builders.a_person(session, name=name.title())
        campaign = builders.a_campaign(
            session,
            candidate=person,
            organisation=organisation,
            election=election,
            now=portal.now,
        )
        portal.campaigns[name] = campaign.id
        portal.people[name] = person.id
        if name == "anna":
            lead = builders.a_member(session, campaign, role=Role.CANVASSER)
            portal.people["canvasser"] = lead.person_id
            lawyer = builders.an_assignment(session, campaign)
            portal.people["lawyer"] = lawyer.person_id
    vera = builders.a_person(session, name="Vera")
    builders.a_staff(session, organisation=first, person=vera)
    boris = builders.a_person(session, name="Boris")
    builders.a_staff(session, organisation=second, person=boris)
    chief = builders.a_staff(session, coalition=coalition, role=Role.CHIEF)
    stranger = builders.a_staff(session)
    portal.people |= {
        "vera": vera.id,
        "boris": boris.id,
        "chief": chief.person_id,
        "stranger": stranger.person_id,
    }


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Collect the statements that reading sends to the database."""
    seen: list[str] = []

    def note(*args: object) -> None:
        seen.append(str(args[2]))

    # On PostgreSQL the reading engine is the writing one with options, and hears its events too.
    engines = {database.write_engine}
    if database.is_sqlite:
        engines.add(database.read_engine)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
