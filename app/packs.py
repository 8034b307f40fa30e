"""Packs as data: reading their TOML with line numbers, and the header every feature needs."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.toml_lines import TomlPath, line_index

__all__ = [
    "Pack",
    "PackError",
    "PackHeader",
    "PackRules",
    "Problem",
    "Source",
    "TomlFile",
    "load_pack",
    "load_packs",
    "read_header",
    "read_toml",
    "shaped",
]

HEADER_FILE = "pack.toml"
Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One thing wrong with a pack: where it is, what it is and what to do about it."""

    file: str
    line: int
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message} — {self.remedy}"


class PackError(Exception):
    """A pack that cannot be used; carries every problem found, not only the first."""

    def __init__(self, folder: Path, problems: Sequence[Problem]) -> None:
        self.folder = folder
        self.problems = tuple(problems)
        listed = "\n".join(f"  {problem}" for problem in self.problems)
        super().__init__(f"the pack in {folder} can’t be used:\n{listed}")


class PackRules(BaseModel):
    """Base of every typed piece of a pack: frozen, and a key nobody knows is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(PackRules):
    """Where a rule was read: its key in the other files, and a reference a person can follow."""

    key: str = Field(min_length=1)
    ref: str = Field(min_length=1)
    analogous: bool = False
    """Whether it speaks of another election or region, so that it alone verifies nothing here."""


class PackHeader(PackRules):
    """What pack.toml says about the kind of election as a whole."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    version: date
    country: str = Field(pattern=r"^[A-Z]{2}$")
    timezone: str
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    languages: tuple[str, ...] = Field(min_length=1)
    default_language: str
    source: tuple[Source, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        """The election's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def source_refs(self) -> Mapping[str, str]:
        """Reference of every source by its key."""
        return {source.key: source.ref for source in self.source}

    @property
    def analogous_keys(self) -> frozenset[str]:
        """Keys of the sources that speak of another election or region."""
        return frozenset(source.key for source in self.source if source.analogous)


@dataclass(frozen=True, slots=True, kw_only=True)
class TomlFile:
    """One parsed TOML file that still knows on which line each key stands."""

    name: str
    data: Mapping[str, object]
    lines: Mapping[TomlPath, int] = field(default_factory=dict)

    def line(self, *path: str | int) -> int:
        """Line of the key at `path`, or of its nearest ancestor; 1 when nothing is known."""
        for length in range(len(path), 0, -1):
            found = self.lines.get(path[:length])
            if found is not None:
                return found
        return 1

    def problem(self, path: Iterable[str | int], message: str, remedy: str) -> Problem:
        """A problem placed at the line of `path`."""
        return Problem(file=self.name, line=self.line(*path), message=message, remedy=remedy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A pack folder whose header has been read; features read their own files from `folder`."""

    folder: Path
    header: PackHeader

    @property
    def id(self) -> str:
        """The pack's id, the same as its folder's name."""
        return self.header.id


def read_toml(folder: Path, name: str, problems: list[Problem]) -> TomlFile:
    """Read `folder/name`; what is wrong is added to `problems` and an empty file returned."""
    path = folder / name
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        problems.append(
            Problem(file=name, line=1, message="the file is missing", remedy=f"add {name}")
        )
        return TomlFile(name=name, data={})
    except UnicodeDecodeError:
        problems.append(
            Problem(file=name, line=1, message="the file is not UTF-8", remedy="save it as UTF-8")
        )
        return TomlFile(name=name, data={})
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.append(_syntax_problem(name, text, error))
        return TomlFile(name=name, data={})
    if not data:
        problems.append(
            Problem(file=name, line=1, message="the file says nothing", remedy="fill it")
        )
    return TomlFile(name=name, data=data, lines=line_index(text))


def shaped(file: TomlFile, shape: type[Shape], problems: list[Problem]) -> Shape | None:
    """The typed content of a file; None after adding what is wrong with it.

    Nothing is added for a file without content: reading it has told why.
    """
    if not file.data:
        return None
    try:
        return shape.model_validate(file.data)
    except ValidationError as error:
        problems.extend(_shape_problems(file, error))
        return None


def _shape_problems(file: TomlFile, error: ValidationError) -> Iterator[Problem]:
    """What pydantic found, said with the line of the file it concerns."""
    for found in error.errors(include_url=False):
        path = found["loc"]
        where = ".".join(str(part) for part in path) or file.name
        kind = found["type"]
        if kind == "extra_forbidden":
            message, remedy = f"unknown key {where}", "correct its spelling or remove it"
        elif kind == "missing":
            message, remedy = f"{where} is missing", f"add {path[-1]} = …"
        else:
            message, remedy = f"{where}: {found['msg']}", "write a value of the kind asked for"
        yield file.problem(path, message, remedy)


def read_header(folder: Path, problems: list[Problem]) -> PackHeader | None:
    """The checked header of the pack in `folder`; None after adding what is wrong."""
    file = read_toml(folder, HEADER_FILE, problems)
    header = shaped(file, PackHeader, problems)
    if header is not None:
        problems.extend(_header_problems(folder, file, header))
    return header


def load_pack(folder: Path) -> Pack:
    """The pack in `folder`. Raises PackError naming file, line and remedy of every problem."""
    problems: list[Problem] = []
    header = read_header(folder, problems)
    if header is None or problems:
        raise PackError(folder, problems)
    return Pack(folder=folder, header=header)


def load_packs(folder: Path) -> dict[str, Pack]:
    """Every pack below `folder` by its id, in the order of ids. Raises PackError."""
    found = sorted(path for path in folder.iterdir() if (path / HEADER_FILE).is_file())
    return {pack.id: pack for pack in map(load_pack, found)}


def _syntax_problem(name: str, text: str, error: tomllib.TOMLDecodeError) -> Problem:
    said = str(error)
    line = text.count("\n") + 1
    marker = "(at line "
    if marker in said:
        line = int(said.split(marker, 1)[1].split(",", 1)[0])
    return Problem(
        file=name,
        line=line,
        message=f"not TOML: {said}",
        remedy="correct the line or the one above",
    )


def _header_problems(folder: Path, file: TomlFile, header: PackHeader) -> Iterator[Problem]:
    if header.id != folder.name:
        yield file.problem(
            ("id",),
            f"id is {header.id}, the folder is called {folder.name}",
            "give both the same name",
        )
    if header.timezone not in available_timezones():
        yield file.problem(
            ("timezone",), f"no time zone {header.timezone}", "use a name such as Europe/Moscow"
        )
    if header.default_language not in header.languages:
        yield file.problem(
            ("default_language",),
            f"{header.default_language} is not among languages",
            "choose one of languages",
        )
    seen: set[str] = set()
    for index, source in enumerate(header.source):
        if source.key in seen:
            yield file.problem(
                ("source", index, "key"), f"source {source.key} stands twice", "remove one"
            )
        seen.add(source.key)
