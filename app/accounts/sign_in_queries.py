"""From a session's token to the viewer behind it: two queries, asked at every request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, CompoundSelect, bindparam, null, or_, select, union_all
from sqlalchemy.orm import Session

from app.access import Grant, Role, Viewer
from app.accounts.models import (
    Assignment,
    Campaign,
    EmailConfirmation,
    PasswordReset,
    Person,
    SignIn,
    Staff,
    TeamMember,
)
from app.accounts.rules.identity import login_of
from app.accounts.rules.roles import LIVE_STATES
from app.accounts.rules.sign_in import TOUCH_EVERY, needs_second_factor
from app.errors import Missing
from app.ids import token_hash

# Plain tables: rows need no identity map.
_campaign = Campaign.__table__
_sign_in = SignIn.__table__
_person = Person.__table__
_member = TeamMember.__table__
_assignment = Assignment.__table__
_staff = Staff.__table__

# Plain comparisons: an IN list would be expanded anew at every request.
_LIVE = or_(*(_campaign.c.state == state for state in LIVE_STATES))
_GRANTING = or_(
    *(_staff.c.role == role.value for role in (Role.COORDINATOR, Role.CHIEF, Role.AUDITOR))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionState:
    """A living session: who it is, and whether its last visit should be noted anew."""

    sign_in_id: int
    viewer: Viewer
    touch_due: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """One line of "where you are signed in"."""

    id: int
    device: str
    started_at: datetime
    seen_at: datetime
    current: bool


_SESSION = (
    select(
        _sign_in.c.id,
        _sign_in.c.person_id,
        _sign_in.c.seen_at,
        _sign_in.c.idle_s,
        _sign_in.c.second_factor_at,
        _person.c.name,
        _person.c.language,
        _person.c.theme,
        _person.c.totp_confirmed_at,
    )
    .join(_person, _person.c.id == _sign_in.c.person_id)
    .where(
        _sign_in.c.token_hash == bindparam("token_hash"),
        _sign_in.c.ended_at.is_(None),
        _sign_in.c.expires_at > bindparam("now"),
        _person.c.suspended_at.is_(None),
    )
)
_PERSON: BindParameter[int] = bindparam("person_id")
_GRANTS: CompoundSelect[*tuple[Any, ...]] = union_all(
    select(
        _member.c.role.label("role"),
        _campaign.c.coalition_id.label("coalition_id"),
        _campaign.c.organisation_id.label("organisation_id"),
        _campaign.c.id.label("campaign_id"),
    )
    .join(_campaign, _campaign.c.id == _member.c.campaign_id)
    .where(_member.c.person_id == _PERSON, _LIVE),
    select(
        _assignment.c.role,
        _campaign.c.coalition_id,
        _campaign.c.organisation_id,
        _campaign.c.id,
    )
    .join(_campaign, _campaign.c.id == _assignment.c.campaign_id)
    .where(_assignment.c.person_id == _PERSON, _LIVE),
    select(_staff.c.role, _staff.c.coalition_id, _staff.c.organisation_id, null()).where(
        _staff.c.person_id == _PERSON, _GRANTING
    ),
)


def grants_of(session: Session, person_id: int) -> tuple[Grant, ...]:
    """Give all grants of a person, whether or not a second factor was passed; one query.

    A campaign gives none before its candidate is admitted.
    """
    rows = session.execute(_GRANTS, {"person_id": person_id})
    return tuple(
        sorted(
            (
                Grant(
                    role=Role(row.role),
                    coalition_id=row.coalition_id,
                    organisation_id=row.organisation_id,
                    campaign_id=row.campaign_id,
                )
                for row in rows
            ),
            key=lambda grant: (
                grant.campaign_id or 0,
                grant.organisation_id or 0,
                grant.role.value,
            ),
        )
    )


def find_session(session: Session, session_token_hash: str, now: datetime) -> SessionState | None:
    """Give the living session of a token's hash, None when it is over, idle or suspended."""
    row = session.execute(_SESSION, {"token_hash": session_token_hash, "now": now}).one_or_none()
    if row is None or row.seen_at + timedelta(seconds=row.idle_s) <= now:
        return None
    grants = grants_of(session, row.person_id)
    owed = row.second_factor_at is None and (
        row.totp_confirmed_at is not None or needs_second_factor({grant.role for grant in grants})
    )
    return SessionState(
        sign_in_id=row.id,
        viewer=Viewer(
            person_id=row.person_id,
            name=row.name,
            language=row.language,
            theme=row.theme,
            grants=() if owed else grants,
            second_factor=not owed,
        ),
        touch_due=row.seen_at + TOUCH_EVERY <= now,
    )


def viewer_for_session(session: Session, session_token_hash: str, now: datetime) -> Viewer | None:
    """Give the viewer of a token's hash, None when the session is over.

    A viewer who owes a second factor (obliged by a role, or chosen) has no grants and
    ``second_factor`` False.
    """
    found = find_session(session, session_token_hash, now)
    return found.viewer if found else None


def sessions_of(
    session: Session, viewer: Viewer, *, current_hash: str | None, now: datetime
) -> tuple[SessionRow, ...]:
    """Give the viewer's living sessions, the latest seen first."""
    rows = session.execute(
        select(
            SignIn.id,
            SignIn.device,
            SignIn.started_at,
            SignIn.seen_at,
            SignIn.idle_s,
            SignIn.token_hash,
        )
        .where(
            SignIn.person_id == viewer.person_id,
            SignIn.ended_at.is_(None),
            SignIn.expires_at > now,
        )
        .order_by(SignIn.seen_at.desc(), SignIn.id.desc())
    )
    return tuple(
        SessionRow(
            id=row.id,
            device=row.device,
            started_at=row.started_at,
            seen_at=row.seen_at,
            current=row.token_hash == current_hash,
        )
        for row in rows
        if row.seen_at + timedelta(seconds=row.idle_s) > now
    )


def find_confirmation(session: Session, token: str, now: datetime) -> EmailConfirmation | None:
    """Give an unused, living confirmation by its token."""
    return session.scalars(
        select(EmailConfirmation).where(
            EmailConfirmation.token_hash == token_hash(token),
            EmailConfirmation.used_at.is_(None),
            EmailConfirmation.expires_at > now,
        )
    ).one_or_none()


def find_reset(session: Session, token: str, now: datetime) -> PasswordReset | None:
    """Give an unused, living reset link by its token."""
    return session.scalars(
        select(PasswordReset).where(
            PasswordReset.token_hash == token_hash(token),
            PasswordReset.used_at.is_(None),
            PasswordReset.expires_at > now,
        )
    ).one_or_none()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAccount:
    """A person's own account as the settings need it; never shown to anybody else."""

    email: str
    email_confirmed: bool
    name: str
    phone: str | None
    language: str
    theme: str
    password_hash: str | None
    second_factor: bool
    totp_secret: str | None
    """Sealed, and only until the set-up is finished."""


def own_account(session: Session, viewer: Viewer) -> OwnAccount:
    """Give the viewer's own account; raises Missing for a visitor."""
    person = session.get(Person, viewer.person_id) if viewer.person_id is not None else None
    if person is None:
        raise Missing
    done = person.totp_confirmed_at is not None
    return OwnAccount(
        email=person.email,
        email_confirmed=person.email_confirmed_at is not None,
        name=person.name,
        phone=person.phone,
        language=person.language,
        theme=person.theme,
        password_hash=person.password_hash,
        second_factor=done,
        totp_secret=None if done else person.totp_secret,
    )


def confirmation_kind(session: Session, viewer: Viewer, link: EmailConfirmation) -> str:
    """Give what opening a confirmation asks for: plain, password, join or sign_in.

    The command decides again; this only chooses what the page shows.
    """
    person = session.get_one(Person, link.person_id)
    owner = session.scalar(select(Person.id).where(Person.login == login_of(link.email)))
    if owner is not None and owner != person.id and person.login is None:
        return "join"
    here = viewer.person_id == person.id
    if person.login is None:
        return "plain" if here else "password"
    return "plain" if here else "sign_in"
