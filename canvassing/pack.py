"""The doors of a pack: outcomes, levels of support, marks, consent and pace, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from pydantic import Field

from app.packs import Pack, PackError, PackRules, Problem, TomlFile, read_toml, shaped
from app.sources import read_sources, unsaid_problems

FILE = "doors.toml"
Words = Mapping[str, str]
"""A text by language."""


class OutcomeKind(StrEnum):
    """What an outcome means to the rules, whatever it is called."""

    ANSWERED = "answered"
    OUT = "out"
    REFUSED = "refused"
    DO_NOT_CONTACT = "do_not_contact"
    MOVED = "moved"
    DECEASED = "deceased"
    NO_ACCESS = "no_access"
    WRONG_ADDRESS = "wrong_address"
    LANGUAGE = "language"


class Lean(StrEnum):
    """Which way a level of support leans."""

    FOR = "for"
    UNDECIDED = "undecided"
    AGAINST = "against"


class Keep(StrEnum):
    """When the opinion of one door may be stored."""

    EXPLICIT_CONSENT = "explicit_consent"
    WRITTEN_CONSENT = "written_consent"
    AGGREGATE_ONLY = "aggregate_only"
    """Never: only how often a level was heard in a building is counted."""


class Sourced(PackRules):
    """A rule that says where it was read and how sure that is."""

    source: str = Field(min_length=1)
    source_keys: tuple[str, ...] = Field(min_length=1)
    status: Literal["V", "M", "D"]


class Outcome(PackRules):
    """How a knock ended."""

    key: str = Field(pattern=r"^[a-z][a-z_]{0,39}$")
    kind: OutcomeKind
    label: Words
    short: Words
    """On the door's cell in the grid."""


class Level(PackRules):
    """A level of support."""

    code: int = Field(ge=0, le=10)
    lean: Lean
    label: Words
    short: Words


class Mark(PackRules):
    """Something that happened besides; with ``short`` it shows on the door's cell."""

    key: str = Field(pattern=r"^[a-z][a-z_]{0,39}$")
    label: Words
    short: Words = Field(default_factory=dict)


class Opinion(Sourced):
    """What may be kept of what somebody thinks."""

    keep: Keep
    ask: Words
    agreed: Words
    why: Words


class Pace(Sourced):
    """How many visits a person can make in how many minutes."""

    most_visits: int = Field(ge=1)
    minutes: int = Field(ge=1)


class DoorstepRule(Sourced):
    """A rule of conduct shown before the first door."""

    key: str
    text: Words


class Choice(PackRules):
    """A basis of keeping a contact, or something that can be agreed to."""

    key: str = Field(pattern=r"^[a-z][a-z_]{0,39}$")
    label: Words


class DoorRules(PackRules):
    """The whole of doors.toml."""

    opinion: Opinion
    pace: Pace
    outcome: tuple[Outcome, ...] = Field(min_length=1)
    level: tuple[Level, ...] = Field(min_length=2)
    mark: tuple[Mark, ...] = ()
    rule: tuple[DoorstepRule, ...] = ()
    basis: tuple[Choice, ...] = Field(min_length=1)
    scope: tuple[Choice, ...] = Field(min_length=1)

    def find_outcome(self, key: str) -> Outcome | None:
        """Give an outcome, None when the pack has no such."""
        return next((one for one in self.outcome if one.key == key), None)

    def find_level(self, code: int | None) -> Level | None:
        """Give a level of support, None when the pack has no such."""
        return next((one for one in self.level if one.code == code), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorPacks:
    """The doors of every pack by its id."""

    packs: Mapping[str, DoorRules]
    countries: Mapping[str, str]
    """The country of each pack, for reading telephone numbers."""

    def __getitem__(self, pack_id: str) -> DoorRules:
        return self.packs[pack_id]


def load_doors(pack: Pack) -> DoorRules:
    """Give the doors of a pack. Raises PackError with file, line and remedy of every problem."""
    problems: list[Problem] = []
    file = read_toml(pack.folder, FILE, problems)
    rules = shaped(file, DoorRules, problems)
    if rules is not None:
        problems += _problems(pack, file, rules)
    if rules is None or problems:
        raise PackError(pack.folder, problems)
    return rules


def load_door_packs(packs: Iterable[Pack]) -> DoorPacks:
    """Give the doors of all packs. Raises PackError."""
    found = list(packs)
    return DoorPacks(
        packs={pack.id: load_doors(pack) for pack in found},
        countries={pack.id: pack.header.country for pack in found},
    )


def _problems(pack: Pack, file: TomlFile, rules: DoorRules) -> Iterator[Problem]:
    for table, keys in (
        ("outcome", [one.key for one in rules.outcome]),
        ("level", [str(one.code) for one in rules.level]),
        ("mark", [one.key for one in rules.mark]),
        ("basis", [one.key for one in rules.basis]),
        ("scope", [one.key for one in rules.scope]),
    ):
        for index, key in enumerate(keys):
            if key in keys[:index]:
                yield file.problem((table, index), f"{table} {key} stands twice", "remove one")
    for path, words, needed in _texts(rules):
        for language in pack.header.languages:
            if (needed or words) and not words.get(language):
                where = ".".join(map(str, path))
                yield file.problem(path, f"{where} has no words in {language}", "add them")
    known = pack.header.source_refs
    said = [read_sources(pack.folder, one, []) for one in pack.header.languages]
    for path, sourced in _sourced(rules):
        for key in sourced.source_keys:
            if key not in known:
                yield file.problem(path, f"unknown source {key}", "add it to pack.toml")
        for words_of in said:
            line, name = file.line(*path), ".".join(map(str, path))
            yield from unsaid_problems(
                words_of, sourced.source, file=file.name, line=line, name=name
            )


def _sourced(rules: DoorRules) -> Iterator[tuple[tuple[str | int, ...], Sourced]]:
    yield ("opinion",), rules.opinion
    yield ("pace",), rules.pace
    for index, rule in enumerate(rules.rule):
        yield ("rule", index), rule


def cited_sources(rules: DoorRules) -> tuple[str, ...]:
    """Give every source the doors name, for whoever looks for superfluous words."""
    return tuple(sourced.source for _, sourced in _sourced(rules))


def _texts(rules: DoorRules) -> Iterator[tuple[tuple[str | int, ...], Words, bool]]:
    for name in ("ask", "agreed", "why"):
        yield ("opinion", name), getattr(rules.opinion, name), True
    for index, outcome in enumerate(rules.outcome):
        yield ("outcome", index, "label"), outcome.label, True
        yield ("outcome", index, "short"), outcome.short, True
    for index, level in enumerate(rules.level):
        yield ("level", index, "label"), level.label, True
        yield ("level", index, "short"), level.short, True
    for index, mark in enumerate(rules.mark):
        yield ("mark", index, "label"), mark.label, True
        yield ("mark", index, "short"), mark.short, False
    for index, rule in enumerate(rules.rule):
        yield ("rule", index, "text"), rule.text, True
    for table, choices in (("basis", rules.basis), ("scope", rules.scope)):
        for index, choice in enumerate(choices):
            yield (table, index, "label"), choice.label, True
