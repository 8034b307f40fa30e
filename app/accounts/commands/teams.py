"""Changing a campaign's team and its helpers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import HELPER_ROLES, Permission, Role, Viewer
from app.accounts.errors import candidate_stays, role_unknown
from app.accounts.events import HelperAssigned, TeamChanged
from app.accounts.models import Assignment, Person, Staff, TeamMember
from app.accounts.queries.campaigns import get_campaign
from app.accounts.queries.people import helper_pool
from app.accounts.rules.roles import INVITED_TO_TEAM
from app.db import record
from app.errors import Missing, Refused
from app.texts import N_


def change_role(
    session: Session,
    viewer: Viewer,
    campaign_id: int,
    member_id: int,
    role: Role,
    *,
    now: datetime,
) -> None:
    """Give a member of the team another role; raises Missing, Refused for the candidate."""
    member = _member(session, viewer, campaign_id, member_id)
    if role not in INVITED_TO_TEAM:
        raise role_unknown()
    before, member.role = member.role, role.value
    session.flush()
    _note(session, viewer, member, role.value, before=before, now=now)


def remove_member(
    session: Session, viewer: Viewer, campaign_id: int, member_id: int, *, now: datetime
) -> None:
    """Take somebody out of the team at once; raises Missing, Refused for the candidate."""
    member = _member(session, viewer, campaign_id, member_id)
    _note(session, viewer, member, None, before=member.role, now=now)
    session.delete(member)
    session.flush()


def assign_helper(
    session: Session,
    viewer: Viewer,
    campaign_id: int,
    person_id: int,
    role: Role,
    *,
    now: datetime,
) -> None:
    """Assign a lawyer or designer of the coalition or organisation; assigning twice is once.

    Raises Missing, Refused("helper") for somebody who is no such helper.
    """
    campaign = get_campaign(session, viewer, campaign_id, Permission.PEOPLE_MANAGE)
    known = session.scalar(
        select(Staff.id)
        .join(Person, Person.id == Staff.person_id)
        .where(
            helper_pool(campaign),
            Staff.person_id == person_id,
            Staff.role == role.value,
            Person.suspended_at.is_(None),
        )
        .limit(1)
    )
    if role not in HELPER_ROLES or known is None:
        raise Refused("helper", N_("Choose a helper from the list."))
    try:
        with session.begin_nested():
            session.add(
                Assignment(campaign_id=campaign.id, person_id=person_id, role=role.value, since=now)
            )
    except IntegrityError:
        return
    record(
        session,
        HelperAssigned(
            campaign_id=campaign.id,
            person_id=person_id,
            role=role.value,
            ended=False,
            by=viewer.person_id,
            at=now,
        ),
    )


def end_assignment(
    session: Session, viewer: Viewer, campaign_id: int, assignment_id: int, *, now: datetime
) -> None:
    """Take a helper off a campaign; raises Missing."""
    campaign = get_campaign(session, viewer, campaign_id, Permission.PEOPLE_MANAGE)
    found = session.scalars(
        select(Assignment).where(
            Assignment.id == assignment_id, Assignment.campaign_id == campaign.id
        )
    ).one_or_none()
    if found is None:
        raise Missing
    record(
        session,
        HelperAssigned(
            campaign_id=campaign.id,
            person_id=found.person_id,
            role=found.role,
            ended=True,
            by=viewer.person_id,
            at=now,
        ),
    )
    session.delete(found)
    session.flush()


def _member(session: Session, viewer: Viewer, campaign_id: int, member_id: int) -> TeamMember:
    campaign = get_campaign(session, viewer, campaign_id, Permission.TEAM_MANAGE)
    found = session.scalars(
        select(TeamMember)
        .where(TeamMember.id == member_id, TeamMember.campaign_id == campaign.id)
        .with_for_update()
    ).one_or_none()
    if found is None:
        raise Missing
    if found.role == Role.CANDIDATE.value:
        raise candidate_stays()
    return found


def _note(
    session: Session,
    viewer: Viewer,
    member: TeamMember,
    role: str | None,
    *,
    before: str,
    now: datetime,
) -> None:
    record(
        session,
        TeamChanged(
            campaign_id=member.campaign_id,
            person_id=member.person_id,
            role=role,
            before=before,
            by=viewer.person_id,
            at=now,
        ),
    )
