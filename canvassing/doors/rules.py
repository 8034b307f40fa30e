"""What follows from observations: where a door stands, whether a pace is possible, what is had."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from canvassing.pack import DoorRules, Keep, Lean, Level, OutcomeKind

STANDING = {
    OutcomeKind.DO_NOT_CONTACT: "do_not_contact",
    OutcomeKind.MOVED: "moved",
    OutcomeKind.DECEASED: "deceased",
}
"""Outcomes that hold until staff lifts them, and the flag each sets."""
DO_NOT_CONTACT = "do_not_contact"
CLOCK_MAY_BE_AHEAD = timedelta(minutes=10)
LARGEST_SKEW = timedelta(days=365)
"""What a phone's clock is put right by at most."""
LATEST_ARRIVAL = timedelta(hours=72)
"""House rule: a walk pack lives 24 hours, and two days more are enough to find a network.

Without a bound a batch could be spread backwards over weeks, each day at a walkable pace.
"""
NOT_GIVEN = "not_given"
"""Why a visit is kept aside: nobody gave its door to who noted it."""
TURF_SPEAKS_FOR = timedelta(days=30)
"""House rule: for so long after its end a turf still lets its canvasser's answers arrive.

A phone may have been lost or off for as long as the longest turf lasts; after that nobody is
believed about doors that are no longer theirs.
"""


class ObservationKind(StrEnum):
    """What an observation is to those before it."""

    VISIT = "visit"
    CORRECTION = "correction"
    RETRACTION = "retraction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A stored observation, as far as the rules look at it."""

    id: int
    """The order of arrival."""
    observation: UUID
    door_id: int
    person_id: int | None
    kind: str
    of: UUID | None
    outcome: str
    support: int | None
    marks: tuple[str, ...]
    at: datetime
    """By the phone's clock, put right by its skew; at the latest when it arrived."""
    plausible: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorState:
    """What the observations of one door come to."""

    outcome: str = ""
    support: int | None = None
    marks: frozenset[str] = frozenset()
    talked: bool = False
    visits: int = 0
    last_at: datetime | None = None
    first: Observation | None = None
    """The earliest plausible visit that stands, else the earliest."""

    @property
    def visited(self) -> bool:
        """Say whether anybody was there."""
        return self.visits > 0


NOBODY_CAME = DoorState()


def fold(observations: Iterable[Observation], rules: DoorRules) -> DoorState:
    """Give the state of a door from all its observations, in whatever order they came.

    A correction stands in the place of what it corrects; the last to arrive counts. A retraction
    takes the visit away for good. What refers to an observation that is not here changes nothing.
    """
    standing = sorted(_standing(observations), key=lambda one: (one.at, one.id))
    if not standing:
        return NOBODY_CAME
    said = [one.support for one in standing if one.support is not None]
    kinds = {one.key: one.kind for one in rules.outcome}
    return DoorState(
        outcome=standing[-1].outcome,
        support=said[-1] if said else None,
        marks=frozenset(mark for one in standing for mark in one.marks),
        talked=any(kinds.get(one.outcome) is OutcomeKind.ANSWERED for one in standing),
        visits=len(standing),
        last_at=standing[-1].at,
        first=next((one for one in standing if one.plausible), standing[0]),
    )


def fold_all(observations: Iterable[Observation], rules: DoorRules) -> dict[int, DoorState]:
    """Give the state of each door that has observations."""
    by_door: dict[int, list[Observation]] = {}
    for one in observations:
        by_door.setdefault(one.door_id, []).append(one)
    return {door_id: fold(found, rules) for door_id, found in by_door.items()}


def _standing(observations: Iterable[Observation]) -> list[Observation]:
    arrived = sorted(observations, key=lambda one: one.id)
    root = {one.observation: one.observation for one in arrived if one.of is None}
    shown: dict[UUID, Observation] = {one.observation: one for one in arrived if one.of is None}
    if len(shown) == len(arrived):
        return arrived
    later = [one for one in arrived if one.of is not None]
    # A correction may arrive before what it corrects, and may correct a correction.
    while later:
        waiting = []
        for one in later:
            if one.of in root:
                root[one.observation] = root[one.of]
            else:
                waiting.append(one)
        if len(waiting) == len(later):
            break
        later = waiting
    gone = set()
    for one in arrived:
        if one.of is None or one.observation not in root:
            continue
        at = root[one.observation]
        if one.kind == ObservationKind.RETRACTION:
            gone.add(at)
        else:
            shown[at] = _in_place_of(shown[at], one)
    return [one for key, one in shown.items() if key not in gone]


def _in_place_of(before: Observation, correction: Observation) -> Observation:
    """Give the corrected visit: what was seen is new, when and by whom stays."""
    return replace(
        before,
        of=None,
        outcome=correction.outcome,
        support=correction.support,
        marks=correction.marks,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What may be kept of a level that was said: at the door, or only in the building's count."""

    at_door: int | None
    counted: int | None


def opinion_kept(keep: Keep, level: int | None, *, agreed: bool) -> Opinion:
    """Decide where a level of support goes; without consent it loses its door."""
    if level is None:
        return Opinion(at_door=None, counted=None)
    if agreed and keep is not Keep.AGGREGATE_ONLY:
        return Opinion(at_door=level, counted=None)
    return Opinion(at_door=None, counted=level)


def plausible_paces(
    moments: Sequence[datetime],
    known: Sequence[datetime],
    *,
    most: int,
    within: timedelta,
    now: datetime,
) -> list[bool]:
    """Say of each new visit whether a person can have made it among all the others.

    ``known`` are the moments of the same person's visits that are stored already. The first
    ``most`` visits of a burst pass, the rest do not, in whatever order they are sent; neither does
    what lies in the future, nor what arrives later than ``LATEST_ARRIVAL`` after its moment.
    """
    everything = sorted(known)
    found = [False] * len(moments)
    # Of several visits of one moment each counts, or a phone that stamps all alike would win.
    for index in sorted(range(len(moments)), key=moments.__getitem__):
        moment = moments[index]
        place = bisect_right(everything, moment)
        everything.insert(place, moment)
        ahead = moment > now + CLOCK_MAY_BE_AHEAD
        late = moment < now - LATEST_ARRIVAL
        found[index] = not ahead and not late and not _is_crowded(everything, place, most, within)
    return found


def _is_crowded(everything: Sequence[datetime], place: int, most: int, within: timedelta) -> bool:
    """Say whether some stretch of time that holds this moment has more than ``most`` of them.

    What was sent before may lie after it: who sends the latest first walks no faster for that.
    """
    last_start = min(place, len(everything) - 1 - most)
    return any(
        everything[start + most] - everything[start] < within
        for start in range(max(0, place - most), last_start + 1)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How a door looks in the grid; ``word`` always says what the colour does."""

    look: str
    key: str
    """Which word: "flag:…", "mark:…", "level:…", "outcome:…" or "" for none."""


LOOKS = {
    OutcomeKind.ANSWERED: "talked",
    OutcomeKind.OUT: "out",
    OutcomeKind.NO_ACCESS: "out",
    OutcomeKind.REFUSED: "closed",
    OutcomeKind.DO_NOT_CONTACT: "closed",
    OutcomeKind.MOVED: "closed",
    OutcomeKind.DECEASED: "closed",
    OutcomeKind.WRONG_ADDRESS: "closed",
    OutcomeKind.LANGUAGE: "talked",
}
LEAN_LOOKS = {Lean.FOR: "for", Lean.UNDECIDED: "talked", Lean.AGAINST: "closed"}


def cell_of(state: DoorState, flags: Collection[str], rules: DoorRules) -> Cell:
    """Give the look of a door: flags first, then marks that show, then support, then outcome."""
    for flag in STANDING.values():
        if flag in flags:
            return Cell(look="closed", key=f"flag:{flag}")
    for mark in rules.mark:
        if mark.short and mark.key in state.marks:
            return Cell(look="for", key=f"mark:{mark.key}")
    level: Level | None = rules.find_level(state.support)
    if level is not None:
        return Cell(look=LEAN_LOOKS[level.lean], key=f"level:{level.code}")
    outcome = rules.find_outcome(state.outcome)
    if outcome is None:
        return Cell(look="fresh" if not state.visited else "talked", key="")
    return Cell(look=LOOKS[outcome.kind], key=f"outcome:{outcome.key}")


def is_worth_a_knock(state: DoorState, flags: Collection[str]) -> bool:
    """Say whether the next door may be this one: nobody was there, and nothing forbids it."""
    return not state.visited and not flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How far some doors are."""

    doors: int = 0
    visited: int = 0
    talked: int = 0
    marks: Mapping[str, int]
    levels: Mapping[int, int]


def coverage(doors: int, states: Iterable[DoorState], counted: Mapping[int, int]) -> Coverage:
    """Count what was reached; ``counted`` are levels heard without a door."""
    marks: dict[str, int] = {}
    levels = dict(counted)
    visited = talked = 0
    for state in states:
        visited += state.visited
        talked += state.talked
        for mark in state.marks:
            marks[mark] = marks.get(mark, 0) + 1
        if state.support is not None:
            levels[state.support] = levels.get(state.support, 0) + 1
    return Coverage(doors=doors, visited=visited, talked=talked, marks=marks, levels=levels)


def missing_between(have: Sequence[tuple[int, int]], *, most: int) -> list[int]:
    """Give the numbers a phone has used and we have not seen, up to ``most`` of them."""
    missing: list[int] = []
    expected = 1
    for first, last in have:
        room = most - len(missing)
        missing += range(expected, min(first, expected + room))
        expected = last + 1
    return missing
