"""Inviting people by link, taking invitations back, and accepting them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Permission, Role, Scope, Viewer
from app.accounts.commands.accounts import NewPerson, create_person
from app.accounts.commands.sessions import rotate_session, shorten_sessions, start_session
from app.accounts.errors import already_member, link_over, organisation_missing, role_unknown
from app.accounts.events import (
    InvitationAccepted,
    InvitationMade,
    InvitationRevoked,
    StaffChanged,
    TeamChanged,
)
from app.accounts.letters import InvitationLetter
from app.accounts.models import (
    Campaign,
    Coalition,
    Invitation,
    Organisation,
    Person,
    Staff,
    TeamMember,
)
from app.accounts.queries.campaigns import get_campaign
from app.accounts.queries.invitations import InvitationRow, find_invitation
from app.accounts.rules.identity import clean_name
from app.accounts.rules.roles import (
    INVITATION_LASTS,
    INVITED_BY_STAFF,
    INVITED_TO_TEAM,
    LIVE_STATES,
    ROLE_NAMES,
)
from app.db import record
from app.errors import Conflict, Missing
from app.ids import new_token, token_hash
from app.mail.rules import clean_address
from app.texts import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Whom an invitation means."""

    name: str
    email: str
    role: Role


def invite_to_team(
    session: Session, viewer: Viewer, campaign_id: int, guest: Guest, *, now: datetime
) -> str:
    """Invite somebody into a campaign's team; give the link's token, which is not stored.

    An open invitation to the same address is replaced. Raises Missing, Refused.
    """
    campaign = get_campaign(session, viewer, campaign_id, Permission.TEAM_MANAGE)
    if guest.role not in INVITED_TO_TEAM:
        raise role_unknown()
    return _invite(
        session,
        viewer,
        guest,
        scope=campaign.scope,
        organisation_id=campaign.organisation_id,
        place=campaign.title,
        now=now,
    )


def invite_by_staff(
    session: Session,
    viewer: Viewer,
    guest: Guest,
    *,
    coalition_id: int,
    organisation_id: int | None,
    now: datetime,
) -> str:
    """Invite a candidate, coordinator, lawyer or designer; give the link's token.

    Without organisation the role is for the whole coalition (a coordinator becomes its chief).
    Raises Missing, Refused.
    """
    if guest.role not in INVITED_BY_STAFF:
        raise role_unknown()
    scope = Scope(coalition_id=coalition_id, organisation_id=organisation_id)
    if not viewer.may(Permission.PEOPLE_MANAGE, scope):
        raise organisation_missing()
    return _invite(
        session,
        viewer,
        guest,
        scope=scope,
        organisation_id=organisation_id,
        place=_place_name(session, scope),
        now=now,
    )


def revoke_invitation(
    session: Session, viewer: Viewer, invitation_id: int, *, now: datetime
) -> Invitation:
    """Take an open invitation back; raises Missing, Conflict when it was accepted meanwhile."""
    found = session.get(Invitation, invitation_id, with_for_update=True)
    if found is None or not _may_revoke(session, viewer, found):
        raise Missing
    if found.accepted_at is not None:
        raise Conflict(N_("This invitation has been accepted already."))
    if found.revoked_at is None:
        found.revoked_at = now
        record(
            session,
            InvitationRevoked(
                invitation_id=found.id,
                coalition_id=found.coalition_id,
                campaign_id=found.campaign_id,
                role=found.role,
                by=viewer.person_id,
                at=now,
            ),
        )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What accepting led to: the session's token and, for a team role, the campaign."""

    token: str
    campaign_id: int | None


def accept_invitation(
    session: Session,
    viewer: Viewer,
    link_token: str,
    *,
    new: NewPerson | None,
    session_token: str | None,
    device: str,
    now: datetime,
) -> Accepted:
    """Give the invited role to the viewer, or to a new person.

    Candidates accept by applying (``sign_up``). Raises Conflict for a link that is over or a
    role held already, Refused at a field of the new account.
    """
    invitation = find_invitation(session, link_token, now)
    if invitation is None or invitation.role is Role.CANDIDATE:
        raise link_over()
    person_id = _accepting_person(session, viewer, new, now=now)
    use_up(session, invitation, person_id, now=now)
    _give_role(session, invitation, person_id, now=now)
    if session_token is not None and viewer.person_id == person_id:
        token = rotate_session(session, session_token, now=now)
    else:
        token = start_session(session, person_id, device=device, now=now)
    shorten_sessions(session, person_id)
    return Accepted(token=token, campaign_id=invitation.campaign_id)


def _accepting_person(
    session: Session, viewer: Viewer, new: NewPerson | None, *, now: datetime
) -> int:
    if viewer.person_id is not None:
        return viewer.person_id
    if new is None:
        raise link_over()
    return create_person(session, new, now=now).id


def use_up(session: Session, invitation: InvitationRow, person_id: int, *, now: datetime) -> None:
    """Note who accepted an open invitation; raises Conflict when somebody was faster."""
    used = session.execute(
        update(Invitation)
        .where(
            Invitation.id == invitation.id,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
        .values(accepted_at=now, accepted_by=person_id)
        .returning(Invitation.id)
    ).first()
    if used is None:
        raise link_over()
    record(
        session,
        InvitationAccepted(
            invitation_id=invitation.id,
            coalition_id=invitation.coalition_id,
            campaign_id=invitation.campaign_id,
            role=invitation.role.value,
            by=person_id,
            at=now,
        ),
    )


def _give_role(
    session: Session, invitation: InvitationRow, person_id: int, *, now: datetime
) -> None:
    if invitation.campaign_id is not None:
        _join_team(session, invitation.campaign_id, invitation.role, person_id, now=now)
    else:
        _join_staff(session, invitation, person_id, now=now)


def _join_team(
    session: Session, campaign_id: int, role: Role, person_id: int, *, now: datetime
) -> None:
    campaign = session.get_one(Campaign, campaign_id)
    if campaign.state not in LIVE_STATES:
        raise link_over()
    try:
        with session.begin_nested():
            session.add(
                TeamMember(campaign_id=campaign_id, person_id=person_id, role=role.value, since=now)
            )
    except IntegrityError:
        raise already_member() from None
    record(
        session,
        TeamChanged(
            campaign_id=campaign_id,
            person_id=person_id,
            role=role.value,
            before=None,
            by=person_id,
            at=now,
        ),
    )


def _join_staff(
    session: Session, invitation: InvitationRow, person_id: int, *, now: datetime
) -> None:
    wide = invitation.organisation_id is None
    role = Role.CHIEF if wide and invitation.role is Role.COORDINATOR else invitation.role
    try:
        with session.begin_nested():
            session.add(
                Staff(
                    person_id=person_id,
                    coalition_id=invitation.coalition_id,
                    organisation_id=invitation.organisation_id,
                    role=role.value,
                    since=now,
                )
            )
    except IntegrityError:
        raise Conflict(N_("You have this role already.")) from None
    record(
        session,
        StaffChanged(
            coalition_id=invitation.coalition_id,
            organisation_id=invitation.organisation_id,
            person_id=person_id,
            role=role.value,
            ended=False,
            by=person_id,
            at=now,
        ),
    )


def _invite(
    session: Session,
    viewer: Viewer,
    guest: Guest,
    *,
    scope: Scope,
    organisation_id: int | None,
    place: str,
    now: datetime,
) -> str:
    email, name = clean_address(guest.email), clean_name(guest.name)
    inviter = session.get(Person, viewer.person_id)
    if inviter is None:
        raise Missing
    _replace_open(session, scope, organisation_id, guest.role, email, now=now)
    token = new_token()
    invitation = Invitation(
        token_hash=token_hash(token),
        coalition_id=scope.coalition_id,
        organisation_id=organisation_id,
        campaign_id=scope.campaign_id,
        role=guest.role.value,
        name=name,
        email=email,
        invited_by=inviter.id,
        created_at=now,
        expires_at=now + INVITATION_LASTS,
    )
    session.add(invitation)
    session.flush()
    record(
        session,
        InvitationMade(
            invitation_id=invitation.id,
            coalition_id=scope.coalition_id,
            campaign_id=scope.campaign_id,
            role=guest.role.value,
            by=inviter.id,
            at=now,
        ),
    )
    record(
        session,
        InvitationLetter(
            to=email,
            language=inviter.language,
            name=name,
            path=f"/invitations/{token}",
            inviter=inviter.name,
            place=place,
            role=ROLE_NAMES[guest.role],
        ),
    )
    return token


def _replace_open(
    session: Session,
    scope: Scope,
    organisation_id: int | None,
    role: Role,
    email: str,
    *,
    now: datetime,
) -> None:
    session.execute(
        update(Invitation)
        .where(
            Invitation.coalition_id == scope.coalition_id,
            Invitation.organisation_id.is_not_distinct_from(organisation_id),
            Invitation.campaign_id.is_not_distinct_from(scope.campaign_id),
            Invitation.role == role.value,
            Invitation.email == email,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
        .values(revoked_at=now)
    )


def _place_name(session: Session, scope: Scope) -> str:
    if scope.organisation_id is None:
        wanted = select(Coalition.name).where(Coalition.id == scope.coalition_id)
    else:
        wanted = select(Organisation.name).where(
            Organisation.id == scope.organisation_id,
            Organisation.coalition_id == scope.coalition_id,
        )
    found = session.scalar(wanted)
    if found is None:
        raise organisation_missing()
    return found


def _may_revoke(session: Session, viewer: Viewer, invitation: Invitation) -> bool:
    if invitation.campaign_id is not None:
        try:
            get_campaign(session, viewer, invitation.campaign_id, Permission.TEAM_MANAGE)
        except Missing:
            return False
        return True
    return viewer.may(
        Permission.PEOPLE_MANAGE,
        Scope(coalition_id=invitation.coalition_id, organisation_id=invitation.organisation_id),
    )
