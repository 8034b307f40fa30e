"""Handing what an unproved account applied for over to the account that owns its address."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.accounts.commands.sessions import end_sessions_of
from app.accounts.models import Assignment, Campaign, ConsentRecord, Person, Staff, TeamMember
from app.accounts.rules.roles import RUNNING_STATES


def hand_over(session: Session, source: Person, owner: Person, *, now: datetime) -> None:
    """Move campaigns, roles and consents from ``source`` to ``owner`` and close ``source``.

    What the owner has already (a campaign in the same election, a role in the same team) stays
    as it is; the second copy is withdrawn.
    """
    _move_campaigns(session, source, owner)
    _move_roles(session, source, owner)
    session.execute(
        update(ConsentRecord).where(ConsentRecord.person_id == source.id).values(person_id=owner.id)
    )
    source.merged_into_id = owner.id
    source.password_hash = None
    source.suspended_at = now
    end_sessions_of(session, source.id, now=now)


def _move_campaigns(session: Session, source: Person, owner: Person) -> None:
    running = set(
        session.scalars(
            select(Campaign.election_id).where(
                Campaign.candidate_id == owner.id, Campaign.state.in_(RUNNING_STATES)
            )
        )
    )
    theirs = select(Campaign).where(Campaign.candidate_id == source.id).order_by(Campaign.id)
    for campaign in session.scalars(theirs):
        if campaign.election_id in running and campaign.state in RUNNING_STATES:
            campaign.state = "withdrawn"
        campaign.candidate_id = owner.id
    session.flush()


def _move_roles(session: Session, source: Person, owner: Person) -> None:
    teams = set(
        session.scalars(select(TeamMember.campaign_id).where(TeamMember.person_id == owner.id))
    )
    for member in session.scalars(select(TeamMember).where(TeamMember.person_id == source.id)):
        if member.campaign_id in teams:
            session.delete(member)
        else:
            member.person_id = owner.id
    held = session.execute(
        select(Staff.coalition_id, Staff.organisation_id, Staff.role).where(
            Staff.person_id == owner.id
        )
    )
    roles = {tuple(row) for row in held}
    for staff in session.scalars(select(Staff).where(Staff.person_id == source.id)):
        if (staff.coalition_id, staff.organisation_id, staff.role) in roles:
            session.delete(staff)
        else:
            staff.person_id = owner.id
    session.execute(
        update(Assignment).where(Assignment.person_id == source.id).values(person_id=owner.id)
    )
    session.flush()
