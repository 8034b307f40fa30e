"""The typed shape of calendar.toml and of the deadline texts beside it."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from app.calendar.rules import COUNTED, Edge, RuleKind, Status, When, Whose
from app.packs import PackRules

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def _clock_time(value: object) -> object:
    if isinstance(value, str):
        return time.fromisoformat(value)
    return value


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Day = date
ClockTime = Annotated[time, BeforeValidator(_clock_time)]
"""The names `date` and `time` are keys of the file, so the types need others."""


class YearlyDay(PackRules):
    """A day of the year that never counts."""

    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=31)

    @model_validator(mode="after")
    def _exists_every_year(self) -> YearlyDay:
        date(2001, self.month, self.day)
        return self


class ExtraDayShape(PackRules):
    """A single proclaimed day that does not count."""

    date: Day
    source: str = Field(min_length=1)
    status: Status


class WorkingDaysShape(PackRules):
    """Which days are not counted, and where that is written."""

    weekend: tuple[Weekday, ...] = Field(min_length=1)
    country: str = Field(pattern=r"^[A-Z]{2}$")
    subdivision: str | None = None
    yearly: tuple[YearlyDay, ...] = ()
    extra_day: tuple[ExtraDayShape, ...] = ()
    short_period: int = Field(default=0, ge=0)
    source: str = Field(min_length=1)
    source_keys: tuple[str, ...] = ()
    status: Status


class ReckoningShape(PackRules):
    """How the day is reckoned."""

    kind: RuleKind
    anchor: Annotated[tuple[str, ...], BeforeValidator(_as_list)] = ()
    count: int | None = Field(default=None, ge=1, le=400)
    not_before: str | None = None

    @model_validator(mode="after")
    def _complete(self) -> ReckoningShape:
        if (self.kind in COUNTED) != (self.count is not None):
            need = "needs" if self.kind in COUNTED else "takes no"
            raise ValueError(f"a rule of kind {self.kind.value} {need} count")
        if (self.kind is RuleKind.UNSCHEDULED) == bool(self.anchor):
            need = "takes no" if self.anchor else "needs"
            raise ValueError(f"a rule of kind {self.kind.value} {need} anchor")
        return self


class DeadlineShape(PackRules):
    """One row of the timeline; a row that gives several keys the same day lists them."""

    key: Key | None = None
    keys: tuple[Key, ...] = ()
    rule_id: str | None = None
    rule: ReckoningShape
    time: ClockTime | None = None
    edge: Edge
    whose: Whose
    when: When = When.ANY
    status: Status
    source: str = Field(min_length=1)
    source_keys: tuple[str, ...]
    applies_from: date | None = None
    applies_to: date | None = None
    verified_on: date | None = None

    @model_validator(mode="after")
    def _one_or_many_keys(self) -> DeadlineShape:
        if (self.key is None) == (not self.keys):
            raise ValueError("give either key or keys")
        if self.status is Status.UNKNOWN and self.rule.kind is not RuleKind.UNSCHEDULED:
            raise ValueError("a rule of status ? has no day: use kind unscheduled")
        if self.status is Status.VERIFIED and not self.source_keys:
            raise ValueError("a verified rule names its source_keys")
        return self

    @property
    def all_keys(self) -> tuple[str, ...]:
        """Every key of the row."""
        return self.keys or ((self.key,) if self.key else ())


class CalendarShape(PackRules):
    """The whole of calendar.toml."""

    working_days: WorkingDaysShape | None = None
    deadline: tuple[DeadlineShape, ...] = Field(min_length=1)


class TextShape(PackRules):
    """The words of one deadline."""

    title: str = Field(min_length=1, max_length=120)
    note: str | None = Field(default=None, min_length=1)
    of: str | None = Field(default=None, min_length=1)


class TextsShape(PackRules):
    """The whole of deadlines.<language>.toml."""

    deadline: dict[str, TextShape] = Field(min_length=1)
