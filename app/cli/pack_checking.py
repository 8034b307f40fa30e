"""Checking a whole pack: its route, and what the other features read from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from app.packs import Pack, PackError, Problem, TomlFile, load_pack, read_toml
from app.papers import load_paper_packs
from canvassing.pack import load_doors
from documents.flyers.pack import load_flyers
from documents.paperwork.pack import DocumentKinds, load_all_documents
from fundraising.pack import FUND_FILE, load_funds
from quests.ranking.pack import load_points
from quests.route.check import ROUTE_FILE, examine
from quests.route.features import PAPER
from quests.route.pack import RoutePack

IMPRINT_FILE = "imprint.toml"


def check_whole_pack(folder: Path) -> list[Problem]:
    """Give everything wrong with the pack in a folder, in the order of files and lines."""
    route, problems = examine(folder)
    try:
        pack = load_pack(folder)
    except PackError:
        # Without a header no other file can be judged; the route's check has named what is wrong.
        return problems
    documents: list[DocumentKinds] = []
    readers: tuple[Callable[[Pack], object], ...] = (
        lambda one: documents.append(load_all_documents({one.id: one})),
        lambda one: load_paper_packs({one.id: one}),
        load_flyers,
        lambda one: load_funds({one.id: one}),
        load_doors,
        load_points,
    )
    found = set(problems)
    for read in readers:
        try:
            read(pack)
        except PackError as error:
            found.update(error.problems)
    if route is not None:
        found.update(_step_problems(route))
        found.update(_paper_problems(route, documents[0]) if documents else ())
    return sorted(found)


def _step_problems(route: RoutePack) -> Iterator[Problem]:
    folder = route.pack.folder
    names = [IMPRINT_FILE, FUND_FILE, *(f"documents/{one.name}" for one in _kinds(folder))]
    for name in names:
        file = read_toml(folder, name, [])
        step = file.data.get("step")
        if isinstance(step, str) and step not in route.step_by_key:
            yield file.problem(
                ("step",), f"the route has no step {step}", "name a step of route.toml"
            )


def _kinds(folder: Path) -> list[Path]:
    return sorted((folder / "documents").glob("*.toml"))


def _paper_problems(route: RoutePack, documents: DocumentKinds) -> Iterator[Problem]:
    own = documents.find(route.id)
    kinds: Mapping[str, object] = own.kinds if own else {}
    file: TomlFile = read_toml(route.pack.folder, ROUTE_FILE, [])
    for number, step in enumerate(route.shape.step):
        for index, evidence in enumerate(step.evidence):
            fact = evidence.fact or ""
            if fact.startswith(PAPER) and fact.removeprefix(PAPER) not in kinds:
                yield file.problem(
                    ("step", number, "evidence", index),
                    f"step {step.key}: no paper is called {fact.removeprefix(PAPER)}",
                    "name the key of a file in documents/",
                )
