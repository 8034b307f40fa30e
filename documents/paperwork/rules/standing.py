"""Where one paper stands, what can be done with it now, and what changed since it was issued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.facts import FactState


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


def number_of(code: str, campaign_id: int, version: int) -> str:
    """Give the number that is printed on every page of an issued version."""
    return f"{code}-{campaign_id:06d}-{version}"
