"""Reckoning the day of each deadline."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from app.calendar.anchors import ANCHOR_NAMES, Anchors
from app.calendar.rules import CalendarRules, DeadlineRule, Reckoning, RuleKind, When
from app.calendar.workdays import WorkingDays


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineDate:
    """The day of a deadline, or what must be known first."""

    key: str
    on: date | None
    at: time | None
    missing: tuple[str, ...]
    """Anchors that are not known and without which there is no day."""
    rule: DeadlineRule
    applies: bool
    """False when no rule of the pack is in force for this polling day."""
    counted_from: str | None
    """The anchor or deadline the day was counted from."""
    anchor_day: date | None
    held_back: bool = False
    """True when `not_before` and not the count decided the day."""


def compute_dates(rules: CalendarRules, anchors: Anchors) -> Mapping[str, DeadlineDate]:
    """Every deadline of the pack, by key, in the order of the pack."""
    done: dict[str, DeadlineDate] = {}
    for key in rules.reckoning_order:
        done[key] = _date(rules, _fitting(rules.rules[key], anchors), anchors, done)
    return {key: done[key] for key in rules.rules}


def _fitting(versions: tuple[DeadlineRule, ...], anchors: Anchors) -> DeadlineRule:
    if len(versions) == 1:
        return versions[0]
    fitting = [rule for rule in versions if _fits_voting(rule, anchors)]
    in_force = [rule for rule in fitting if in_force_for(rule, anchors.polling_day)]
    return (in_force or fitting or list(versions))[0]


def _fits_voting(rule: DeadlineRule, anchors: Anchors) -> bool:
    if rule.when is When.ANY:
        return True
    return (rule.when is When.SEVERAL_DAYS) == anchors.several_days


def in_force_for(rule: DeadlineRule, polling_day: date) -> bool:
    """True when the rule governs an election with this polling day."""
    started = rule.applies_from is None or rule.applies_from <= polling_day
    return started and (rule.applies_to is None or polling_day <= rule.applies_to)


def _date(
    rules: CalendarRules, rule: DeadlineRule, anchors: Anchors, done: Mapping[str, DeadlineDate]
) -> DeadlineDate:
    applies = _fits_voting(rule, anchors) and in_force_for(rule, anchors.polling_day)
    if not applies or rule.reckoning.kind is RuleKind.UNSCHEDULED:
        return _without_day(rule, applies=applies, missing=())
    counted_from, anchor_day, missing = _anchor(rule.reckoning, anchors, done)
    if anchor_day is None:
        return _without_day(rule, applies=True, missing=missing)
    on = reckon(rule.reckoning, anchor_day, rules.working_days, rules.short_period)
    limit = anchors.find(rule.reckoning.not_before) if rule.reckoning.not_before else None
    held_back = limit is not None and limit > on
    return DeadlineDate(
        key=rule.key,
        on=limit if held_back else on,
        at=rule.at,
        missing=(),
        rule=rule,
        applies=True,
        counted_from=counted_from,
        anchor_day=anchor_day,
        held_back=held_back,
    )


def _without_day(rule: DeadlineRule, *, applies: bool, missing: tuple[str, ...]) -> DeadlineDate:
    return DeadlineDate(
        key=rule.key,
        on=None,
        at=None,
        missing=missing,
        rule=rule,
        applies=applies,
        counted_from=None,
        anchor_day=None,
    )


def _anchor(
    reckoning: Reckoning, anchors: Anchors, done: Mapping[str, DeadlineDate]
) -> tuple[str | None, date | None, tuple[str, ...]]:
    missing: list[str] = []
    day: date | None
    lacking: tuple[str, ...]
    for name in reckoning.anchors:
        if name in ANCHOR_NAMES:
            day, lacking = anchors.find(name), (name,)
        else:
            day, lacking = done[name].on, done[name].missing
        if day is not None:
            return name, day, ()
        missing.extend(each for each in lacking if each not in missing)
    return None, None, tuple(missing)


def reckon(
    reckoning: Reckoning, anchor: date, working_days: WorkingDays | None, short_period: int
) -> date:
    """The day of an anchor expression whose anchor is known.

    Source: 67-FZ art. 11.1 for full days; LEPAR Sch 2 r.2 and RPA 1983 s.119 for working days.
    """
    if reckoning.kind in _PLAIN:
        return _PLAIN[reckoning.kind](anchor, reckoning.count)
    if working_days is None:
        raise ValueError("The calendar has no working days, yet a rule counts in them.")
    if reckoning.kind is RuleKind.WORKING_DAYS_BEFORE:
        return working_days.before(anchor, reckoning.count)
    if reckoning.kind is RuleKind.WORKING_DAYS_AFTER or reckoning.count <= short_period:
        return working_days.after(anchor, reckoning.count)
    return working_days.on_or_after(anchor + timedelta(days=reckoning.count))


def _full_days_before(anchor: date, count: int) -> date:
    return anchor - timedelta(days=count + 1)


def _anchor_itself(anchor: date, _count: int) -> date:
    return anchor


def months_later(day: date, months: int) -> date:
    """The same day of the month so many months later (negative: earlier), or that month's last."""
    year, month_index = divmod(day.year * 12 + day.month - 1 + months, 12)
    month = month_index + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


_PLAIN: Mapping[RuleKind, Callable[[date, int], date]] = {
    RuleKind.ON: _anchor_itself,
    RuleKind.BEFORE: _anchor_itself,
    RuleKind.GIVEN: _anchor_itself,
    RuleKind.NOT_LATER_THAN_DAYS_BEFORE: _full_days_before,
    RuleKind.NOT_EARLIER_THAN_DAYS_BEFORE: _full_days_before,
    RuleKind.FULL_DAYS_BEFORE: _full_days_before,
    RuleKind.CALENDAR_DAYS_BEFORE: lambda anchor, count: anchor - timedelta(days=count),
    RuleKind.CALENDAR_DAYS_AFTER: lambda anchor, count: anchor + timedelta(days=count),
    RuleKind.DAYS_BEGINNING_WITH: lambda anchor, count: anchor + timedelta(days=count - 1),
    RuleKind.MONTHS_BEFORE: lambda anchor, count: months_later(anchor, -count),
    RuleKind.MONTHS_AFTER: lambda anchor, count: months_later(anchor, count),
}
