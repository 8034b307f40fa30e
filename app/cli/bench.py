"""``mandat bench``: the figures of the issues beside their targets."""

from __future__ import annotations

import gzip
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import click
from flask.testing import FlaskClient
from sqlalchemy import event, select

from app import clock
from app.access import Role, Viewer
from app.accounts.commands.sessions import start_session
from app.accounts.models import Campaign, Person, Staff
from app.accounts.sign_in_queries import grants_of
from app.cli.surroundings import Progress
from app.config import Settings
from app.db import Database
from app.demo import Size, plant
from app.main import create_app
from app.migration import migrate
from app.web.assets import DIST
from app.web.kernel import EXTENSION
from quests.dispatch.queries import campaign_lines, standings
from quests.route.library import PackLibrary

ROUNDS = 40
WARM_UP = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured figure; ``target`` is the most it may be, None where the issue names none."""

    name: str
    value: float
    unit: str
    target: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """A planted program to measure."""

    database: Database
    library: PackLibrary
    client: FlaskClient
    candidate_campaign: int
    candidate: int
    chief: int

    def sign_in(self, person_id: int) -> None:
        """Make the client this person's browser, second factor passed."""
        now = clock.now()
        with self.database.writing() as session:
            token = start_session(session, person_id, device="bench", now=now, second_factor_at=now)
        with self.client.session_transaction() as cookie:
            cookie.clear()
            cookie["_user_id"] = token
            cookie["_fresh"] = True
            cookie["language"] = "ru"


@click.command()
@click.argument("names", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def bench(names: tuple[str, ...], as_json: bool) -> None:
    """Measure and print figures; NAMES narrows them to those that contain one of the words."""
    figures = list(measure(lambda name: not names or any(word in name for word in names)))
    if as_json:
        click.echo(json.dumps([asdict(figure) for figure in figures], indent=1))
        return
    click.echo(f"{'figure':<44} {'measured':>10} {'target':>10}  unit")
    for figure in figures:
        target = "" if figure.target is None else f"{figure.target:g}"
        mark = "" if figure.target is None or figure.value <= figure.target else "  over"
        click.echo(f"{figure.name:<44} {figure.value:>10.2f} {target:>10}  {figure.unit}{mark}")


def measure(wanted: Callable[[str], bool]) -> Iterator[Figure]:
    """Plant what is needed and give each wanted figure."""
    pages = ("route_page_cpu", "queue_page_cpu", "routes_812_cpu", "queries", "weight")
    if any(wanted(name) for name in pages):
        with planted(Size(reviews_waiting=5_000, campaigns=5_200)) as world:
            if wanted("route_page_cpu"):
                world.sign_in(world.candidate)
                path = f"/campaigns/{world.candidate_campaign}/route"
                yield Figure(
                    name="route_page_cpu", value=_page_ms(world, path), unit="ms", target=5
                )
            if wanted("queue_page_cpu"):
                world.sign_in(world.chief)
                yield Figure(
                    name="queue_page_cpu_5000_waiting",
                    value=_page_ms(world, "/desk/queue"),
                    unit="ms",
                    target=6,
                )
            if wanted("queries"):
                yield from _query_counts(world)
            if wanted("weight"):
                yield from _weights(world)
    for campaigns, target in ((812, 150), (10_000, 1_500)):
        name = f"routes_{campaigns}_cpu"
        if wanted(name):
            with planted(Size(campaigns=campaigns, english_campaigns=0)) as world:
                yield Figure(name=name, value=_routes_ms(world), unit="ms", target=target)


@contextmanager
def planted(size: Size) -> Iterator[Bench]:
    """Plant a demo of this size in a throw-away folder."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.for_tests(Path(folder))
        app = create_app(settings)
        database: Database = app.extensions[EXTENSION].database
        migrate(database)
        plant(database, settings, now=clock.now(), progress=Progress(), size=size)
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
        yield Bench(
            database=database,
            library=app.extensions[EXTENSION].parts[PackLibrary],
            client=app.test_client(),
            candidate_campaign=campaign,
            candidate=person,
            chief=chief,
        )
        database.dispose()


def _page_ms(world: Bench, path: str) -> float:
    """Give the median CPU milliseconds of one request, whole WSGI stack, in this process."""
    taken = []
    for round_number in range(WARM_UP + ROUNDS):
        began = time.process_time()
        response = world.client.get(path)
        spent = time.process_time() - began
        assert response.status_code == 200, (path, response.status_code)
        response.close()
        if round_number >= WARM_UP:
            taken.append(spent * 1000)
    return median(taken)


def _routes_ms(world: Bench) -> float:
    """Give the median CPU milliseconds for facts and rules of every campaign of a coalition."""
    now = clock.now()
    taken = []
    with world.database.reading() as session:
        viewer = Viewer(person_id=world.chief, grants=grants_of(session, world.chief))
    for round_number in range(6):
        with world.database.reading() as session:
            lines = campaign_lines(session, viewer)
            began = time.process_time()
            standings(session, world.library, lines, now=now)
            spent = time.process_time() - began
        if round_number:
            taken.append(spent * 1000)
    return median(taken)


def _query_counts(world: Bench) -> Iterator[Figure]:
    counted = {"n": 0}

    def count(*_: object) -> None:
        counted["n"] += 1

    event.listen(world.database.read_engine, "before_cursor_execute", count)
    for name, person, path in (
        ("queries_route_page", world.candidate, f"/campaigns/{world.candidate_campaign}/route"),
        ("queries_queue_page", world.chief, "/desk/queue"),
        ("queries_campaigns_page", world.chief, "/desk/campaigns"),
    ):
        world.sign_in(person)
        world.client.get(path).close()
        counted["n"] = 0
        world.client.get(path).close()
        yield Figure(name=name, value=counted["n"], unit="queries", target=None)


def _weights(world: Bench) -> Iterator[Figure]:
    world.sign_in(world.candidate)
    for name, path in (
        ("weight_route_html", f"/campaigns/{world.candidate_campaign}/route"),
        ("weight_landing_html", "/language/ru"),
    ):
        response = world.client.get(path, follow_redirects=True)
        size = len(gzip.compress(response.get_data())) / 1024
        yield Figure(name=name, value=size, unit="KB gzip", target=30)
    for name, folder, target in (("weight_css", "css", 25), ("weight_script", "js", 25)):
        files = [path for path in (DIST / folder).rglob("*") if path.suffix in (".css", ".js")]
        size = sum(len(gzip.compress(path.read_bytes())) for path in files) / 1024
        yield Figure(name=name, value=size, unit="KB gzip", target=target)
