"""Which decisions about a review are lawful, who may take them, and by when one is promised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.access import PERMISSIONS, Permission, Role, Scope, Viewer
from app.errors import Conflict, Forbidden, Refused
from app.reviews import errors

UNDO_FOR = timedelta(minutes=10)
LONGEST_REASON = 4_000
MOST_AT_ONCE = 50
END_OF_WORKING_DAY = time(18)
SATURDAY = 5


class Queue(StrEnum):
    """Whose desk a review lies on."""

    ORGANISATION = "organisation"
    COALITION = "coalition"
    LAWYER = "lawyer"
    DESIGNER = "designer"


class State(StrEnum):
    """How far a review is."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


PROMISED_DAYS: Mapping[Queue, int] = {
    Queue.ORGANISATION: 2,
    Queue.COALITION: 3,
    Queue.LAWYER: 3,
    Queue.DESIGNER: 4,
}
"""Working days within which each queue promises an answer: our house rule, not a law."""

DECIDERS: Mapping[Queue, frozenset[Role]] = {
    Queue.ORGANISATION: frozenset({Role.COORDINATOR, Role.CHIEF}),
    Queue.COALITION: frozenset({Role.CHIEF}),
    Queue.LAWYER: frozenset({Role.LAWYER, Role.CHIEF}),
    Queue.DESIGNER: frozenset({Role.DESIGNER, Role.CHIEF}),
}
"""The roles that decide in a queue; the coalition's chief stands in for everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the rules look at in a review: its state and who did what."""

    state: State
    queue: Queue
    submitted_by: int | None
    decided_by: int | None = None
    decided_by_name: str = ""
    decided_at: datetime | None = None
    newest: bool = True


def route_queue(asked: Queue, *, organisation_id: int | None) -> Queue:
    """Give the queue a review really goes to: a campaign nobody has placed is the coalition's."""
    if asked is Queue.ORGANISATION and organisation_id is None:
        return Queue.COALITION
    return asked


def promised_at(
    queue: Queue,
    submitted_at: datetime,
    zone: ZoneInfo,
    days: Mapping[Queue, int] = PROMISED_DAYS,
) -> datetime:
    """Give the moment by which an answer is promised: the end of a working day in the zone.

    What comes in on a Saturday or Sunday counts as Monday's.
    """
    day = submitted_at.astimezone(zone).date()
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    left = days[queue]
    while left:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY:
            left -= 1
    return datetime.combine(day, END_OF_WORKING_DAY, tzinfo=zone).astimezone(submitted_at.tzinfo)


def deciding_roles(viewer: Viewer, scope: Scope) -> frozenset[Role]:
    """Give the roles by which the viewer may decide about things of this scope."""
    return frozenset(
        role for role in viewer.roles_in(scope) if Permission.REVIEW_DECIDE in PERMISSIONS[role]
    )


def may_decide_in(viewer: Viewer, scope: Scope, queue: Queue) -> bool:
    """Say whether the viewer decides about things of this scope in this queue."""
    return bool(deciding_roles(viewer, scope) & DECIDERS[queue])


def check_may_decide(viewer: Viewer, scope: Scope, review: Standing) -> None:
    """Refuse a viewer whose desk this is not, and everybody's own work.

    Raises Forbidden.
    """
    if not may_decide_in(viewer, scope, review.queue):
        raise Forbidden(errors.WRONG_QUEUE)
    own_campaign = any(
        grant.campaign_id == scope.campaign_id and Permission.STEP_WORK in PERMISSIONS[grant.role]
        for grant in viewer.grants
        if grant.campaign_id is not None
    )
    if own_campaign or review.submitted_by == viewer.person_id:
        raise Forbidden(errors.OWN_WORK)


def check_can_be_decided(review: Standing, *, moment: str) -> None:
    """Refuse to decide what is no longer waiting; ``moment`` is when it was decided, in words.

    Raises Conflict.
    """
    match review.state:
        case State.SUBMITTED:
            return
        case State.ACCEPTED:
            raise Conflict(errors.ALREADY_ACCEPTED, name=review.decided_by_name, moment=moment)
        case State.RETURNED:
            raise Conflict(errors.ALREADY_RETURNED, name=review.decided_by_name, moment=moment)
        case State.WITHDRAWN:
            raise Conflict(errors.WAS_WITHDRAWN)


def check_can_be_withdrawn(review: Standing) -> None:
    """Refuse to withdraw what is decided or withdrawn already.

    Raises Conflict.
    """
    if review.state is not State.SUBMITTED:
        raise Conflict(errors.NOT_WAITING)


def check_can_be_undone(review: Standing, viewer: Viewer, now: datetime) -> None:
    """Refuse to take back another's decision, an old one, or one that work has passed.

    Raises Conflict.
    """
    if review.state not in (State.ACCEPTED, State.RETURNED) or review.decided_at is None:
        raise Conflict(errors.UNDO_NOT_DECIDED)
    if review.decided_by != viewer.person_id:
        raise Conflict(errors.UNDO_NOT_YOURS)
    if not review.newest:
        raise Conflict(errors.UNDO_OVERTAKEN)
    if now >= review.decided_at + UNDO_FOR:
        raise Conflict(errors.UNDO_TOO_LATE)


def can_be_undone(review: Standing, viewer: Viewer, now: datetime) -> bool:
    """Say whether the viewer may still take the decision back."""
    try:
        check_can_be_undone(review, viewer, now)
    except Conflict:
        return False
    return True


def tidy_reason(templates: tuple[str, ...], own_words: str) -> str:
    """Give the reason as the candidate reads it: chosen sentences, then own words.

    Raises Refused when nothing is said or too much.
    """
    reason = "\n".join(part for part in (*templates, own_words.strip()) if part)
    if not reason:
        raise Refused("own_words", errors.REASON_NEEDED)
    if len(reason) > LONGEST_REASON:
        raise Refused("own_words", errors.REASON_TOO_LONG, longest=LONGEST_REASON)
    return reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Whose work lies on a viewer's desk."""

    coalition_ids: tuple[int, ...]
    organisation_ids: tuple[int, ...]
    lawyer_campaign_ids: tuple[int, ...]
    designer_campaign_ids: tuple[int, ...]


def desk_of(viewer: Viewer) -> Desk:
    """Give the desk of a viewer: what ``may_decide_in`` allows, as lists of ids."""
    return Desk(
        coalition_ids=viewer.coalition_ids(Permission.REVIEW_DECIDE),
        organisation_ids=viewer.organisation_ids(Permission.REVIEW_DECIDE),
        lawyer_campaign_ids=_assigned(viewer, Role.LAWYER),
        designer_campaign_ids=_assigned(viewer, Role.DESIGNER),
    )


def _assigned(viewer: Viewer, role: Role) -> tuple[int, ...]:
    return tuple(
        sorted(
            {
                grant.campaign_id
                for grant in viewer.grants
                if grant.role is role and grant.campaign_id is not None
            }
        )
    )


def local_moment(moment: datetime | None, zone: ZoneInfo) -> str:
    """Give a moment as digits every reader understands, in the election's zone."""
    return f"{moment.astimezone(zone):%d.%m.%Y %H:%M}" if moment else ""
