"""The planted program that ``mandat bench`` measures, and how a page of it is measured."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from statistics import median
from typing import TypeVar

import click
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.access import Role
from app.accounts.commands.sessions import start_session
from app.accounts.models import Campaign, Person, Staff
from app.cli.bench_empty import add_empty_page
from app.cli.surroundings import Progress
from app.config import Settings
from app.db import Database
from app.demo import Size, plant
from app.lasting import leave_to_itself
from app.main import create_app
from app.migration import migrate
from app.web.kernel import EXTENSION
from quests.route.library import PackLibrary

ROUNDS = 150
WARM_UP = 5
FEWEST_ROUNDS = 5
LONGEST_S = 6.0
"""A page as slow as this many seconds in all is not asked for every round."""
Part = TypeVar("Part")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What the rounds of one thing took."""

    median: float
    best: float

    @classmethod
    def of(cls, rounds: Sequence[float]) -> Taken:
        """Give both figures of some rounds."""
        return cls(median=median(rounds), best=min(rounds))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """A planted program to measure."""

    settings: Settings
    database: Database
    library: PackLibrary
    parts: Mapping[type, object]
    campaign_id: int
    pack_id: str
    client: FlaskClient
    people: Mapping[str, int]
    addresses: Mapping[str, str]
    migrate_s: float
    plant_s: float

    def part(self, kind: type[Part]) -> Part:
        """Give a part of the program."""
        found = self.parts[kind]
        assert isinstance(found, kind)
        return found

    def sign_in(self, who: str) -> None:
        """Make the client this person's browser, second factor passed; or a visitor's."""
        now, person_id = clock.now(), self.people.get(who)
        with self.client.session_transaction() as cookie:
            cookie.clear()
            cookie["language"] = "ru"
        if person_id is None:
            return
        with self.database.writing() as session:
            token = start_session(session, person_id, device="bench", now=now, second_factor_at=now)
        with self.client.session_transaction() as cookie:
            cookie["_user_id"] = token
            cookie["_fresh"] = True

    def page(self, who: str, address: str) -> bytes:
        """Sign in and give a page."""
        self.sign_in(who)
        return self.ask(address)

    def ask(self, address: str) -> bytes:
        """Give a page to whoever is signed in."""
        with self.client.get(address.format(**self.addresses)) as response:
            if response.status_code != HTTPStatus.OK:
                raise click.ClickException(f"{address} answered {response.status_code}")
            return response.get_data()


@contextmanager
def planted(size: Size) -> Iterator[Bench]:
    """Plant a demo of this size in a throw-away folder."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.for_tests(Path(folder))
        app = create_app(settings)
        add_empty_page(app)
        database: Database = app.extensions[EXTENSION].database
        began = time.perf_counter()
        migrate(database)
        migrated = time.perf_counter()
        plant(database, settings, now=clock.now(), progress=Progress(), size=size)
        finished = time.perf_counter()
        with database.reading() as session:
            chief = session.scalars(
                select(Staff.person_id).where(Staff.role == Role.CHIEF.value).order_by(Staff.id)
            ).first()
            person, campaign = session.execute(
                select(Person.id, Campaign.id)
                .join(Campaign, Campaign.candidate_id == Person.id)
                .where(Person.login == "middle@example.org")
            ).one()
        assert chief is not None
        # As a web process does when it starts.
        leave_to_itself()
        yield Bench(
            settings=settings,
            database=database,
            library=app.extensions[EXTENSION].parts[PackLibrary],
            parts=app.extensions[EXTENSION].parts,
            campaign_id=campaign,
            pack_id="ru-spb-municipal",
            client=app.test_client(),
            people={"candidate": person, "chief": chief},
            addresses={
                "route": f"/campaigns/{campaign}/route",
                "step": f"/campaigns/{campaign}/steps/a1_can_i",
                "interview": f"/campaigns/{campaign}/documents/consent/questions/where",
                "papers": f"/campaigns/{campaign}/documents",
                "clerk": f"/campaigns/{campaign}/clerk",
                "signatures": f"/campaigns/{campaign}/signatures",
            },
            migrate_s=migrated - began,
            plant_s=finished - migrated,
        )
        database.dispose()


def measure_page(
    world: Bench, who: str, address: str, *, before: Callable[[], None] = lambda: None
) -> Taken:
    """Measure one request, whole WSGI stack, in this process: milliseconds of CPU.

    ``before`` runs before each request and is not measured.
    """
    world.sign_in(who)
    taken = []
    spent_in_all = 0.0
    for round_number in range(WARM_UP + ROUNDS):
        before()
        began = time.process_time()
        world.ask(address)
        spent = time.process_time() - began
        if round_number >= WARM_UP:
            taken.append(spent * 1000)
        spent_in_all += spent
        if spent_in_all > LONGEST_S and len(taken) >= FEWEST_ROUNDS:
            break
    return Taken.of(taken)
