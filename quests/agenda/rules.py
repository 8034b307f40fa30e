"""How a calendar is laid out: what lies ahead, what is past, and which reminders are worth it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from app.calendar import Deadline, Reminder, Whose
from quests.route.position import Route, RouteStep, Status

SOON_DAYS = 7
"""Deadlines at most so many days ahead stand out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The deadlines of a campaign as its calendar shows them, each group in order."""

    late: tuple[Deadline, ...]
    """Past ones whose step is not done."""
    coming: tuple[Deadline, ...]
    past: tuple[Deadline, ...]
    undated: tuple[Deadline, ...]


def laid_out(
    deadlines: Iterable[Deadline], *, now: datetime, zone: str, owing: Collection[str]
) -> Layout:
    """Sort deadlines by day; ``owing`` are the keys of those a step was to be done by and is not.

    A deadline with an hour is past when the hour is; one without, when its day is over.
    """
    dated = sorted((each for each in deadlines if each.on is not None), key=_in_order)
    gone = [each for each in dated if is_past(each.on, each.at, now=now, zone=zone)]
    return Layout(
        late=tuple(each for each in gone if each.key in owing),
        coming=tuple(each for each in dated if each not in gone),
        past=tuple(each for each in gone if each.key not in owing),
        undated=tuple(each for each in deadlines if each.on is None),
    )


def is_past(on: date | None, at: time | None, *, now: datetime, zone: str) -> bool:
    """Say whether a deadline is over in the election's zone; never, while its day is unknown."""
    if on is None:
        return False
    local = now.astimezone(ZoneInfo(zone))
    if at is None:
        return on < local.date()
    return datetime.combine(on, at, tzinfo=ZoneInfo(zone)) < local


def _in_order(deadline: Deadline) -> tuple[date, time]:
    return (deadline.on or date.max, deadline.at or time.max)


def by_missing_day(
    undated: Iterable[Deadline],
) -> Mapping[tuple[str, ...], tuple[Deadline, ...]]:
    """Group deadlines by the days that must be known first, in the order they come.

    Those that never have a calendar day come last, under no name.
    """
    found: dict[tuple[str, ...], tuple[Deadline, ...]] = {}
    for each in undated:
        found[each.missing] = (*found.get(each.missing, ()), each)
    unscheduled = found.pop((), ())
    return {**found, (): unscheduled} if unscheduled else found


def chosen(deadlines: Iterable[Deadline], *, only_own: bool) -> tuple[Deadline, ...]:
    """Give all deadlines, or only those by which the campaign itself must act."""
    return tuple(each for each in deadlines if not only_own or each.whose is Whose.CAMPAIGN)


def bound_steps(route: Route) -> Mapping[str, tuple[RouteStep, ...]]:
    """Give the steps that are to be done by each deadline and are needed, done or not."""
    found: dict[str, tuple[RouteStep, ...]] = {}
    for step in route.steps:
        if step.due is not None and step.status is not Status.NOT_APPLICABLE:
            found[step.due.deadline] = (*found.get(step.due.deadline, ()), step)
    return found


def goals(route: Route) -> tuple[RouteStep, ...]:
    """Give the steps the team can work on now for which we advise a day, nearest day first."""
    found = (
        step
        for step in route.steps
        if step.status.is_workable and step.goal is not None and step.goal.on is not None
    )
    return tuple(sorted(found, key=_by_goal))


def _by_goal(step: RouteStep) -> date:
    return step.goal.on if step.goal and step.goal.on else date.max


def worth_reminding(
    due: Iterable[Reminder],
    deadlines: Mapping[str, Deadline],
    *,
    bound: Collection[str],
    owing: Collection[str],
) -> tuple[Reminder, ...]:
    """Narrow reminders to what this campaign has still to do.

    ``bound`` are the deadlines some step of the pack is to be done by, ``owing`` those with such
    a step unfinished and needed. A deadline no step knows is the campaign's own to watch.
    """
    return tuple(
        reminder
        for reminder in due
        if reminder.key in owing
        or (reminder.key not in bound and deadlines[reminder.key].whose is Whose.CAMPAIGN)
    )


def owing(bound: Mapping[str, Collection[RouteStep]]) -> frozenset[str]:
    """Give the deadlines that have an unfinished step."""
    return frozenset(
        key for key, steps in bound.items() if any(not step.status.is_satisfied for step in steps)
    )
