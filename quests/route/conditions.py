"""Conditions of a route, compiled once into small tests and explained when they are not met.

A condition is answered in three values. UNKNOWN means "not yet": a step not done, a day not
come, a question not answered. NO means that nothing more can change it except changing an answer.
A route opens a step only on YES; it calls a step not applicable only on NO, so an unanswered
question never makes a step disappear.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.facts import Fact
from quests.route.shape import AnswerFact, Condition, When, answer_fact

NO: Final = 0
UNKNOWN: Final = 1
YES: Final = 2

NEVER: Final = 10_000_000
"""Stands for the ordinal of a day nobody knows yet: later than every real one."""


class World:
    """What a condition may look at while a route is being decided."""

    __slots__ = ("days", "facts", "not_applicable", "satisfied", "today")

    def __init__(self, facts: Mapping[str, Fact], today: int, days: Sequence[int]) -> None:
        self.facts = facts
        self.today = today
        self.days = days
        self.satisfied = 0
        self.not_applicable = 0


Test = Callable[[World], int]


class BlockerKind(StrEnum):
    """What a locked step waits for."""

    STEP = "step"
    FACT = "fact"
    ANSWER = "answer"
    DATE = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """One thing that stands between a campaign and a step.

    `have` and `need` belong to facts; `wanted` and `given` to answers; `deadline`, `days` and
    `on` to dates, where `on` is None while the day is not known. `is_negated` means that the
    thing is there and must not be. `is_final` means that only another answer can change it.
    """

    kind: BlockerKind
    step: str | None = None
    fact: str | None = None
    have: int = 0
    need: int = 0
    field: str | None = None
    wanted: tuple[str, ...] = ()
    given: str | None = None
    deadline: str | None = None
    days: int = 0
    on: date | None = None
    is_negated: bool = False
    is_final: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Blockers of which at least `at_least` must go before a step opens."""

    at_least: int
    blockers: tuple[Blocker, ...]

    @property
    def is_choice(self) -> bool:
        """Whether a person may choose which of the blockers to remove."""
        return self.at_least < len(self.blockers)


class Charter:
    """Gives steps their bits and days their places while a route is compiled."""

    def __init__(self, steps: Sequence[str]) -> None:
        self.bits: Mapping[str, int] = {key: 1 << index for index, key in enumerate(steps)}
        self.whens: list[When] = []
        self.last_days: list[bool] = []
        self._places: dict[tuple[str, int, bool], int] = {}
        self._tests: dict[tuple[int, bool], tuple[Condition, Test]] = {}

    def place(self, when: When, *, is_last_day: bool = False) -> int:
        """Where the ordinal of this day will stand in World.days.

        A last day is the last on which something may be done: when the deadline falls at
        midnight, that is the day before.
        """
        key = (when.deadline, when.days, is_last_day)
        known = self._places.get(key)
        if known is None:
            known = self._places[key] = len(self.whens)
            self.whens.append(when)
            self.last_days.append(is_last_day)
        return known

    def test(self, condition: Condition, *, negated: bool = False) -> Test:
        """The compiled condition; the same condition is compiled once."""
        key = (id(condition), negated)
        known = self._tests.get(key)
        if known is None:
            # The condition is kept with its test so that its id stays its own.
            known = self._tests[key] = condition, compiled(condition, self, negated=negated)
        return known[1]


def compiled(condition: Condition, charter: Charter, *, negated: bool = False) -> Test:
    """A test of the condition; `negated` below an odd number of `not`.

    Below a `not`, what has not happened counts as not so: "not done" is true today,
    whatever may come. An unanswered question stays unknown on both sides.
    """
    if condition.not_ is not None:
        return _negation(charter.test(condition.not_, negated=not negated))
    if condition.parts:
        tests = tuple(charter.test(part, negated=negated) for part in condition.parts)
        return _combination(condition, tests)
    absent = NO if negated else UNKNOWN
    if condition.step is not None:
        return _step_test(charter.bits[condition.step], absent)
    if condition.reached is not None:
        return _day_test(charter.place(condition.reached), absent)
    answer = condition.answer_of
    if answer is not None:
        return _answer_test(answer, frozenset(condition.wanted), charter.bits[answer.step])
    return _fact_test(condition.fact or "", condition.at_least or 1, absent)


def _negation(test: Test) -> Test:
    return lambda world: YES - test(world)


def _combination(condition: Condition, tests: tuple[Test, ...]) -> Test:
    if condition.all is not None:
        return lambda world: min([test(world) for test in tests])
    if condition.any is not None:
        return lambda world: max([test(world) for test in tests])
    needed = condition.at_least or 1

    def counted(world: World) -> int:
        values = sorted([test(world) for test in tests], reverse=True)
        return values[needed - 1] if needed <= len(values) else NO

    return counted


def _step_test(bit: int, absent: int) -> Test:
    return lambda world: YES if world.satisfied & bit else absent


def _day_test(place: int, absent: int) -> Test:
    return lambda world: YES if world.days[place] <= world.today else absent


def _fact_test(name: str, at_least: int, absent: int) -> Test:
    def test(world: World) -> int:
        fact = world.facts.get(name)
        return YES if fact is not None and fact.count >= at_least else absent

    return test


def _answer_test(answer: AnswerFact, wanted: frozenset[str], owner: int) -> Test:
    name = answer_fact(answer.step, answer.field)

    def test(world: World) -> int:
        if world.not_applicable & owner:
            # What was answered before the step stopped applying no longer matters.
            return NO
        fact = world.facts.get(name)
        if fact is None or fact.value is None:
            return UNKNOWN
        return YES if fact.value in wanted else NO

    return test


def explained(condition: Condition, world: World, charter: Charter) -> tuple[Need, ...]:
    """What keeps the condition from being met, flat enough to read; empty when it is met."""
    return tuple(_needs(condition, world, charter, negated=False))


def _needs(condition: Condition, world: World, charter: Charter, *, negated: bool) -> list[Need]:
    value = charter.test(condition, negated=negated)(world)
    if value == (NO if negated else YES):
        return []
    if condition.not_ is not None:
        return _needs(condition.not_, world, charter, negated=not negated)
    if not condition.parts:
        blocker = _blocker(condition, world, charter, negated=negated, is_final=value == NO)
        return [Need(at_least=1, blockers=(blocker,))]
    parts = [_needs(part, world, charter, negated=negated) for part in condition.parts]
    unmet = [needs for needs in parts if needs]
    needed = _still_needed(condition, len(parts) - len(unmet), negated=negated)
    if needed >= len(unmet):
        return [need for needs in unmet for need in needs]
    blockers = tuple(blocker for needs in unmet for need in needs for blocker in need.blockers)
    return [Need(at_least=needed, blockers=blockers)]


def _still_needed(condition: Condition, met: int, *, negated: bool) -> int:
    """How many more parts must hold (or, below a `not`, must fail)."""
    size = len(condition.parts)
    needed = condition.at_least or 1
    if condition.all is not None:
        needed = size
    elif condition.any is not None:
        needed = 1
    if negated:
        needed = size - needed + 1
    return max(1, needed - met)


def _blocker(
    leaf: Condition, world: World, charter: Charter, *, negated: bool, is_final: bool
) -> Blocker:
    if leaf.step is not None:
        return Blocker(kind=BlockerKind.STEP, step=leaf.step, is_negated=negated)
    if leaf.reached is not None:
        ordinal = world.days[charter.place(leaf.reached)]
        return Blocker(
            kind=BlockerKind.DATE,
            deadline=leaf.reached.deadline,
            days=leaf.reached.days,
            on=day_of(ordinal),
            is_negated=negated,
        )
    answer = leaf.answer_of
    if answer is not None:
        fact = world.facts.get(answer_fact(answer.step, answer.field))
        given = fact.value if fact else None
        return Blocker(
            kind=BlockerKind.ANSWER,
            step=answer.step,
            field=answer.field,
            wanted=leaf.wanted,
            given=given,
            is_negated=negated,
            is_final=is_final or (negated and given is not None),
        )
    fact = world.facts.get(leaf.fact or "")
    return Blocker(
        kind=BlockerKind.FACT,
        fact=leaf.fact,
        have=fact.count if fact else 0,
        need=leaf.at_least or 1,
        is_negated=negated,
    )


def day_of(ordinal: int) -> date | None:
    """The day of an ordinal, or None when the day is not known."""
    return date.fromordinal(ordinal) if 0 < ordinal < date.max.toordinal() else None
