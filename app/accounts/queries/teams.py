"""The people of a campaign's team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from app.access import Permission, Role, Viewer
from app.accounts.models import Person, TeamMember
from app.accounts.queries.campaigns import get_campaign

_CANDIDATE_FIRST = case((TeamMember.role == Role.CANDIDATE.value, 0), else_=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One person of a team; ``email`` and ``phone`` are None for viewers who need not call."""

    id: int
    person_id: int
    name: str
    role: Role
    email: str | None
    phone: str | None
    since: datetime
    suspended: bool


def team(session: Session, viewer: Viewer, campaign_id: int) -> tuple[Member, ...]:
    """Give the team of a campaign, the candidate first, then by name; raises Missing.

    Contacts are shown only to those who manage the team or the people of its organisation.
    """
    campaign = get_campaign(session, viewer, campaign_id, Permission.TEAM_READ)
    contacts = viewer.may(Permission.TEAM_MANAGE, campaign.scope) or viewer.may(
        Permission.PEOPLE_MANAGE, campaign.scope
    )
    rows = session.execute(
        select(
            TeamMember.id,
            TeamMember.person_id,
            Person.name,
            TeamMember.role,
            Person.email,
            Person.phone,
            TeamMember.since,
            Person.suspended_at,
        )
        .join(Person, Person.id == TeamMember.person_id)
        .where(TeamMember.campaign_id == campaign.id)
        .order_by(_CANDIDATE_FIRST, Person.name, TeamMember.id)
    )
    return tuple(
        Member(
            id=row.id,
            person_id=row.person_id,
            name=row.name,
            role=Role(row.role),
            email=row.email if contacts else None,
            phone=row.phone if contacts else None,
            since=row.since,
            suspended=row.suspended_at is not None,
        )
        for row in rows
    )
