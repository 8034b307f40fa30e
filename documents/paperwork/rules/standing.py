"""Where one paper stands, what can be done with it now, and what changed since it was issued."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.facts import FactState
from documents.paperwork.rules.answers import Row
from documents.paperwork.rules.interview import EMPTY, Table
from documents.paperwork.shape import NONE


class State(StrEnum):
    """How far the check of the signed paper is."""

    DRAFT = "draft"
    WAITING = "waiting"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class IssueState(StrEnum):
    """How far the file of an issued version is."""

    WANTED = "wanted"
    READY = "ready"
    FAILED = "failed"


class Stage(StrEnum):
    """Where a paper stands as its candidate sees it."""

    INCOMPLETE = "incomplete"
    READY = "ready"
    WANTED = "wanted"
    """Made elsewhere: to be brought and photographed."""
    PREPARING = "preparing"
    ISSUED = "issued"
    SCANNED = "scanned"
    WAITING = "waiting"
    RETURNED = "returned"
    ACCEPTED = "accepted"


SUBJECT_KIND = "document"
FACT_STATES: Mapping[State, FactState] = {
    State.DRAFT: FactState.NONE,
    State.WAITING: FactState.WAITING,
    State.RETURNED: FactState.RETURNED,
    State.ACCEPTED: FactState.PRESENT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """An answer that is not what the issued paper says."""

    key: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChange:
    """A row of a table that is not what the issued paper says; None: it is not there."""

    key: str
    number: int
    """Its place in the table where it stands last, counted from one."""
    before: Mapping[str, str] | None
    after: Mapping[str, str] | None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that read otherwise now."""
        before, after = self.before or {}, self.after or {}
        keys = [*before, *(key for key in after if key not in before)]
        return tuple(key for key in keys if before.get(key, "") != after.get(key, ""))


def stage_elsewhere(state: State, *, scans: int) -> Stage:
    """Give where a paper stands that is made elsewhere: there is nothing to issue."""
    match state:
        case State.WAITING:
            return Stage.WAITING
        case State.ACCEPTED:
            return Stage.ACCEPTED
        case State.RETURNED:
            return Stage.RETURNED
        case _:
            return Stage.SCANNED if scans else Stage.WANTED


def stage_of(
    state: State, *, complete: bool, issue: IssueState | None, scans_of_newest: int
) -> Stage:
    """Give where a paper stands; the check of the signed paper goes before everything else."""
    match state:
        case State.WAITING:
            return Stage.WAITING
        case State.ACCEPTED:
            return Stage.ACCEPTED
        case State.RETURNED if not scans_of_newest or issue is None:
            return Stage.RETURNED
        case _:
            return _before_check(complete=complete, issue=issue, scans=scans_of_newest)


def _before_check(*, complete: bool, issue: IssueState | None, scans: int) -> Stage:
    if scans:
        return Stage.SCANNED
    if issue is IssueState.READY:
        return Stage.ISSUED
    if issue is IssueState.WANTED:
        return Stage.PREPARING
    return Stage.READY if complete else Stage.INCOMPLETE


def differences(printed: Mapping[str, str], now: Mapping[str, str]) -> tuple[Difference, ...]:
    """Give what the answers say now otherwise than the printed paper, in the paper's order."""
    keys = [*printed, *(key for key in now if key not in printed)]
    return tuple(
        Difference(key=key, before=printed.get(key, ""), after=now.get(key, ""))
        for key in keys
        if printed.get(key, "") != now.get(key, "")
    )


def row_changes(printed: Mapping[str, Table], now: Mapping[str, Table]) -> tuple[RowChange, ...]:
    """Give which rows were added, removed or changed since, table by table.

    A row that only changed its place says nothing new.
    """
    return tuple(
        change
        for key in {**printed, **now}
        for change in _row_changes(key, printed.get(key, EMPTY).rows, now.get(key, EMPTY).rows)
    )


def none_changes(printed: Mapping[str, Table], now: Mapping[str, Table]) -> tuple[Difference, ...]:
    """Give the tables where it is said otherwise by now that there is nothing to list."""
    return tuple(
        Difference(key=key, before=NONE if was else "", after="" if was else NONE)
        for key in {**printed, **now}
        if (was := printed.get(key, EMPTY).none) is not now.get(key, EMPTY).none
    )


def _row_changes(key: str, before: tuple[Row, ...], after: tuple[Row, ...]) -> Iterator[RowChange]:
    old = {row.id: row.values for row in before}
    new = {row.id: row.values for row in after}
    places = {row.id: number for rows in (before, after) for number, row in enumerate(rows, 1)}
    for row_id in {**old, **new}:
        was, now = old.get(row_id), new.get(row_id)
        if was != now:
            yield RowChange(key=key, number=places[row_id], before=was, after=now)


def number_of(code: str, campaign_id: int, version: int) -> str:
    """Give the number that is printed on every page of an issued version."""
    return f"{code}-{campaign_id:06d}-{version}"
