"""Checking a pack's route before anything relies on it: every problem with file, line and remedy.

Run as `python -m quests.route.check PATH`: prints the problems and exits 1, or "ok" and exits 0.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from app.packs import (
    Pack,
    PackError,
    Problem,
    TomlFile,
    load_packs,
    read_header,
    read_toml,
    shaped,
)
from app.sources import read_sources
from quests.route.checking.deadlines import CALENDAR_FILE, check_deadlines
from quests.route.checking.reach import check_reach
from quests.route.checking.sources import check_sources
from quests.route.checking.steps import check_steps
from quests.route.checking.words import check_help, check_questions, check_words
from quests.route.pack import PackWords, RoutePack, SeededQuestion
from quests.route.shape import RouteShape
from quests.route.words import QuestionsShape

ROUTE_FILE = "route.toml"


def check_pack(folder: Path) -> list[Problem]:
    """Everything wrong with the route of the pack in `folder`, in the order of files and lines."""
    return examine(folder)[1]


def examine(folder: Path) -> tuple[RoutePack | None, list[Problem]]:
    """The pack's route and its problems; the route is None when its shape can't be read."""
    problems: list[Problem] = []
    header = read_header(folder, problems)
    file, shape = _route_shape(folder, problems)
    if header is None:
        return None, sorted(set(problems))
    deadlines = check_deadlines(folder, header, problems)
    words = {lang: _words(folder, lang, shape, problems) for lang in header.languages}
    sources = {lang: read_sources(folder, lang, problems) for lang in header.languages}
    help_texts = check_help(folder, header.languages, shape, problems)
    questions = _questions(folder, header.languages, shape, problems)
    if shape is None:
        return None, sorted(set(problems))
    read_toml(folder, CALENDAR_FILE, problems)
    problems.extend(check_sources(file, shape, header, sources.values(), _other_files(folder)))
    found = check_steps(file, shape, header, deadlines)
    problems.extend(found)
    if not found:
        problems.extend(check_reach(file, shape))
    whole = {lang: texts for lang, texts in words.items() if texts is not None}
    pack = RoutePack(
        pack=Pack(folder=folder, header=header),
        shape=shape,
        words=whole,
        sources=sources,
        help=help_texts,
        questions=questions,
    )
    return pack, sorted(set(problems))


def load_route(folder: Path) -> RoutePack:
    """The checked and compiled route of the pack in `folder`.

    Raises PackError with every problem found.
    """
    found, problems = examine(folder)
    if problems or found is None:
        raise PackError(folder, problems)
    found.course  # noqa: B018  Compiled here so that the first request does not pay for it.
    return found


def load_routes(folder: Path) -> dict[str, RoutePack]:
    """The routes of every pack below `folder` by pack id. Raises PackError."""
    return {pack.id: load_route(pack.folder) for pack in load_packs(folder).values()}


def main(arguments: Sequence[str]) -> int:
    """Check the packs in the folders named; 0 when all are sound, 1 when not, 2 when misused."""
    folders = [Path(argument) for argument in arguments]
    if not folders or not all(folder.is_dir() for folder in folders):
        print("usage: python -m quests.route.check PACK-FOLDER…", file=sys.stderr)
        return 2
    count = 0
    for folder in folders:
        for problem in check_pack(folder):
            count += 1
            print(f"{folder}/{problem}")
    print(f"{count} problems" if count else "ok")
    return 1 if count else 0


def _route_shape(folder: Path, problems: list[Problem]) -> tuple[TomlFile, RouteShape | None]:
    file = read_toml(folder, ROUTE_FILE, problems)
    return file, shaped(file, RouteShape, problems)


def _other_files(folder: Path) -> Iterator[TomlFile]:
    """Give every file that may cite sources beside the route; their own readers judge them."""
    for path in sorted(folder.rglob("*.toml")):
        if path.name != ROUTE_FILE:
            yield read_toml(folder, path.relative_to(folder).as_posix(), [])


def _words(
    folder: Path, language: str, shape: RouteShape | None, problems: list[Problem]
) -> PackWords | None:
    file = read_toml(folder, f"texts.{language}.toml", problems)
    if file.data and shape is not None:
        problems.extend(check_words(file, shape))
    return shaped(file, PackWords, problems)


def _questions(
    folder: Path,
    languages: Sequence[str],
    shape: RouteShape | None,
    problems: list[Problem],
) -> Mapping[str, tuple[SeededQuestion, ...]]:
    read: dict[str, tuple[TomlFile, tuple[SeededQuestion, ...]]] = {}
    for language in languages:
        file = read_toml(folder, f"questions.{language}.toml", problems)
        found = shaped(file, QuestionsShape, problems)
        if found is not None:
            read[language] = file, found.question
    if shape is not None and len(read) == len(languages):
        problems.extend(check_questions(read, shape))
    return {language: found for language, (_, found) in read.items()}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
