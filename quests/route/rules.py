"""Where a campaign stands on its route. This is the only place that decides.

How a step is decided, in this order:

* not applicable, when its `applies` can no longer hold; it then counts as satisfied for the
  steps it would open, but not as done in any count;
* locked, while it is not known whether it applies, or while `opens` does not hold;
* done, when every piece of evidence is complete: evidence of a locked step waits with it;
* returned, when any evidence came back; waiting, when nothing is left to do but wait;
* overdue, when the legal day has passed: still workable, only too late; otherwise open.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time

from app.facts import Fact, FactState
from quests.route.conditions import NEVER, NO, YES, World
from quests.route.course import Course
from quests.route.describing import Described, Describer, tally
from quests.route.pack import RoutePack
from quests.route.position import (
    CANDIDATE,
    Because,
    Now,
    Route,
    RouteStep,
    Standing,
    Status,
    may_work,
)
from quests.route.proving import worked
from quests.route.shape import Line
from quests.route.slack import latest_starts

__all__ = ["Fact", "FactState", "Status", "may_work", "newly_reached", "route", "standing"]


Deadlines = Mapping[str, date | None]


def route(
    pack: RoutePack,
    facts: Mapping[str, Fact],
    today: date,
    *,
    deadlines: Deadlines,
    times: Mapping[str, time] | None = None,
    reached: Mapping[str, datetime] | None = None,
    snoozed: Mapping[str, date] | None = None,
    role: str = CANDIDATE,
) -> Route:
    """A campaign's route on `today`, a day in the election's zone.

    `deadlines` holds legal deadlines and anchors alike, None or absent while not known;
    `times` the hour of those that have one. `role` chooses among the steps whose is `now`.
    """
    reached = reached or {}
    snoozed = snoozed or {}
    course = pack.course
    world = World(facts, today.toordinal(), course.ordinals(deadlines, times))
    statuses = _decide(course, world)
    legal, goals = latest_starts(course, world.satisfied, world.days)
    describer = Describer(
        course=course,
        world=world,
        statuses=statuses,
        legal=legal,
        goals=goals,
        times=times or {},
        reached=reached,
        snoozed=snoozed,
    )
    return Route(
        today=today,
        by_key=Described(describer),
        statuses=dict(zip(course.indexes, statuses, strict=True)),
        lines={line: tally(course, statuses, line) for line in Line},
        total=tally(course, statuses),
        now=_now(course, world, statuses, legal, goals, snoozed, role),
        former=tuple((key, at) for key, at in sorted(reached.items()) if key not in course.indexes),
    )


def standing(
    pack: RoutePack,
    facts: Mapping[str, Fact],
    today: date,
    *,
    deadlines: Deadlines,
    times: Mapping[str, time] | None = None,
    snoozed: Mapping[str, date] | None = None,
    role: str = CANDIDATE,
) -> Standing:
    """The same decision as `route` for lists of many campaigns, without the explanations."""
    course = pack.course
    world = World(facts, today.toordinal(), course.ordinals(deadlines, times))
    statuses = _decide(course, world)
    legal, goals = latest_starts(course, world.satisfied, world.days)
    now = _now(course, world, statuses, legal, goals, snoozed or {}, role)
    main = course.main
    done = (world.satisfied & ~world.not_applicable & main).bit_count()
    slack_days, slack_is_legal = _slack_of_now(course, now, legal, goals, world.today)
    return Standing(
        statuses=tuple(statuses),
        now=now,
        slack_days=slack_days,
        slack_is_legal=slack_is_legal,
        done=done,
        total=(main & ~world.not_applicable).bit_count(),
        nears_on=_nears_on(statuses, legal, world.today),
    )


def newly_reached(found: Route, milestones: Collection[str]) -> tuple[RouteStep, ...]:
    """Steps that are done and have no milestone yet, in route order.

    A milestone is only ever added: one whose step is open again, or gone from the pack, stays.
    """
    return tuple(
        step
        for step in found.steps
        if step.status is Status.DONE and step.step.key not in milestones
    )


def _decide(course: Course, world: World) -> list[Status]:
    """The status of every step in route order; `world` learns what is satisfied."""
    statuses = [Status.LOCKED] * len(course.stations)
    days = world.days
    for station in course.order:
        if station.applies is not None:
            applies = station.applies(world)
            if applies == NO:
                world.satisfied |= station.bit
                world.not_applicable |= station.bit
                statuses[station.index] = Status.NOT_APPLICABLE
                continue
            if applies != YES:
                continue
        if station.opens_mask & ~world.satisfied:
            continue
        if station.opens_rest is not None and station.opens_rest(world) != YES:
            continue
        status = worked(station, world)
        if status is Status.DONE:
            world.satisfied |= station.bit
        elif status is Status.OPEN and station.due >= 0 and days[station.due] < world.today:
            status = Status.OVERDUE
        statuses[station.index] = status
    return statuses


_RANKS: Mapping[Status, int] = {Status.RETURNED: 0, Status.OVERDUE: 1, Status.OPEN: 2}
_CHOSEN_FROM = frozenset({*_RANKS, Status.WAITING})
NEAR = 7
"""Days: a step that the law wants begun within so many goes before everything that is advice."""
_REASONS = (
    Because.RETURNED,
    Because.OVERDUE,
    Because.NEXT,
    Because.SIDE,
    Because.WAITING,
    Because.SNOOZED,
)


def _now(
    course: Course,
    world: World,
    statuses: list[Status],
    legal: list[int],
    goals: list[int],
    snoozed: Mapping[str, date],
    role: str,
) -> Now | None:
    """The one step to do now, or None when there is none for this role.

    Returned first, then overdue; then what the law wants begun within NEAR days, however long
    ago our advice wanted something else; then by the latest sensible start; at the same start
    the law before our advice, then route order. Side steps come after the route's own, steps
    that only wait after those, and what the team has put off comes last.
    """
    best: tuple[int, bool, int, bool, int] | None = None
    near = world.today + NEAR
    for index, status in enumerate(statuses):
        rank = _RANKS.get(status, 4 if status is Status.WAITING else None)
        if rank is None:
            continue
        step = course.stations[index].step
        if role != CANDIDATE and role not in step.who:
            continue
        if rank == 2 and step.side:
            rank = 3
        if snoozed:
            until = snoozed.get(step.key)
            if until is not None and until.toordinal() > world.today:
                rank = 5
        is_legal = legal[index] != NEVER
        start = legal[index] if is_legal else goals[index]
        found = (rank, legal[index] > near, start, not is_legal, index)
        if best is None or found < best:
            best = found
    if best is None:
        return None
    return Now(step=course.stations[best[-1]].step, because=_REASONS[best[0]])


def _nears_on(statuses: list[Status], legal: list[int], today: int) -> int:
    """Give the next day on which a step comes near by law, which can make it the one to do now."""
    return min(
        (
            start - NEAR
            for status, start in zip(statuses, legal, strict=True)
            if start != NEVER and start - NEAR > today and status in _CHOSEN_FROM
        ),
        default=NEVER,
    )


def _slack_of_now(
    course: Course, now: Now | None, legal: list[int], goals: list[int], today: int
) -> tuple[int | None, bool]:
    """Give the slack of the step to do now, and whether the law counts it."""
    if now is None:
        return None, False
    index = course.indexes[now.step.key]
    is_legal = legal[index] != NEVER
    start = legal[index] if is_legal else goals[index]
    return (None if start == NEVER else start - today), is_legal
