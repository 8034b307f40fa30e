"""What the rules say about a campaign on its route: statuses, reasons, days and counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from app.facts import FactState
from quests.route.conditions import Need
from quests.route.shape import Evidence, Line, Step

CANDIDATE = "candidate"


class Status(StrEnum):
    """Where one step stands."""

    LOCKED = "locked"
    OPEN = "open"
    WAITING = "waiting"
    RETURNED = "returned"
    DONE = "done"
    OVERDUE = "overdue"
    NOT_APPLICABLE = "not_applicable"

    @property
    def is_workable(self) -> bool:
        """Whether the team has something to do here; too late is still workable."""
        return self in _WORKABLE

    @property
    def is_satisfied(self) -> bool:
        """Whether later steps may count on this one."""
        return self in (Status.DONE, Status.NOT_APPLICABLE)


_WORKABLE = frozenset({Status.OPEN, Status.RETURNED, Status.OVERDUE})


class Because(StrEnum):
    """Why a step is the one to do now."""

    RETURNED = "returned"
    OVERDUE = "overdue"
    NEXT = "next"
    SIDE = "side"
    WAITING = "waiting"
    SNOOZED = "snoozed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """The one step to look at now, and why it is this one."""

    step: Step
    because: Because


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A day a step should be done by: `on` is None while it is not known."""

    deadline: str
    days: int
    on: date | None
    at: time | None
    is_legal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many of how many."""

    have: int
    need: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """How far one piece of evidence is; `on` is the day date evidence waits for.

    `is_spared` means that an answer has made it needless: it is complete without being there.
    """

    evidence: Evidence
    state: FactState
    progress: Progress
    is_complete: bool
    is_spared: bool
    is_stopped: bool
    on: date | None
    at: date | None
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteStep:
    """One step of a campaign's route, with everything a page may want to say about it.

    `needs` is empty unless the step is locked. `is_undecided` means that it is not yet known
    whether the step applies. `slack_days` is negative when the latest sensible start has passed,
    and None when nothing binds the step; `slack_is_legal` tells a law's day from our advice.
    """

    step: Step
    status: Status
    needs: tuple[Need, ...]
    is_undecided: bool
    is_late: bool
    due: Due | None
    goal: Due | None
    latest_start: date | None
    slack_days: int | None
    slack_is_legal: bool
    progress: Progress
    proofs: tuple[Proof, ...]
    reached_at: datetime | None
    snoozed_until: date | None
    unlocks: tuple[str, ...]

    @property
    def key(self) -> str:
        """The step's key."""
        return self.step.key

    @property
    def is_workable(self) -> bool:
        """Whether the team may work on it: open, returned or overdue, or done and repeatable."""
        if self.status is Status.DONE:
            return self.step.repeatable
        return self.status.is_workable

    def can_wait_until(self, day: date) -> bool:
        """Whether the step may rest until this day and still be done in time by law.

        Our own advice does not bind: those who are behind it may still choose what comes first.
        """
        if self.status is not Status.OPEN:
            return False
        return not self.slack_is_legal or self.latest_start is None or day <= self.latest_start

    def may_be_worked_by(self, role: str) -> bool:
        """Whether a member of the team with this role may work on it now."""
        return self.is_workable and may_work(self.step, role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Counts over the steps that apply; side steps are not among them."""

    done: int = 0
    total: int = 0
    workable: int = 0
    waiting: int = 0
    overdue: int = 0
    locked: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A campaign's whole route on one day.

    `former` are milestones of steps the pack no longer has: they happened and stay shown.
    """

    today: date
    by_key: Mapping[str, RouteStep]
    """In route order."""
    statuses: Mapping[str, Status]
    """Where each step stands, for those who need no more said about it; in route order."""
    lines: Mapping[Line, Tally]
    total: Tally
    now: Now | None
    former: tuple[tuple[str, datetime], ...]

    @property
    def steps(self) -> tuple[RouteStep, ...]:
        """Every step in route order."""
        return tuple(self.by_key.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A route for lists: statuses in route order, what to do now, how much is done.

    `slack_days` and `slack_is_legal` are those of the step to do now. `nears_on` is the ordinal
    of the next day on which a step comes near by law; NEVER when none will.
    """

    statuses: tuple[Status, ...]
    now: Now | None
    slack_days: int | None
    slack_is_legal: bool
    done: int
    total: int
    nears_on: int


def may_work(step: Step, role: str) -> bool:
    """Whether a role of the team does this step; the candidate may do every one."""
    return role == CANDIDATE or role in step.who
