"""Whether steps wait for each other in a ring, or for answers nobody can give together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from app.packs import Problem, TomlFile
from quests.route.course import CycleError, topological
from quests.route.shape import AnswerFact, Condition, RouteShape, Step

Way = Mapping[AnswerFact, frozenset[str]]
"""Answers that must be given for something to happen; fields not named may be answered freely."""

_FREELY: tuple[Way, ...] = ({},)
_MOST_WAYS = 300


def check_reach(file: TomlFile, shape: RouteShape) -> Iterator[Problem]:
    """A ring of steps, or else every step that no set of answers opens."""
    try:
        order = topological(shape.step)
    except CycleError as error:
        index = [step.key for step in shape.step].index(error.keys[0])
        yield file.problem(
            ("step", index, "opens"),
            f"steps wait for each other in a cycle: {error}",
            "remove one of these conditions",
        )
        return
    reach = _Reach(shape)
    places = {step.key: index for index, step in enumerate(shape.step)}
    for key in order:
        if not reach.visit(key):
            yield file.problem(
                ("step", places[key], "opens"),
                f"step {key} can never be reached: its conditions exclude each other",
                "correct opens or applies, or remove the step",
            )


class _Reach:
    """The ways of answering under which each step becomes satisfied, in dependency order.

    Days come, facts grow and every unlocked step can be done, so answers alone decide.
    """

    def __init__(self, shape: RouteShape) -> None:
        self.steps = {step.key: step for step in shape.step}
        self.satisfied: dict[str, tuple[Way, ...]] = {}

    def visit(self, key: str) -> bool:
        """Whether the step can be opened; remembers under which answers it can be satisfied."""
        step = self.steps[key]
        opened = _both(self._holds(step.opens), self._holds(step.applies))
        done = _both(opened, (self._own_answers(step),))
        skipped = () if step.applies is None else self._fails(step.applies)
        self.satisfied[key] = _some((*done, *skipped))
        return bool(done)

    def _own_answers(self, step: Step) -> Way:
        return {
            AnswerFact(step=step.key, field=asked.key): frozenset(asked.choices) - set(asked.stop)
            for asked in step.field
            if asked.required and asked.choices
        }

    def _holds(self, condition: Condition | None) -> tuple[Way, ...]:
        if condition is None:
            return _FREELY
        if condition.not_ is not None:
            return self._fails(condition.not_)
        if condition.all is not None:
            return self._together([self._holds(part) for part in condition.all])
        if condition.any is not None:
            return _some(way for part in condition.any for way in self._holds(part))
        if condition.count is not None:
            return self._counted(condition)
        if condition.step is not None:
            return self.satisfied[condition.step]
        answer = condition.answer_of
        if answer is None:
            return _FREELY
        return ({answer: frozenset(condition.wanted)},)

    def _counted(self, condition: Condition) -> tuple[Way, ...]:
        parts = [self._holds(part) for part in condition.count or ()]
        possible = [ways for ways in parts if ways]
        needed = condition.at_least or 1
        if len(possible) < needed:
            return ()
        return self._together(possible) if needed == len(parts) else _FREELY

    def _fails(self, condition: Condition) -> tuple[Way, ...]:
        if condition.not_ is not None:
            return self._holds(condition.not_)
        if condition.all is not None:
            return _some(way for part in condition.all for way in self._fails(part))
        if condition.any is not None:
            return self._together([self._fails(part) for part in condition.any])
        answer = condition.answer_of
        if answer is None:
            return _FREELY
        field = self.steps[answer.step].find_field(answer.field)
        others = frozenset(field.choices if field else ()) - set(condition.wanted)
        if field is not None and field.choices and not others:
            return ()
        return ({answer: others},) if others else _FREELY

    def _together(self, parts: list[tuple[Way, ...]]) -> tuple[Way, ...]:
        ways = _FREELY
        for part in parts:
            ways = _both(ways, part)
        return ways


def _both(left: Iterable[Way], right: tuple[Way, ...]) -> tuple[Way, ...]:
    joined: list[Way] = []
    for one in left:
        for other in right:
            way = _joined(one, other)
            if way is not None:
                joined.append(way)
    return _some(joined)


def _joined(one: Way, other: Way) -> Way | None:
    found = dict(one)
    for answer, values in other.items():
        found[answer] = found[answer] & values if answer in found else values
        if not found[answer]:
            return None
    return found


def _some(ways: Iterable[Way]) -> tuple[Way, ...]:
    """Without repetitions; past a few hundred ways the check gives up and allows everything."""
    distinct: list[Way] = []
    for way in ways:
        if not way:
            return _FREELY
        if way not in distinct:
            distinct.append(way)
        if len(distinct) > _MOST_WAYS:
            return _FREELY
    return tuple(distinct)
