"""A route compiled once: bits, flat tuples and tests instead of keys and conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from quests.route.conditions import NEVER, Charter, Test
from quests.route.shape import (
    Condition,
    Evidence,
    EvidenceKind,
    RouteShape,
    Step,
    When,
    answer_fact,
    evidence_fact,
)

TEAM_SIZE = "team.size"
NOWHERE = -1
_COUNTED = (EvidenceKind.UPLOAD, EvidenceKind.QUIZ, EvidenceKind.TEAM, EvidenceKind.FACT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofRule:
    """How one piece of evidence is read: from a fact, from the team's size or from the day.

    `need` is the count that must be reached, 0 where the state alone decides; `shown` is the
    number a person is told. `spared` holds when an answer has made this evidence needless.
    """

    fact: str
    need: int
    shown: int
    counts_only: bool
    place: int
    spared: Test | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """An answer fact and the values that stop its form from proving anything."""

    fact: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """A step as the rules walk over it; `place` fields point into the ordinals of days."""

    index: int
    bit: int
    step: Step
    applies: Test | None
    opens_mask: int
    opens_rest: Test | None
    proofs: tuple[ProofRule, ...]
    stops: tuple[Stop, ...]
    due: int
    goal: int
    days: int
    followers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """All stations in route order, and the order in which they can be decided."""

    stations: tuple[Station, ...]
    order: tuple[Station, ...]
    backward: tuple[tuple[int, int, int, int, tuple[int, ...]], ...]
    charter: Charter
    main: int
    indexes: Mapping[str, int]

    def ordinals(
        self, deadlines: Mapping[str, date | None], times: Mapping[str, time] | None = None
    ) -> tuple[int, ...]:
        """The ordinal of every day the route speaks of; NEVER for days not known."""
        found = []
        for when, is_last_day in zip(self.charter.whens, self.charter.last_days, strict=True):
            day = deadlines.get(when.deadline)
            if day is None:
                found.append(NEVER)
                continue
            ends_at_midnight = is_last_day and _is_midnight(when, times)
            found.append(day.toordinal() + when.days - ends_at_midnight)
        return tuple(found)


class CycleError(ValueError):
    """Steps that wait for each other; `keys` are the steps of the ring."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = tuple(keys)
        super().__init__(" → ".join(keys))


def chart(shape: RouteShape) -> Course:
    """Compile a checked route. Raises CycleError when steps wait for each other."""
    keys = [step.key for step in shape.step]
    charter = Charter(keys)
    followers = _followers(shape.step)
    stations = tuple(
        _station(index, step, charter, followers[step.key]) for index, step in enumerate(shape.step)
    )
    by_key = {station.step.key: station for station in stations}
    order = tuple(by_key[key] for key in topological(shape.step))
    backward = tuple((s.index, s.due, s.goal, s.days, s.followers) for s in reversed(order))
    return Course(
        stations=stations,
        order=order,
        backward=backward,
        charter=charter,
        main=sum(station.bit for station in stations if not station.step.side),
        indexes={station.step.key: station.index for station in stations},
    )


def topological(steps: Sequence[Step]) -> tuple[str, ...]:
    """Keys so that every step stands after those it looks at. Raises CycleError."""
    looks_at = {step.key: sorted(set(references(step))) for step in steps}
    done: dict[str, None] = {}
    trail: list[str] = []

    def visit(key: str) -> None:
        if key in done or key not in looks_at:
            return
        if key in trail:
            raise CycleError([*trail[trail.index(key) :], key])
        trail.append(key)
        for before in looks_at[key]:
            visit(before)
        trail.pop()
        done[key] = None

    for step in steps:
        visit(step.key)
    return tuple(done)


def references(step: Step) -> Iterator[str]:
    """Keys of the steps whose state or answers this step's conditions look at."""
    for condition in (step.opens, step.applies):
        for leaf in condition.leaves() if condition else ():
            answer = leaf.answer_of
            if leaf.step is not None:
                yield leaf.step
            elif answer is not None:
                yield answer.step


def firmly_needed(condition: Condition | None) -> Iterator[str]:
    """Steps without which the condition cannot hold; alternatives are not among them."""
    if condition is None:
        return
    if condition.step is not None:
        yield condition.step
    everything = condition.all or ()
    if condition.count is not None and condition.at_least == len(condition.count):
        everything = condition.count
    for part in everything:
        yield from firmly_needed(part)


def _followers(steps: Sequence[Step]) -> Mapping[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {step.key: [] for step in steps}
    for index, step in enumerate(steps):
        for needed in {*firmly_needed(step.opens), *firmly_needed(step.applies)}:
            found[needed].append(index)
    return {key: tuple(indexes) for key, indexes in found.items()}


def _station(index: int, step: Step, charter: Charter, followers: tuple[int, ...]) -> Station:
    mask, rest = _opening(step.opens, charter)
    return Station(
        index=index,
        bit=charter.bits[step.key],
        step=step,
        applies=charter.test(step.applies) if step.applies else None,
        opens_mask=mask,
        opens_rest=rest,
        proofs=tuple(_proofs(step, charter)),
        stops=tuple(
            Stop(fact=answer_fact(step.key, asked.key), values=frozenset(asked.stop))
            for asked in step.field
            if asked.stop
        ),
        due=_place(step.due, charter, is_last_day=True),
        goal=_place(step.goal, charter, is_last_day=True),
        days=step.days,
        followers=followers,
    )


def _opening(condition: Condition | None, charter: Charter) -> tuple[int, Test | None]:
    """Split what opens a step into a mask of steps, which is fast, and the rest."""
    if condition is None:
        return 0, None
    mask = 0
    rest: list[Condition] = []
    for part in condition.all or (condition,):
        if part.step is not None:
            mask |= charter.bits[part.step]
        else:
            rest.append(part)
    if not rest:
        return mask, None
    return mask, charter.test(rest[0] if len(rest) == 1 else Condition(all=tuple(rest)))


def _fact_of(step: Step, evidence: Evidence) -> str:
    """Give the name under which a feature answers for this evidence."""
    if evidence.kind is EvidenceKind.TEAM:
        return TEAM_SIZE
    return evidence.fact or evidence_fact(step.key, evidence.key)


def _proofs(step: Step, charter: Charter) -> Iterator[ProofRule]:
    for evidence in step.evidence:
        is_team = evidence.kind is EvidenceKind.TEAM
        yield ProofRule(
            fact=_fact_of(step, evidence),
            need=step.need(evidence) if evidence.kind in _COUNTED else 0,
            shown=step.need(evidence),
            counts_only=is_team,
            place=_place(evidence.reached, charter),
            spared=charter.test(evidence.unless) if evidence.unless else None,
        )


def _is_midnight(when: When, times: Mapping[str, time] | None) -> bool:
    return times is not None and when.days == 0 and times.get(when.deadline) == time(0)


def _place(when: When | None, charter: Charter, *, is_last_day: bool = False) -> int:
    return NOWHERE if when is None else charter.place(when, is_last_day=is_last_day)
