"""What a pack gives points for: points.toml, and its words in points.<language>.toml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from pydantic import Field

from app.packs import Pack, PackError, PackRules, Problem, TomlFile, read_toml, shaped
from quests.ranking.rules.awarding import Deed, Worth
from quests.route.library import PackLibrary
from quests.route.pack import RoutePack

POINTS_FILE = "points.toml"


class Earned(StrEnum):
    """What can earn points; each is verified by somebody else than the one who gets them."""

    MILESTONE = "milestone"
    PAPER = "paper"
    FLYER = "flyer"
    GIFT = "gift"
    DOOR = "door"


BY_NAME: Mapping[str, Earned] = {earned.value: earned for earned in Earned}


class PointRule(PackRules):
    """What one kind of verified work is worth. A rule of the game, not of the law."""

    key: Earned
    points: int | None = Field(default=None, ge=1, le=100)
    """None: what the step says in route.toml; only for milestones."""
    line: Literal["documents", "money", "field", "voice"] | None = None
    """None: the step's own line; only for milestones."""
    per_day: int | None = Field(default=None, ge=1)
    """How many sources count on one day of the election's zone."""
    in_all: int | None = Field(default=None, ge=1)
    """How many sources count in the whole campaign."""


class PointsShape(PackRules):
    """The file points.toml."""

    rule: tuple[PointRule, ...] = Field(min_length=1)


class RuleWords(PackRules):
    """How a rule is called, and why it is as it is."""

    title: str = Field(min_length=1)
    text: str = Field(min_length=1)


class PointsWords(PackRules):
    """The file points.<language>.toml."""

    rule: dict[Earned, RuleWords]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackPoints:
    """The checked points of one pack."""

    rules: Mapping[Earned, PointRule]
    words: Mapping[str, PointsWords]
    default_language: str

    def words_of(self, rule: str, language: str) -> RuleWords | None:
        """Give a rule's words; None for a rule the pack no longer has."""
        words = self.words.get(language) or self.words[self.default_language]
        known = BY_NAME.get(rule)
        return words.rule.get(known) if known else None


def load_points(pack: Pack) -> PackPoints:
    """Give the points of a pack. Raises PackError naming file, line and remedy of every problem."""
    problems: list[Problem] = []
    file = read_toml(pack.folder, POINTS_FILE, problems)
    shape = shaped(file, PointsShape, problems)
    words = {
        language: found
        for language in pack.header.languages
        for read in (read_toml(pack.folder, f"points.{language}.toml", problems),)
        for found in (shaped(read, PointsWords, problems),)
        if found is not None
    }
    if shape is not None:
        problems.extend(_rule_problems(file, shape))
        problems.extend(_word_problems(shape, words))
    if problems or shape is None:
        raise PackError(pack.folder, sorted(set(problems)))
    return PackPoints(
        rules={rule.key: rule for rule in shape.rule},
        words=words,
        default_language=pack.header.default_language,
    )


def _rule_problems(file: TomlFile, shape: PointsShape) -> Iterator[Problem]:
    seen: set[Earned] = set()
    for at, rule in enumerate(shape.rule):
        if rule.key in seen:
            yield file.problem(
                ("rule", at, "key"), f"the rule {rule.key} stands twice", "remove one"
            )
        seen.add(rule.key)
        of_step = rule.key is Earned.MILESTONE
        for key, value in (("points", rule.points), ("line", rule.line)):
            if of_step and value is not None:
                yield file.problem(
                    ("rule", at, key), f"{key} of a milestone are the step's", f"remove {key}"
                )
            if not of_step and value is None:
                yield file.problem(("rule", at), f"{rule.key} has no {key}", f"add {key} = …")


def _word_problems(shape: PointsShape, words: Mapping[str, PointsWords]) -> Iterator[Problem]:
    wanted = {rule.key for rule in shape.rule}
    for language, found in words.items():
        name = f"points.{language}.toml"
        for key in sorted(wanted - found.rule.keys()):
            yield Problem(
                file=name, line=1, message=f"no words for {key}", remedy=f"add [rule.{key}]"
            )
        for key in sorted(found.rule.keys() - wanted):
            yield Problem(
                file=name, line=1, message=f"words for {key}, which is no rule", remedy="remove it"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class PointBook:
    """The points of every pack by its id; a part of the program, made once at its start."""

    packs: Mapping[str, PackPoints]
    routes: Mapping[str, RoutePack]

    def worth(self, pack_id: str, deed: Deed) -> Worth | None:
        """Say what a deed is worth in a pack; None: nothing."""
        known = self.packs.get(pack_id)
        earned = BY_NAME.get(deed.rule)
        rule = known.rules.get(earned) if known and earned else None
        if rule is None:
            return None
        points, line = rule.points, rule.line
        if rule.key is Earned.MILESTONE:
            step = self.routes[pack_id].step_by_key.get(deed.source)
            if step is None:
                return None
            points, line = step.points, step.line.value
        if points is None or line is None:
            return None
        return Worth(points=points, line=line, per_day=rule.per_day, in_all=rule.in_all)


def load_point_book(library: PackLibrary) -> PointBook:
    """Give the points of every pack. Raises PackError."""
    routes = {pack_id: entry.route for pack_id, entry in library.entries.items()}
    return PointBook(
        packs={pack_id: load_points(route.pack) for pack_id, route in routes.items()},
        routes=routes,
    )
