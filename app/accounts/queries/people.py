"""People: applicants, staff, helpers, and names for other features' lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from app.access import HELPER_ROLES, Permission, Role, Scope, Viewer
from app.accounts.errors import already_decided
from app.accounts.models import (
    Assignment,
    Campaign,
    District,
    Election,
    Organisation,
    Person,
    Staff,
    TeamMember,
)
from app.accounts.queries.campaigns import CampaignRow, get_campaign, visible_campaigns
from app.errors import Missing

MOST_APPLICANTS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """A candidate who waits for the interview."""

    campaign_id: int
    coalition_id: int
    organisation_id: int | None
    organisation_name: str | None
    name: str
    email: str
    email_confirmed: bool
    phone: str | None
    council: str
    district_number: str
    district_name: str
    election_name: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A person of the staff."""

    staff_id: int
    person_id: int
    name: str
    email: str
    role: Role
    organisation_name: str | None
    since: datetime
    second_factor: bool
    suspended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HelperRow:
    """A lawyer or designer assigned to a campaign, or one who could be (``id`` is None)."""

    id: int | None
    person_id: int
    name: str
    role: Role


_APPLICANTS = (
    select(
        Campaign.id.label("campaign_id"),
        Campaign.coalition_id,
        Campaign.organisation_id,
        Organisation.name.label("organisation_name"),
        Person.name,
        Person.email,
        Person.email_confirmed_at.is_not(None).label("email_confirmed"),
        Person.phone,
        District.council,
        District.number.label("district_number"),
        District.name.label("district_name"),
        Election.name.label("election_name"),
        Campaign.created_at.label("since"),
    )
    .join(Person, Person.id == Campaign.candidate_id)
    .join(District, District.id == Campaign.district_id)
    .join(Election, Election.id == Campaign.election_id)
    .outerjoin(Organisation, Organisation.id == Campaign.organisation_id)
    .where(Campaign.state == "applied")
)


def applicants(session: Session, viewer: Viewer) -> tuple[Applicant, ...]:
    """Give those the viewer may decide about, the longest waiting first, at most 100."""
    rows = session.execute(
        _APPLICANTS.where(visible_campaigns(viewer, Permission.INTERVIEW_DECIDE))
        .order_by(Campaign.created_at, Campaign.id)
        .limit(MOST_APPLICANTS)
    )
    return tuple(Applicant(**row._mapping) for row in rows)


def get_applicant(session: Session, viewer: Viewer, campaign_id: int) -> Applicant:
    """Give one applicant the viewer may decide about.

    Raises Missing, or Conflict when the decision has been made.
    """
    campaign = get_campaign(session, viewer, campaign_id, Permission.INTERVIEW_DECIDE)
    row = session.execute(_APPLICANTS.where(Campaign.id == campaign.id)).one_or_none()
    if row is None:
        raise already_decided()
    return Applicant(**row._mapping)


def staff_people(session: Session, viewer: Viewer) -> tuple[PersonRow, ...]:
    """Give the coordinators, auditors and helpers of the viewer's organisations, by name."""
    rows = session.execute(
        select(
            Staff.id,
            Staff.person_id,
            Person.name,
            Person.email,
            Staff.role,
            Organisation.name.label("organisation_name"),
            Staff.since,
            Person.totp_confirmed_at,
            Person.suspended_at,
        )
        .join(Person, Person.id == Staff.person_id)
        .outerjoin(Organisation, Organisation.id == Staff.organisation_id)
        .where(_managed_staff(viewer))
        .order_by(Person.name, Staff.id)
    )
    return tuple(
        PersonRow(
            staff_id=row.id,
            person_id=row.person_id,
            name=row.name,
            email=row.email,
            role=Role(row.role),
            organisation_name=row.organisation_name,
            since=row.since,
            second_factor=row.totp_confirmed_at is not None,
            suspended=row.suspended_at is not None,
        )
        for row in rows
    )


def get_person(session: Session, viewer: Viewer, person_id: int) -> Person:
    """Give a person the viewer manages as chief of a coalition; raises Missing.

    The person must belong to one of those coalitions: as staff, candidate or team.
    """
    person = session.get(Person, person_id)
    if person is None or not any(
        viewer.may(Permission.ORGANISATION_MANAGE, Scope(coalition_id=coalition_id))
        for coalition_id in coalitions_of(session, person_id)
    ):
        raise Missing
    return person


def coalitions_of(session: Session, person_id: int) -> frozenset[int]:
    """Give the coalitions a person belongs to in any role."""
    return frozenset(
        session.scalars(
            select(Staff.coalition_id)
            .where(Staff.person_id == person_id)
            .union(
                select(Campaign.coalition_id)
                .join(TeamMember, TeamMember.campaign_id == Campaign.id)
                .where(TeamMember.person_id == person_id),
                select(Campaign.coalition_id)
                .join(Assignment, Assignment.campaign_id == Campaign.id)
                .where(Assignment.person_id == person_id),
            )
        )
    )


def helpers_of(session: Session, campaign: CampaignRow) -> tuple[HelperRow, ...]:
    """Give the helpers assigned to a campaign the caller has got, by role and name."""
    rows = session.execute(
        select(Assignment.id, Assignment.person_id, Person.name, Assignment.role)
        .join(Person, Person.id == Assignment.person_id)
        .where(Assignment.campaign_id == campaign.id)
        .order_by(Assignment.role, Person.name, Assignment.id)
    )
    return tuple(
        HelperRow(id=row.id, person_id=row.person_id, name=row.name, role=Role(row.role))
        for row in rows
    )


def assignable_helpers(
    session: Session, viewer: Viewer, campaign: CampaignRow
) -> tuple[HelperRow, ...]:
    """Give the helpers of the campaign's coalition or organisation that are not assigned yet.

    Empty for viewers who may not assign.
    """
    if not viewer.may(Permission.PEOPLE_MANAGE, campaign.scope):
        return ()
    taken = select(Assignment.id).where(
        Assignment.campaign_id == campaign.id,
        Assignment.person_id == Staff.person_id,
        Assignment.role == Staff.role,
    )
    rows = session.execute(
        select(Staff.person_id, Person.name, Staff.role)
        .join(Person, Person.id == Staff.person_id)
        .where(helper_pool(campaign), Person.suspended_at.is_(None), ~taken.exists())
        .distinct()
        .order_by(Staff.role, Person.name, Staff.person_id)
    )
    return tuple(
        HelperRow(id=None, person_id=row.person_id, name=row.name, role=Role(row.role))
        for row in rows
    )


def helper_pool(campaign: CampaignRow) -> ColumnElement[bool]:
    """Give the condition on Staff for helpers who may be assigned to the campaign."""
    return and_(
        Staff.coalition_id == campaign.coalition_id,
        Staff.role.in_([role.value for role in HELPER_ROLES]),
        or_(
            Staff.organisation_id.is_(None),
            Staff.organisation_id == campaign.organisation_id,
        ),
    )


def names_of(session: Session, person_ids: Iterable[int]) -> dict[int, str]:
    """Give the names of people the caller already knows the numbers of."""
    wanted = set(person_ids)
    if not wanted:
        return {}
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(wanted)))
    return {row[0]: row[1] for row in rows}


def _managed_staff(viewer: Viewer) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = []
    if coalitions := viewer.coalition_ids(Permission.PEOPLE_MANAGE):
        parts.append(Staff.coalition_id.in_(coalitions))
    if organisation_ids := viewer.organisation_ids(Permission.PEOPLE_MANAGE):
        parts.append(Staff.organisation_id.in_(organisation_ids))
    return or_(*parts) if parts else false()
