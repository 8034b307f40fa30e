"""``mandat bench``: the figures of the issues beside their targets."""

from __future__ import annotations

import gzip
import json
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from http import HTTPStatus
from pathlib import Path
from statistics import median
from typing import TypeVar

import click
from flask.testing import FlaskClient
from sqlalchemy import event, select

from app import clock
from app.access import Role, Viewer
from app.accounts.commands.sessions import start_session
from app.accounts.models import Campaign, Person, Staff
from app.accounts.sign_in_queries import grants_of
from app.cli.league_figures import plant_large_league
from app.cli.surroundings import Progress
from app.cli.work_figures import flyer_sheet, form_sheet, push_ms, render_s, webhook_ms
from app.config import Settings
from app.db import Database
from app.demo import Size, plant
from app.main import create_app
from app.migration import migrate
from app.sealing import Seal
from app.web.assets import DIST
from app.web.kernel import EXTENSION
from documents.flyers.views import FlyerTools
from fundraising.gateways.protocol import Gateways
from quests.dispatch.queries import campaign_lines, standings
from quests.route.library import PackLibrary

ROUNDS = 60
WARM_UP = 5
FEWEST_ROUNDS = 5
LONGEST_S = 6.0
"""A page as slow as this many seconds in all is not asked for every round."""
KILOBYTE = 1024
Part = TypeVar("Part")


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


Wanted = Callable[[str], bool]

# Name, who looks, address, target in milliseconds of CPU.
CPU = (
    ("route_page_cpu", "candidate", "{route}", 5.0),
    ("step_page_cpu", "candidate", "{step}", None),
    ("queue_page_cpu_5000_waiting", "chief", "/desk/queue", 6.0),
    ("campaigns_page_cpu_5200_campaigns", "chief", "/desk/campaigns", None),
    ("interview_page_cpu", "candidate", "{interview}", 5.0),
    ("support_page_cpu", "visitor", "/support/demo", 3.0),
)
QUERIES = (
    ("queries_route_page", "candidate", "{route}"),
    ("queries_step_page", "candidate", "{step}"),
    ("queries_queue_page", "chief", "/desk/queue"),
    ("queries_campaigns_page", "chief", "/desk/campaigns"),
)
WEIGHTS = (
    ("weight_landing_html", "visitor", "/", 30.0),
    ("weight_route_html", "candidate", "{route}", 30.0),
    ("weight_step_html", "candidate", "{step}", 30.0),
    ("weight_queue_html", "chief", "/desk/queue", 30.0),
)
FRONT_END = (("weight_css", "css/site.css", 25.0), ("weight_script", "js/site.js", 25.0))
WORK = (
    ("webhook_cpu", "ms", 10.0),
    ("push_100_visits_cpu", "ms", 60.0),
    ("form_render", "s", 0.25),
    ("flyer_render", "s", 0.6),
)
LEAGUE = ("league_page_cpu_1m_entries", 4.0, 10_000, 100)
ROUTES = ((812, 150.0), (10_000, 1_500.0))
LARGE = Size(reviews_waiting=5_000, campaigns=5_200)


def measure(wanted: Wanted) -> Iterator[Figure]:
    """Plant what is needed and give each wanted figure."""
    for name, asset, target in FRONT_END:
        if wanted(name):
            yield Figure(name=name, value=_built_kb(asset), unit="KB gzip", target=target)
    if any(wanted(row[0]) for row in (*CPU, *QUERIES, *WEIGHTS)):
        with planted(LARGE) as world:
            yield from _pages(world, wanted)
    if any(wanted(row[0]) for row in (*WORK, LEAGUE)):
        with planted(Size(campaigns=60, reviews_waiting=10)) as world:
            yield from _work(world, wanted)
    for campaigns, limit in ROUTES:
        name = f"routes_{campaigns}_cpu"
        starts = ("migrate", "plant", "dispatch_812_cpu") if campaigns == 812 else ()
        if wanted(name) or any(wanted(start) for start in starts):
            with planted(Size(campaigns=campaigns, english_campaigns=0)) as world:
                if wanted(name):
                    yield Figure(name=name, value=_routes_ms(world), unit="ms", target=limit)
                if "dispatch_812_cpu" in starts and wanted("dispatch_812_cpu"):
                    board = _page_ms(world, "chief", "/desk")
                    yield Figure(name="dispatch_812_cpu", value=board, unit="ms", target=40)
                if "migrate" in starts and wanted("migrate"):
                    yield Figure(name="migrate", value=world.migrate_s, unit="s", target=None)
                if "plant" in starts and wanted("plant"):
                    yield Figure(name="plant", value=world.plant_s, unit="s", target=60)


def _pages(world: Bench, wanted: Wanted) -> Iterator[Figure]:
    for name, who, address, target in CPU:
        if wanted(name):
            yield Figure(name=name, value=_page_ms(world, who, address), unit="ms", target=target)
    for name, who, address in QUERIES:
        if wanted(name):
            count = _query_count(world, who, address)
            yield Figure(name=name, value=count, unit="queries", target=None)
    for name, who, address, target in WEIGHTS:
        if wanted(name):
            size = len(gzip.compress(world.page(who, address))) / KILOBYTE
            yield Figure(name=name, value=size, unit="KB gzip", target=target)


def _work(world: Bench, wanted: Wanted) -> Iterator[Figure]:
    for name, unit, target in WORK:
        if wanted(name):
            yield Figure(name=name, value=_work_figure(world, name), unit=unit, target=target)
    name, limit, campaigns, lines_each = LEAGUE
    if wanted(name):
        with world.database.writing() as session:
            large = plant_large_league(
                session,
                campaigns=campaigns,
                lines_each=lines_each,
                pack_id=world.pack_id,
                now=clock.now(),
            )
        here = replace(world, people={**world.people, "runner": large.person_id})
        yield Figure(name=name, value=_page_ms(here, "runner", "/league"), unit="ms", target=limit)


def _work_figure(world: Bench, name: str) -> float:
    campaign, person = world.campaign_id, world.people["candidate"]
    if name == "push_100_visits_cpu":
        world.sign_in("candidate")
    with world.database.reading() as session:
        viewer = Viewer(person_id=person, grants=grants_of(session, person))
        match name:
            case "webhook_cpu":
                return webhook_ms(world.client, session, world.part(Gateways))
            case "push_100_visits_cpu":
                return push_ms(world.client, session, campaign)
            case "form_render":
                return render_s(form_sheet(session, world.part(Seal), campaign))
    with world.database.writing() as session:
        packs = world.part(FlyerTools).packs
        sheet = flyer_sheet(session, world.part(Seal), packs, viewer, campaign, world.pack_id)
    return render_s(sheet)


@contextmanager
def planted(size: Size) -> Iterator[Bench]:
    """Plant a demo of this size in a throw-away folder."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.for_tests(Path(folder))
        app = create_app(settings)
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
        yield Bench(
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
            },
            migrate_s=migrated - began,
            plant_s=finished - migrated,
        )
        database.dispose()


def _page_ms(world: Bench, who: str, address: str) -> float:
    """Give the median CPU milliseconds of one request, whole WSGI stack, in this process."""
    world.sign_in(who)
    taken = []
    spent_in_all = 0.0
    for round_number in range(WARM_UP + ROUNDS):
        began = time.process_time()
        world.ask(address)
        spent = time.process_time() - began
        if round_number >= WARM_UP:
            taken.append(spent * 1000)
        spent_in_all += spent
        if spent_in_all > LONGEST_S and len(taken) >= FEWEST_ROUNDS:
            break
    return median(taken)


def _routes_ms(world: Bench) -> float:
    """Give the median CPU milliseconds for facts and rules of every campaign of a coalition."""
    now = clock.now()
    taken = []
    chief = world.people["chief"]
    with world.database.reading() as session:
        viewer = Viewer(person_id=chief, grants=grants_of(session, chief))
    for round_number in range(6):
        with world.database.reading() as session:
            lines = campaign_lines(session, viewer)
            began = time.process_time()
            standings(session, world.library, lines, now=now)
            spent = time.process_time() - began
        if round_number:
            taken.append(spent * 1000)
    return median(taken)


def _query_count(world: Bench, who: str, address: str) -> int:
    """Give how many statements a page takes, those of the session's owner included."""
    world.page(who, address)
    asked: list[object] = []

    def note(*about: object) -> None:
        asked.append(about)

    engine = world.database.read_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        world.ask(address)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(asked)


def _built_kb(asset: str) -> float:
    """Give the weight of what every page loads; older builds lie beside it for a while."""
    built = json.loads((DIST / "manifest.json").read_bytes())[asset]
    return len(gzip.compress((DIST / built).read_bytes())) / KILOBYTE
