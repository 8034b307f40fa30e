"""Starting, renewing and ending sessions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.access import Viewer
from app.accounts.models import SignIn
from app.accounts.rules.sign_in import ABSOLUTE, idle_limit
from app.accounts.sign_in_queries import grants_of
from app.errors import Missing
from app.ids import new_token, token_hash

LONGEST_DEVICE = 60


def start_session(
    session: Session,
    person_id: int,
    *,
    device: str,
    now: datetime,
    second_factor_at: datetime | None = None,
) -> str:
    """Start a session for a person and give its token, of which only the hash is stored."""
    token = new_token()
    roles = {grant.role for grant in grants_of(session, person_id)}
    session.add(
        SignIn(
            person_id=person_id,
            token_hash=token_hash(token),
            device=device[:LONGEST_DEVICE],
            second_factor_at=second_factor_at,
            idle_s=int(idle_limit(roles).total_seconds()),
            started_at=now,
            seen_at=now,
            expires_at=now + ABSOLUTE,
        )
    )
    session.flush()
    return token


def rotate_session(
    session: Session, token: str, *, now: datetime, second_factor: bool = False
) -> str:
    """Give a living session a new token, after a change of what it may do; raises Missing.

    With ``second_factor`` the session is noted as having passed it.
    """
    found = session.scalars(
        select(SignIn).where(SignIn.token_hash == token_hash(token), SignIn.ended_at.is_(None))
    ).one_or_none()
    if found is None:
        raise Missing
    fresh = new_token()
    found.token_hash = token_hash(fresh)
    found.seen_at = now
    roles = {grant.role for grant in grants_of(session, found.person_id)}
    found.idle_s = int(idle_limit(roles).total_seconds())
    if second_factor:
        found.second_factor_at = now
    session.flush()
    return fresh


def touch_session(session: Session, session_token_hash: str, *, now: datetime) -> None:
    """Note that a session was used, so that it does not count as idle."""
    session.execute(
        update(SignIn)
        .where(SignIn.token_hash == session_token_hash, SignIn.ended_at.is_(None))
        .values(seen_at=now)
    )


def end_session(session: Session, token: str, *, now: datetime) -> None:
    """End the session of a token; ending it twice is no mistake."""
    session.execute(
        update(SignIn)
        .where(SignIn.token_hash == token_hash(token), SignIn.ended_at.is_(None))
        .values(ended_at=now)
    )


def end_one_session(session: Session, viewer: Viewer, sign_in_id: int, *, now: datetime) -> None:
    """End one of the viewer's own sessions; raises Missing for anybody else's."""
    ended = session.execute(
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.person_id == viewer.person_id)
        .values(ended_at=now)
        .returning(SignIn.id)
    ).first()
    if ended is None:
        raise Missing


def end_sessions_of(
    session: Session, person_id: int, *, now: datetime, except_token: str | None = None
) -> None:
    """End all sessions of a person, except the one of a token."""
    ending = update(SignIn).where(SignIn.person_id == person_id, SignIn.ended_at.is_(None))
    if except_token is not None:
        ending = ending.where(SignIn.token_hash != token_hash(except_token))
    session.execute(ending.values(ended_at=now))


def shorten_sessions(session: Session, person_id: int) -> None:
    """Bring the idle limit of a person's sessions in line with the roles they hold now."""
    session.flush()
    roles = {grant.role for grant in grants_of(session, person_id)}
    session.execute(
        update(SignIn)
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None))
        .values(idle_s=int(idle_limit(roles).total_seconds()))
    )
