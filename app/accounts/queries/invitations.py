"""Invitations: the one behind a link, and those a viewer has sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, false, or_, select
from sqlalchemy.orm import Session

from app.access import Permission, Role, Viewer
from app.accounts.models import Campaign, Coalition, Invitation, Organisation, Person
from app.accounts.queries.campaigns import get_campaign
from app.ids import token_hash

MOST_INVITATIONS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationRow:
    """An invitation; ``place`` names the campaign, organisation or coalition it leads to."""

    id: int
    coalition_id: int
    organisation_id: int | None
    campaign_id: int | None
    role: Role
    name: str
    email: str
    inviter: str
    place: str
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None
    revoked_at: datetime | None

    def open(self, now: datetime) -> bool:
        """Say whether it can still be accepted."""
        return self.accepted_at is None and self.revoked_at is None and self.expires_at > now

    def standing(self, now: datetime) -> str:
        """Give its standing as a word: accepted, revoked, expired or open."""
        if self.accepted_at is not None:
            return "accepted"
        if self.revoked_at is not None:
            return "revoked"
        return "open" if self.expires_at > now else "expired"


_ROWS = (
    select(
        Invitation.id,
        Invitation.coalition_id,
        Invitation.organisation_id,
        Invitation.campaign_id,
        Invitation.role,
        Invitation.name,
        Invitation.email,
        Person.name.label("inviter"),
        Campaign.title,
        Organisation.name.label("organisation_name"),
        Coalition.name.label("coalition_name"),
        Invitation.created_at,
        Invitation.expires_at,
        Invitation.accepted_at,
        Invitation.revoked_at,
    )
    .join(Person, Person.id == Invitation.invited_by)
    .join(Coalition, Coalition.id == Invitation.coalition_id)
    .outerjoin(Organisation, Organisation.id == Invitation.organisation_id)
    .outerjoin(Campaign, Campaign.id == Invitation.campaign_id)
)


def find_invitation(session: Session, token: str, now: datetime) -> InvitationRow | None:
    """Give the open invitation of a link's token, None when there is none (any more)."""
    row = session.execute(_ROWS.where(Invitation.token_hash == token_hash(token))).one_or_none()
    if row is None:
        return None
    found = _invitation(row)
    return found if found.open(now) else None


def team_invitations(
    session: Session, viewer: Viewer, campaign_id: int
) -> tuple[InvitationRow, ...]:
    """Give the invitations into a team the viewer manages, newest first; raises Missing."""
    campaign = get_campaign(session, viewer, campaign_id, Permission.TEAM_MANAGE)
    rows = session.execute(
        _ROWS.where(Invitation.campaign_id == campaign.id)
        .order_by(Invitation.created_at.desc(), Invitation.id.desc())
        .limit(MOST_INVITATIONS)
    )
    return tuple(_invitation(row) for row in rows)


def staff_invitations(session: Session, viewer: Viewer) -> tuple[InvitationRow, ...]:
    """Give the invitations of candidates, coordinators and helpers the viewer manages."""
    rows = session.execute(
        _ROWS.where(Invitation.campaign_id.is_(None), managed_invitations(viewer))
        .order_by(Invitation.created_at.desc(), Invitation.id.desc())
        .limit(MOST_INVITATIONS)
    )
    return tuple(_invitation(row) for row in rows)


def managed_invitations(viewer: Viewer) -> ColumnElement[bool]:
    """Give the condition on Invitation for those of the viewer's coalition or organisations."""
    parts: list[ColumnElement[bool]] = []
    if coalitions := viewer.coalition_ids(Permission.PEOPLE_MANAGE):
        parts.append(Invitation.coalition_id.in_(coalitions))
    if organisation_ids := viewer.organisation_ids(Permission.PEOPLE_MANAGE):
        parts.append(Invitation.organisation_id.in_(organisation_ids))
    return or_(*parts) if parts else false()


def _invitation(row: Row[*tuple[Any, ...]]) -> InvitationRow:
    return InvitationRow(
        id=row.id,
        coalition_id=row.coalition_id,
        organisation_id=row.organisation_id,
        campaign_id=row.campaign_id,
        role=Role(row.role),
        name=row.name,
        email=row.email,
        inviter=row.inviter,
        place=row.title or row.organisation_name or row.coalition_name,
        created_at=row.created_at,
        expires_at=row.expires_at,
        accepted_at=row.accepted_at,
        revoked_at=row.revoked_at,
    )
