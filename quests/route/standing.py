"""Asking the rules about a real campaign: its facts, its days, its milestones, one decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, bindparam, null, select, type_coerce, union_all
from sqlalchemy.orm import Session

from app.access import HELPER_ROLES, PERMISSIONS, TEAM_ROLES, Permission, Role, Viewer
from app.accounts.queries import CampaignRow
from app.addresses import step_address
from app.calendar import Anchors
from app.errors import Conflict, Forbidden, Locked, Missing
from app.facts import Fact
from app.texts import N_
from quests.route import rules
from quests.route.facts import facts_of
from quests.route.library import Days, PackLibrary
from quests.route.models import Milestone, Snooze
from quests.route.pack import RoutePack, answer_fact
from quests.route.position import CANDIDATE, Route, RouteStep, Status, may_work

_ONE: BindParameter[int] = bindparam("campaign_id")
_milestone = Milestone.__table__
_snooze = Snooze.__table__
MILESTONES = select(_milestone.c.step_key, _milestone.c.reached_at).where(
    _milestone.c.campaign_id == _ONE
)
MARKS = union_all(
    select(
        _milestone.c.step_key,
        _milestone.c.reached_at,
        type_coerce(null(), _snooze.c.until.type).label("until"),
    ).where(_milestone.c.campaign_id == _ONE),
    select(
        _snooze.c.step_key, type_coerce(null(), _milestone.c.reached_at.type), _snooze.c.until
    ).where(_snooze.c.campaign_id == _ONE),
)
"""Both kinds of rows that a step may have, in one question: every page of a campaign asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A campaign's route with what it was decided from."""

    campaign: CampaignRow
    pack: RoutePack
    days: Days
    facts: Mapping[str, Fact]
    route: Route
    anchors: Anchors


def local_day(now: datetime, zone: str) -> date:
    """Give the day it is in an election's zone."""
    return now.astimezone(ZoneInfo(zone)).date()


class Dated(Protocol):
    """A campaign in any row that carries the days of its election."""

    @property
    def polling_day(self) -> date: ...

    @property
    def first_polling_day(self) -> date | None: ...

    @property
    def published_on(self) -> date | None: ...


def anchors_of(campaign: Dated, pack: RoutePack, facts: Mapping[str, Fact]) -> Anchors:
    """Give the days one campaign's calendar counts from."""
    return anchors_for(
        pack,
        facts,
        polling_day=campaign.polling_day,
        first_polling_day=campaign.first_polling_day,
        published_on=campaign.published_on,
    )


def anchors_for(
    pack: RoutePack,
    facts: Mapping[str, Fact],
    *,
    polling_day: date,
    first_polling_day: date | None,
    published_on: date | None,
) -> Anchors:
    """Give the days a calendar counts from.

    The election's own days are handed over; the campaign's come from answers the pack names.
    """
    given: dict[str, date | None] = {}
    for anchor in pack.shape.anchor:
        step, _, name = anchor.answer.partition(".")
        fact = facts.get(answer_fact(step, name))
        if fact is not None:
            given[anchor.key] = _as_date(fact.value)
    return Anchors(
        polling_day=polling_day,
        first_polling_day=first_polling_day,
        published=published_on,
        **given,
    )


def _as_date(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def position_of(
    session: Session, library: PackLibrary, campaign: CampaignRow, *, now: datetime, role: str
) -> Position:
    """Ask the rules where a campaign stands, as a role of its team sees it."""
    pack = library[campaign.pack_id]
    facts = facts_of(session, library, campaign.id)
    anchors = anchors_of(campaign, pack, facts)
    days = library.days(campaign.pack_id, anchors)
    reached, snoozed = marks_of(session, campaign.id)
    found = rules.route(
        pack,
        facts,
        local_day(now, campaign.timezone),
        deadlines=days.dates,
        times=days.times,
        reached=reached,
        snoozed=snoozed,
        role=role,
    )
    return Position(
        campaign=campaign, pack=pack, days=days, facts=facts, route=found, anchors=anchors
    )


def milestones_of(session: Session, campaign_id: int) -> dict[str, datetime]:
    """Give when each step was first done."""
    rows = session.execute(MILESTONES, {"campaign_id": campaign_id})
    return {row.step_key: row.reached_at for row in rows}


def marks_of(session: Session, campaign_id: int) -> tuple[dict[str, datetime], dict[str, date]]:
    """Give when each step was first done, and until when steps were put off."""
    reached: dict[str, datetime] = {}
    snoozed: dict[str, date] = {}
    for key, reached_at, until in session.execute(MARKS, {"campaign_id": campaign_id}):
        if until is None:
            reached[key] = reached_at
        else:
            snoozed[key] = until
    return reached, snoozed


def is_of_team(viewer: Viewer, campaign: CampaignRow) -> bool:
    """Say whether the viewer is one of the campaign's own people."""
    return not viewer.roles_in(campaign.scope).isdisjoint(TEAM_ROLES)


def reads_all_evidence(viewer: Viewer, campaign: CampaignRow) -> bool:
    """Say whether one of the viewer's roles reads all that a campaign handed in.

    Helpers read what came to their own queue only, whatever else they are in the team.
    """
    return any(
        Permission.EVIDENCE_READ in PERMISSIONS[role]
        for role in viewer.roles_in(campaign.scope)
        if role not in HELPER_ROLES
    )


def role_of(viewer: Viewer, campaign: CampaignRow) -> str:
    """Give the team role in which the viewer sees a campaign; the candidate's for outsiders."""
    held = viewer.roles_in(campaign.scope)
    return next((role.value for role in TEAM_ROLES if role in held), Role.CANDIDATE.value)


def require_workable(
    session: Session,
    library: PackLibrary,
    viewer: Viewer,
    campaign: CampaignRow,
    step_key: str,
    *,
    now: datetime,
) -> RouteStep:
    """Give a step that this viewer may work on now.

    Raises Missing for a step the pack does not have, Locked, Conflict when it is waiting or not
    needed, Forbidden when it is another role's.
    """
    role = role_of(viewer, campaign)
    found = position_of(session, library, campaign, now=now, role=role).route.by_key.get(step_key)
    if found is None:
        raise Missing
    if not found.is_workable:
        raise _not_now(campaign, found)
    if not found.may_be_worked_by(role):
        raise Forbidden(OTHER_ROLES)
    return found


def require_reachable(
    session: Session,
    library: PackLibrary,
    campaign: CampaignRow,
    step_key: str,
    *,
    now: datetime,
) -> RouteStep:
    """Give a step of the route that is not locked.

    Raises Missing for a step the pack does not have, Locked.
    """
    route = position_of(session, library, campaign, now=now, role=CANDIDATE).route
    found = route.by_key.get(step_key)
    if found is None:
        raise Missing
    if found.status is Status.LOCKED:
        raise _not_now(campaign, found)
    return found


def reachable_at(position: Position) -> frozenset[str]:
    """Give the keys of the steps that are not locked, where the position is known already."""
    statuses = position.route.statuses
    return frozenset(key for key, status in statuses.items() if status is not Status.LOCKED)


def require_takes_papers(
    session: Session,
    library: PackLibrary,
    viewer: Viewer,
    campaign: CampaignRow,
    step_key: str,
    *,
    now: datetime,
) -> RouteStep:
    """Give a step with which this viewer may hand in a paper.

    It may be done or waiting: a newer version of an accepted paper is handed in as well, and a
    paper of a step that something else has completed. Raises Missing, Locked, Conflict when the
    step is not needed, Forbidden when it is another role's.
    """
    role = role_of(viewer, campaign)
    found = position_of(session, library, campaign, now=now, role=role).route.by_key.get(step_key)
    if found is None:
        raise Missing
    if found.status in (Status.LOCKED, Status.NOT_APPLICABLE):
        raise _not_now(campaign, found)
    if not may_work(found.step, role):
        raise Forbidden(OTHER_ROLES)
    return found


def _not_now(campaign: CampaignRow, found: RouteStep) -> Conflict:
    """Give the refusal of a step that can't be worked on; the page of a locked one says why."""
    words = WHY_NOT.get(found.status, WHY_NOT[Status.LOCKED])
    if found.status is Status.LOCKED:
        return Locked(words, opened_by=step_address(campaign.id, found.key))
    return Conflict(words)


OTHER_ROLES = N_("This step is for other roles of the team.")
WHY_NOT = {
    Status.LOCKED: N_("This step is still locked. Its page says what opens it."),
    Status.WAITING: N_("This step is being checked. Take it back first if you want to change it."),
    Status.DONE: N_("This step is already done."),
    Status.NOT_APPLICABLE: N_("This step is not needed on your route."),
}
