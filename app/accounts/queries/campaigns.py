"""Campaigns: the one a page is about, a person's own, and those a viewer may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, false, or_, select
from sqlalchemy.orm import Session

from app.access import Permission, Role, Scope, Viewer
from app.accounts.models import (
    Campaign,
    Coalition,
    District,
    Election,
    Organisation,
    Person,
    TeamMember,
)
from app.accounts.rules.roles import LIVE_STATES
from app.errors import Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignRow:
    """A campaign with everything a page's head needs; ``scope`` is for ``viewer.may``."""

    id: int
    coalition_id: int
    organisation_id: int | None
    organisation_name: str | None
    election_id: int
    pack_id: str
    title: str
    candidate_id: int
    candidate_name: str
    district_id: int
    district_name: str
    district_number: str
    council: str
    state: str
    polling_day: date
    first_polling_day: date | None
    published_on: date | None
    timezone: str
    scope: Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class MyCampaign:
    """One line of "my campaigns": what it is, and who the viewer is in it."""

    id: int
    title: str
    state: str
    state_reason: str
    role: Role
    coalition_name: str
    organisation_name: str | None
    council: str
    district_number: str
    district_name: str
    polling_day: date
    created_at: datetime

    @property
    def open(self) -> bool:
        """Say whether its route can be opened."""
        return self.state in LIVE_STATES


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where a viewer's day begins: an endpoint and, for a campaign, its number."""

    endpoint: str
    campaign_id: int | None = None


# Plain tables: every page of a campaign asks this, and rows need no identity map.
_campaign = Campaign.__table__
_election = Election.__table__
_district = District.__table__
_person = Person.__table__
_organisation = Organisation.__table__
_CAMPAIGN = (
    select(
        _campaign.c.id,
        _campaign.c.coalition_id,
        _campaign.c.organisation_id,
        _organisation.c.name.label("organisation_name"),
        _campaign.c.election_id,
        _election.c.pack_id,
        _campaign.c.title,
        _campaign.c.candidate_id,
        _person.c.name.label("candidate_name"),
        _campaign.c.district_id,
        _district.c.name.label("district_name"),
        _district.c.number.label("district_number"),
        _district.c.council,
        _campaign.c.state,
        _election.c.polling_day,
        _election.c.first_polling_day,
        _election.c.published_on,
        _election.c.timezone,
    )
    .join(_election, _election.c.id == _campaign.c.election_id)
    .join(_district, _district.c.id == _campaign.c.district_id)
    .join(_person, _person.c.id == _campaign.c.candidate_id)
    .outerjoin(_organisation, _organisation.c.id == _campaign.c.organisation_id)
    .where(_campaign.c.id == bindparam("campaign_id"))
)
_MINE = (
    select(
        Campaign.id,
        Campaign.title,
        Campaign.state,
        Campaign.state_reason,
        TeamMember.role,
        Coalition.name.label("coalition_name"),
        Organisation.name.label("organisation_name"),
        District.council,
        District.number.label("district_number"),
        District.name.label("district_name"),
        Election.polling_day,
        Campaign.created_at,
    )
    .join(TeamMember, TeamMember.campaign_id == Campaign.id)
    .join(Coalition, Coalition.id == Campaign.coalition_id)
    .join(Election, Election.id == Campaign.election_id)
    .join(District, District.id == Campaign.district_id)
    .outerjoin(Organisation, Organisation.id == Campaign.organisation_id)
    .where(TeamMember.person_id == bindparam("person_id"))
    .order_by(Election.polling_day.desc(), Campaign.id.desc())
)


def find_campaign(session: Session, campaign_id: int) -> CampaignRow | None:
    """Give a campaign whoever asks: for jobs and the program itself, never for a page."""
    row = session.execute(_CAMPAIGN, {"campaign_id": campaign_id}).one_or_none()
    return None if row is None else _row(row)


def get_campaign(
    session: Session, viewer: Viewer, campaign_id: int, permission: Permission
) -> CampaignRow:
    """Give a campaign the viewer holds the permission for.

    Raises Missing when it is absent or not the viewer's; the two can't be told apart.
    """
    found = find_campaign(session, campaign_id)
    if found is None or not viewer.may(permission, found.scope):
        raise Missing
    return found


def visible_campaigns(viewer: Viewer, permission: Permission) -> ColumnElement[bool]:
    """Give the condition on Campaign that holds for the campaigns the viewer may see.

    For lists: ``select(...).where(visible_campaigns(viewer, Permission.CAMPAIGNS_READ))``.
    """
    parts: list[ColumnElement[bool]] = []
    if coalitions := viewer.coalition_ids(permission):
        parts.append(Campaign.coalition_id.in_(coalitions))
    if organisation_ids := viewer.organisation_ids(permission):
        parts.append(Campaign.organisation_id.in_(organisation_ids))
    if campaign_ids := viewer.campaigns_with(permission):
        parts.append(Campaign.id.in_(campaign_ids))
    return or_(*parts) if parts else false()


def campaigns_of_person(session: Session, viewer: Viewer) -> tuple[MyCampaign, ...]:
    """Give the campaigns in whose teams the viewer is, in every state, newest poll first."""
    if viewer.person_id is None:
        return ()
    rows = session.execute(_MINE, {"person_id": viewer.person_id})
    return tuple(MyCampaign(**{**row._mapping, "role": Role(row.role)}) for row in rows)


def home_of(viewer: Viewer) -> Home:
    """Give where "/" leads a signed-in viewer: the desk, the log, the one campaign, or the list."""
    if viewer.holds(Permission.QUEUE_READ):
        return Home(endpoint="desk")
    mine = viewer.campaigns_with(Permission.ROUTE_READ)
    if len(mine) == 1:
        return Home(endpoint="route", campaign_id=mine[0])
    if not mine and viewer.holds(Permission.AUDIT_READ):
        return Home(endpoint="log")
    return Home(endpoint="campaigns")


def _row(row: Row[*tuple[Any, ...]]) -> CampaignRow:
    scope = Scope(
        coalition_id=row.coalition_id,
        organisation_id=row.organisation_id,
        campaign_id=row.id,
    )
    return CampaignRow(**row._mapping, scope=scope)
