"""Checking a whole pack: its route, and what the other features read from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from app.packs import Pack, PackError, Problem, TomlFile, load_pack, read_toml
from canvassing.pack import load_doors
from documents.clerk.pack import load_all_clerks
from documents.flyers.pack import load_flyers
from documents.packets.pack import FILE as PACKETS_FILE
from documents.packets.pack import load_all_packets
from documents.paperwork.pack import load_all_documents
from documents.signatures.pack import FILE as SIGNATURES_FILE
from documents.signatures.pack import load_all_signatures, require_answers_known
from fundraising.pack import FUND_FILE, load_funds
from quests.ranking.pack import load_points
from quests.route.check import ROUTE_FILE, examine
from quests.route.checking.elsewhere import Offers, check_elsewhere
from quests.route.offers import offers_of
from quests.route.pack import RoutePack

IMPRINT_FILE = "imprint.toml"
Loaded = TypeVar("Loaded")


def check_whole_pack(folder: Path) -> list[Problem]:
    """Give everything wrong with the pack in a folder, in the order of files and lines."""
    route, problems = examine(folder)
    try:
        pack = load_pack(folder)
    except PackError:
        # Without a header no other file can be judged; the route's check has named what is wrong.
        return problems
    found = set(problems)
    offers = _read_all(pack, found)
    if route is not None:
        found.update(_step_problems(route))
        file = read_toml(folder, ROUTE_FILE, [])
        found.update(check_elsewhere(file, route.shape, offers))
    return sorted(found)


def _read_all(pack: Pack, found: set[Problem]) -> Offers:
    """Read what the features read, add what is wrong with it, and give what it can prove."""
    packs = {pack.id: pack}
    documents = _read(lambda: load_all_documents(packs), found)
    packets = None
    if documents is not None:
        packets = _read(lambda: load_all_packets(documents), found)
        _read(lambda: load_all_clerks(documents), found)
    signatures = _read(lambda: load_all_signatures(packs), found)
    if documents is not None and signatures is not None:
        _read(partial(require_answers_known, signatures, documents), found)
    funds = _read(lambda: load_funds(packs), found)
    loaders: tuple[Callable[[Pack], object], ...] = (load_flyers, load_doors, load_points)
    for load in loaders:
        _read(partial(load, pack), found)
    return offers_of(
        pack.id, documents=documents, packets=packets, signatures=signatures, funds=funds
    )


def _read(load: Callable[[], Loaded], found: set[Problem]) -> Loaded | None:
    try:
        return load()
    except PackError as error:
        found.update(error.problems)
        return None


def _step_problems(route: RoutePack) -> Iterator[Problem]:
    folder = route.pack.folder
    papers = sorted(f"documents/{one.name}" for one in (folder / "documents").glob("*.toml"))
    for name in (IMPRINT_FILE, FUND_FILE, SIGNATURES_FILE, *papers):
        file = read_toml(folder, name, [])
        for path, step in _steps_named(file):
            if isinstance(step, str) and step not in route.step_by_key:
                yield file.problem(
                    path, f"the route has no step {step}", "name a step of route.toml"
                )


def _steps_named(file: TomlFile) -> Iterator[tuple[tuple[str | int, ...], object]]:
    """Give where a file says to which step its work belongs, and what it says there."""
    yield ("step",), file.data.get("step")
    packets = file.data.get("packet") if file.name == PACKETS_FILE else None
    for number, packet in enumerate(packets if isinstance(packets, list) else ()):
        if isinstance(packet, dict):
            yield ("packet", number, "step"), packet.get("step")
