"""Saying everything about each step once the rules have decided; nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time

from app.facts import Fact, FactState
from quests.route.conditions import NEVER, YES, Need, World, day_of, explained
from quests.route.course import Course, ProofRule, Station
from quests.route.position import Due, Progress, Proof, RouteStep, Status, Tally
from quests.route.proving import is_complete, is_stopped
from quests.route.shape import Evidence, EvidenceKind, Line, When

_NO_FACT = Fact()


class Describer:
    """Says everything about each step once the statuses are decided; decides nothing."""

    def __init__(
        self,
        *,
        course: Course,
        world: World,
        statuses: list[Status],
        legal: list[int],
        goals: list[int],
        times: Mapping[str, time],
        reached: Mapping[str, datetime],
        snoozed: Mapping[str, date],
    ) -> None:
        self.course = course
        self.world = world
        self.statuses = statuses
        self.legal = legal
        self.goals = goals
        self.times = times
        self.reached = reached
        self.snoozed = snoozed

    def step(self, station: Station) -> RouteStep:
        """The full description of one step."""
        step, index, world = station.step, station.index, self.world
        status = self.statuses[index]
        is_legal = self.legal[index] != NEVER
        start = self.legal[index] if is_legal else self.goals[index]
        proofs = tuple(
            self._proof(station, evidence, rule)
            for evidence, rule in zip(step.evidence, station.proofs, strict=True)
        )
        is_undecided, needs = self._needs(station) if status is Status.LOCKED else (False, ())
        due = self._due(step.due, station.due, is_legal=True)
        is_late = station.due >= 0 and world.days[station.due] < world.today
        until = self.snoozed.get(step.key)
        return RouteStep(
            step=step,
            status=status,
            needs=needs,
            is_undecided=is_undecided,
            is_late=is_late and not status.is_satisfied,
            due=due,
            goal=self._due(step.goal, station.goal, is_legal=False),
            latest_start=day_of(start),
            slack_days=None if start == NEVER else start - world.today,
            slack_is_legal=is_legal,
            progress=_progress(proofs),
            proofs=proofs,
            reached_at=self.reached.get(step.key),
            snoozed_until=until if until and until.toordinal() > world.today else None,
            unlocks=tuple(self.course.stations[i].step.key for i in station.followers),
        )

    def _needs(self, station: Station) -> tuple[bool, tuple[Need, ...]]:
        """Whether it is still open that the step applies, and what it waits for."""
        step, charter = station.step, self.course.charter
        if step.applies is not None:
            needs = explained(step.applies, self.world, charter)
            if needs:
                return True, needs
        return False, explained(step.opens, self.world, charter) if step.opens else ()

    def _due(self, when: When | None, place: int, *, is_legal: bool) -> Due | None:
        if when is None:
            return None
        at = self.times.get(when.deadline) if when.days == 0 else None
        # The place holds the last day to act; the deadline at midnight is named by its own day.
        ordinal = self.world.days[place] + (at == time(0))
        return Due(
            deadline=when.deadline,
            days=when.days,
            on=day_of(ordinal),
            at=at,
            is_legal=is_legal,
        )

    def _proof(self, station: Station, evidence: Evidence, rule: ProofRule) -> Proof:
        if rule.place >= 0:
            return self._day_proof(evidence, self.world.days[rule.place])
        fact = self.world.facts.get(rule.fact, _NO_FACT)
        is_form = evidence.kind is EvidenceKind.FORM
        stopped = is_form and is_stopped(station, self.world)
        complete = fact is not _NO_FACT and is_complete(rule, fact) and not stopped
        spared = not complete and rule.spared is not None and rule.spared(self.world) == YES
        need = rule.shown
        return Proof(
            evidence=evidence,
            state=fact.state,
            progress=Progress(have=need if complete else min(fact.count, need), need=need),
            is_complete=complete or spared,
            is_spared=spared,
            is_stopped=stopped,
            on=None,
            at=fact.at,
            note=fact.note,
        )

    def _day_proof(self, evidence: Evidence, ordinal: int) -> Proof:
        has_come = ordinal <= self.world.today
        return Proof(
            evidence=evidence,
            state=FactState.PRESENT if has_come else FactState.WAITING,
            progress=Progress(have=int(has_come), need=1),
            is_complete=has_come,
            is_spared=False,
            is_stopped=False,
            on=day_of(ordinal),
            at=None,
            note=None,
        )


class Described(Mapping[str, RouteStep]):
    """The steps of a decided route by key, in its order, each described when it is asked for.

    The page of a step speaks of one or two of them; only the map speaks of all.
    """

    __slots__ = ("_describer", "_known")

    def __init__(self, describer: Describer) -> None:
        self._describer = describer
        self._known: dict[str, RouteStep] = {}

    def __getitem__(self, key: str) -> RouteStep:
        """Give the description of a step. Raises KeyError."""
        known = self._known.get(key)
        if known is None:
            course = self._describer.course
            known = self._describer.step(course.stations[course.indexes[key]])
            self._known[key] = known
        return known

    def __iter__(self) -> Iterator[str]:
        """Give the keys in route order."""
        return iter(self._describer.course.indexes)

    def __len__(self) -> int:
        """Give how many steps the route has."""
        return len(self._describer.course.indexes)


def _progress(proofs: tuple[Proof, ...]) -> Progress:
    """Of one piece of evidence its own count; of several, how many are complete."""
    if len(proofs) == 1:
        return proofs[0].progress
    return Progress(have=sum(proof.is_complete for proof in proofs), need=len(proofs))


def tally(course: Course, statuses: Sequence[Status], line: Line | None = None) -> Tally:
    """Counts of the route's own steps, of one line or of all; what does not apply is left out."""
    found = [
        status
        for station, status in zip(course.stations, statuses, strict=True)
        if not station.step.side
        and status is not Status.NOT_APPLICABLE
        and (line is None or station.step.line is line)
    ]
    return Tally(
        done=found.count(Status.DONE),
        total=len(found),
        workable=sum(status.is_workable for status in found),
        waiting=found.count(Status.WAITING),
        overdue=found.count(Status.OVERDUE),
        locked=found.count(Status.LOCKED),
    )
