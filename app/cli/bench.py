"""``mandat bench``: the figures of the issues beside their targets."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from sqlalchemy import event

from app import clock
from app.access import Viewer
from app.accounts.sign_in_queries import grants_of
from app.cli.bench_empty import EMPTY_PAGE
from app.cli.bench_world import Bench, Taken, measure_page, planted
from app.cli.league_figures import earn, plant_large_league, rivals
from app.cli.packet_figures import packet_s
from app.cli.signature_figures import bench_sheet, choice_ms
from app.cli.work_figures import (
    flyer_sheet,
    form_sheet,
    photo_flyer,
    push_ms,
    render_s,
    webhook_ms,
)
from app.cli.worker_figures import many_packets
from app.demo import Size
from app.sealing import Seal
from app.web.assets import DIST
from documents.flyers.views import FlyerTools
from documents.signatures.desk import SignaturesDesk
from documents.signatures.pack import PackSignatures
from fundraising.gateways.protocol import Gateways
from quests.dispatch.queries import campaign_lines, standings
from quests.ranking.pack import PointBook

KILOBYTE = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured figure; ``target`` is the most it may be, None where the issue names none."""

    name: str
    value: float
    """The median of all rounds."""
    unit: str
    target: float | None
    best: float | None = None
    """The best round: what the work costs while nobody else wants the machine."""


@click.command()
@click.argument("names", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def bench(names: tuple[str, ...], as_json: bool) -> None:
    """Measure and print figures; NAMES narrows them to those that contain one of the words."""
    figures = measure(lambda name: not names or any(word in name for word in names))
    if as_json:
        click.echo(json.dumps([asdict(figure) for figure in figures], indent=1))
        return
    # Each line as soon as it is measured: all of them take minutes.
    click.echo(f"{'figure':<44} {'median':>10} {'best':>10} {'target':>10}  unit")
    for figure in figures:
        target = "" if figure.target is None else f"{figure.target:g}"
        best = "" if figure.best is None else f"{figure.best:.2f}"
        click.echo(
            f"{figure.name:<44} {figure.value:>10.2f} {best:>10} {target:>10}"
            f"  {figure.unit}{_mark(figure)}"
        )


def _mark(figure: Figure) -> str:
    if figure.target is None or figure.value <= figure.target:
        return ""
    return "  over at times" if (figure.best or figure.value) <= figure.target else "  over"


Wanted = Callable[[str], bool]

# Name, who looks, address, target in milliseconds of CPU.
CPU = (
    ("empty_page_cpu", "candidate", EMPTY_PAGE, None),
    ("empty_page_cpu_visitor", "visitor", EMPTY_PAGE, None),
    ("route_page_cpu", "candidate", "{route}", 5.0),
    ("step_page_cpu", "candidate", "{step}", None),
    ("queue_page_cpu_5000_waiting", "chief", "/desk/queue", 6.0),
    ("campaigns_page_cpu_5200_campaigns", "chief", "/desk/campaigns", None),
    ("interview_page_cpu", "candidate", "{interview}", 5.0),
    ("papers_page_cpu", "candidate", "{papers}", None),
    ("clerk_page_cpu", "candidate", "{clerk}", None),
    ("signatures_page_cpu", "candidate", "{signatures}", None),
    ("papers_desk_cpu_5200_campaigns", "chief", "/desk/papers", 40.0),
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
    ("signature_sheet_render", "s", 0.1),
    ("packet_of_12_cpu", "s", 3.0),
    ("sheets_chosen_of_40", "ms", None),
    ("sheets_chosen_of_9000", "ms", None),
    ("flyer_render", "s", 0.6),
    ("flyer_photo_render", "s", 0.6),
)
PACKETS, NIGHT = 40, 800
RECKONED = f"packets_{NIGHT}_reckoned_from_{PACKETS}"
PACKET_MB = tuple(
    f"worker_mb_{which}_of_{PACKETS}" for which in ("first_tenth", "last_tenth", "most")
)
RECKONED_TARGET_MIN, PACKET_TARGET_MB = 25.0, 300.0
LEAGUE = (
    ("league_page_cpu_1m_entries", "/league"),
    ("league_coalition_cpu_1m_entries", "/league?scope=coalition"),
    ("league_clubs_cpu_1m_entries", "/league?scope=organisations"),
)
LEAGUE_CHANGED = "league_first_after_change_cpu"
LEAGUE_TARGET_MS, LEAGUE_CAMPAIGNS, LEAGUE_LINES = 4.0, 10_000, 100
BOARD = 812
ROUTES = ((BOARD, 150.0), (10_000, 1_500.0))
LARGE = Size(reviews_waiting=5_000, campaigns=5_200)


def measure(wanted: Wanted) -> Iterator[Figure]:
    """Plant what is needed and give each wanted figure."""
    for name, asset, target in FRONT_END:
        if wanted(name):
            yield Figure(name=name, value=_built_kb(asset), unit="KB gzip", target=target)
    if any(wanted(row[0]) for row in (*CPU, *QUERIES, *WEIGHTS)):
        with planted(LARGE) as world:
            yield from _pages(world, wanted)
    league = any(wanted(name) for name in (LEAGUE_CHANGED, *(row[0] for row in LEAGUE)))
    packets = any(wanted(name) for name in (RECKONED, *PACKET_MB))
    if league or packets or any(wanted(row[0]) for row in WORK):
        with planted(Size(campaigns=60, reviews_waiting=10)) as world:
            yield from _work(world, wanted)
            if packets:
                yield from _packets(world)
            if league:
                yield from _league(world, wanted)
    for campaigns, limit in ROUTES:
        yield from _coalition(campaigns, limit, wanted)


def _coalition(campaigns: int, limit: float, wanted: Wanted) -> Iterator[Figure]:
    """Give what is measured on a coalition of so many campaigns of one pack."""
    routes = f"routes_{campaigns}_cpu"
    beside = ("dispatch_812_cpu", "migrate", "plant") if campaigns == BOARD else ()
    if not any(wanted(name) for name in (routes, *beside)):
        return
    with planted(Size(campaigns=campaigns, english_campaigns=0)) as world:
        if wanted(routes):
            yield _figure(routes, _routes(world), limit)
        if "dispatch_812_cpu" in beside and wanted("dispatch_812_cpu"):
            yield _figure("dispatch_812_cpu", measure_page(world, "chief", "/desk"), 40.0)
        if "migrate" in beside and wanted("migrate"):
            yield Figure(name="migrate", value=world.migrate_s, unit="s", target=None)
        if "plant" in beside and wanted("plant"):
            yield Figure(name="plant", value=world.plant_s, unit="s", target=60)


def _figure(name: str, taken: Taken, target: float | None, unit: str = "ms") -> Figure:
    return Figure(name=name, value=taken.median, best=taken.best, unit=unit, target=target)


def _pages(world: Bench, wanted: Wanted) -> Iterator[Figure]:
    for name, who, address, target in CPU:
        if wanted(name):
            yield _figure(name, measure_page(world, who, address), target)
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
            yield _figure(name, Taken.of(_work_rounds(world, name)), target, unit)


def _packets(world: Bench) -> Iterator[Figure]:
    """Give all figures of packet after packet: they come of one run."""
    with world.database.reading() as session:
        sheet = form_sheet(session, world.part(Seal), world.campaign_id)
    made = many_packets(world.database, world.settings, world.campaign_id, sheet, count=PACKETS)
    rate = Taken(median=made.minutes(NIGHT), best=made.least_minutes(NIGHT))
    yield _figure(RECKONED, rate, RECKONED_TARGET_MIN, "min")
    for name, memory in zip(PACKET_MB, (made.first_mb, made.last_mb, made.most_mb), strict=True):
        yield Figure(name=name, value=memory, unit="MB", target=PACKET_TARGET_MB)


def _league(world: Bench, wanted: Wanted) -> Iterator[Figure]:
    with world.database.writing() as session:
        large = plant_large_league(
            session,
            campaigns=LEAGUE_CAMPAIGNS,
            lines_each=LEAGUE_LINES,
            pack_id=world.pack_id,
            now=clock.now(),
        )
    here = replace(world, people={**world.people, "runner": large.person_id})
    for name, address in LEAGUE:
        if wanted(name):
            yield _figure(name, measure_page(here, "runner", address), LEAGUE_TARGET_MS)
    if wanted(LEAGUE_CHANGED):
        changes = iter(rivals(large))

        def change() -> None:
            with here.database.writing() as session:
                earn(session, here.part(PointBook), next(changes), now=clock.now())

        first = measure_page(here, "runner", LEAGUE[0][1], before=change)
        yield _figure(LEAGUE_CHANGED, first, LEAGUE_TARGET_MS)


def _work_rounds(world: Bench, name: str) -> Sequence[float]:
    campaign, person = world.campaign_id, world.people["candidate"]
    if name == "push_100_visits_cpu":
        world.sign_in("candidate")
    if name == "flyer_photo_render":
        return render_s(*photo_flyer(world.part(FlyerTools).packs[world.pack_id]))
    with world.database.reading() as session:
        viewer = Viewer(person_id=person, grants=grants_of(session, person))
        match name:
            case "webhook_cpu":
                return webhook_ms(world.client, session, world.part(Gateways))
            case "push_100_visits_cpu":
                return push_ms(world.client, session, campaign)
            case "form_render":
                return render_s(form_sheet(session, world.part(Seal), campaign), {})
            case "signature_sheet_render":
                return render_s(bench_sheet(_signatures(world), 1), {})
            case "packet_of_12_cpu":
                with TemporaryDirectory() as folder:
                    return packet_s(form_sheet(session, world.part(Seal), campaign), Path(folder))
            case "sheets_chosen_of_40":
                return choice_ms(_signatures(world), 40)
            case "sheets_chosen_of_9000":
                return choice_ms(_signatures(world), 9_000)
    with world.database.writing() as session:
        packs = world.part(FlyerTools).packs
        sheet = flyer_sheet(session, world.part(Seal), packs, viewer, campaign, world.pack_id)
    return render_s(sheet, {})


def _signatures(world: Bench) -> PackSignatures:
    return world.part(SignaturesDesk).signatures(world.pack_id)


def _routes(world: Bench) -> Taken:
    """Measure facts and rules of every campaign of a coalition: milliseconds of CPU."""
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
    return Taken.of(taken)


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
