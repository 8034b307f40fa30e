"""The vocabulary in which a pack says its deadlines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from app.calendar.workdays import WorkingDays
from app.sources import SourceWords


class Status(StrEnum):
    """How sure we are of a rule."""

    VERIFIED = "V"
    ANALOGOUS = "A"
    UNVERIFIED = "M"
    DERIVED = "D"
    UNKNOWN = "?"


class Edge(StrEnum):
    """What the day is: the first, the last, or the only one."""

    OPENS = "opens"
    CLOSES = "closes"
    ON = "on"


class Whose(StrEnum):
    """Who has to act by the day."""

    CAMPAIGN = "campaign"
    VOTERS = "voters"
    OFFICE = "office"
    """Officials and others outside the campaign."""


class RuleKind(StrEnum):
    """How the day is reckoned from its anchor E and a number n."""

    ON = "on"
    """E itself."""
    BEFORE = "before"
    """Before the event E happens, so at the very latest on E."""
    GIVEN = "given"
    """An official announces it; it is never computed."""
    UNSCHEDULED = "unscheduled"
    """A duty with no calendar day; the note says when."""
    NOT_LATER_THAN_DAYS_BEFORE = "not_later_than_days_before"
    """E - (n + 1): n full days remain between the day and E."""
    NOT_EARLIER_THAN_DAYS_BEFORE = "not_earlier_than_days_before"
    """E - (n + 1)."""
    FULL_DAYS_BEFORE = "full_days_before"
    """E - (n + 1)."""
    CALENDAR_DAYS_BEFORE = "calendar_days_before"
    """E - n."""
    CALENDAR_DAYS_AFTER = "calendar_days_after"
    """E + n, not moved."""
    DAYS_BEGINNING_WITH = "days_beginning_with"
    """E + n - 1: E is the first of n days; not moved."""
    WORKING_DAYS_BEFORE = "working_days_before"
    """The n-th working day before E."""
    WORKING_DAYS_AFTER = "working_days_after"
    """The n-th working day after E."""
    DAYS_AFTER_ROLLING = "days_after_rolling"
    """E + n, moved to the next working day; up to `short_period` days count as working days."""
    MONTHS_BEFORE = "months_before"
    """The same day of the month n months earlier, or that month's last day."""
    MONTHS_AFTER = "months_after"
    """The same day of the month n months later, or that month's last day; not moved."""


COUNTED: frozenset[RuleKind] = frozenset(RuleKind) - {
    RuleKind.ON,
    RuleKind.BEFORE,
    RuleKind.GIVEN,
    RuleKind.UNSCHEDULED,
}
"""Kinds that need a number."""

NEEDS_WORKING_DAYS: frozenset[RuleKind] = frozenset(
    {RuleKind.WORKING_DAYS_BEFORE, RuleKind.WORKING_DAYS_AFTER, RuleKind.DAYS_AFTER_ROLLING}
)


class When(StrEnum):
    """The kind of voting a rule is limited to."""

    ANY = "any"
    ONE_DAY = "one_day"
    SEVERAL_DAYS = "several_days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """An anchor expression: kind, anchors in order of preference, number."""

    kind: RuleKind
    anchors: tuple[str, ...]
    """Names of anchors or keys of other deadlines; the first known one counts."""
    count: int
    """Days or months; 0 where the kind needs none."""
    not_before: str | None
    """An anchor; when known, the day is not earlier than it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRule:
    """One dated rule of a pack with its source and how sure we are of it."""

    key: str
    rule_id: str | None
    """The row of the fact table, for example T04."""
    reckoning: Reckoning
    at: time | None
    edge: Edge
    whose: Whose
    when: When
    status: Status
    source: str
    """In the notation of the pack; `CalendarRules.sources` says it in words."""
    source_keys: tuple[str, ...]
    applies_from: date | None
    """First polling day the rule is in force for."""
    applies_to: date | None
    verified_on: date | None
    """In-force date of the text in which the rule was read."""
    line: int
    """Where it stands in calendar.toml."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineText:
    """The words of one deadline in one language."""

    title: str
    note: str | None
    of: str | None
    """The deadline as an anchor, after "before" or "after" (in Russian: genitive)."""


@dataclass(frozen=True, kw_only=True, eq=False)
class CalendarRules:
    """All deadlines of one pack, ordered so that a rule comes after those it counts from."""

    rules: Mapping[str, tuple[DeadlineRule, ...]]
    """Versions of each deadline; the first that fits the voting is used."""
    reckoning_order: tuple[str, ...]
    working_days: WorkingDays | None
    short_period: int
    """Longest period, in days, that is counted in working days by `days_after_rolling`."""
    texts: Mapping[str, Mapping[str, DeadlineText]]
    """Language, then key."""
    sources: Mapping[str, SourceWords]
    """What sources are called, by language."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys in the order of the pack."""
        return tuple(self.rules)

    def text(self, key: str, language: str) -> DeadlineText:
        """The words of a deadline.

        Raises KeyError for a language or key the pack does not have.
        """
        return self.texts[language][key]
