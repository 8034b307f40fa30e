"""A person's own account: making it, proving its address, changing its password and profile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.access import Viewer
from app.accounts.commands.merging import hand_over
from app.accounts.commands.sessions import end_sessions_of, start_session
from app.accounts.errors import email_taken, link_over
from app.accounts.events import AccountsMerged, AddressChanged, PasswordChanged, PersonRenamed
from app.accounts.letters import (
    AlreadyRegistered,
    ConfirmNewAddress,
    ConfirmSignUp,
    PasswordWasChanged,
    ResetPassword,
)
from app.accounts.models import EmailConfirmation, PasswordReset, Person
from app.accounts.rules.identity import clean_name, clean_phone, login_of
from app.accounts.rules.sign_in import CONFIRMATION_LASTS, RESET_LASTS
from app.accounts.sign_in_queries import find_confirmation, find_reset
from app.db import record
from app.errors import Forbidden, Missing, Refused
from app.ids import new_token, token_hash
from app.mail.letters import Letter
from app.mail.rules import clean_address
from app.texts import N_

LETTER_EVERY = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """What a new account is made of; the password is hashed already."""

    name: str
    email: str
    phone: str | None
    language: str
    password_hash: str


def create_person(session: Session, new: NewPerson, *, now: datetime) -> Person:
    """Make an account whose address is not proved yet, and send the letter that proves it.

    Until then it has no login: nobody can claim another's address, and nobody can learn from
    the answer whether the address is known, because both cases look the same outside.
    """
    email = clean_address(new.email)
    person = Person(
        login=None,
        email=email,
        name=clean_name(new.name),
        phone=clean_phone(new.phone),
        language=new.language,
        theme="auto",
        password_hash=new.password_hash,
        created_at=now,
    )
    session.add(person)
    session.flush()
    _send_confirmation(session, person, email, now=now)
    return person


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """What a confirmation did: ``token`` starts a session when one should begin."""

    token: str | None
    joined: bool


def confirm_email(
    session: Session,
    viewer: Viewer,
    link_token: str,
    *,
    password_hash: str | None,
    device: str,
    now: datetime,
) -> Confirmed:
    """Accept the proof that an address belongs to a person.

    A new account opened from another browser than the one that made it needs a new password:
    otherwise whoever typed a stranger's address would keep a key to the stranger's account.
    An application made with the address of an existing account moves to that account.
    Raises Conflict for a link that is over, Refused("password") when one is needed.
    """
    link = find_confirmation(session, link_token, now)
    if link is None:
        raise link_over()
    person = session.get_one(Person, link.person_id)
    if person.suspended_at is not None:
        # Else a suspended person could carry roles over to another account of theirs.
        raise link_over()
    owner = _owner(session, link.email)
    if owner is not None and owner.id != person.id:
        if person.login is not None:
            raise email_taken()
        link.used_at = now
        hand_over(session, person, owner, now=now)
        record(
            session,
            AccountsMerged(person_id=owner.id, merged_id=person.id, by=viewer.person_id, at=now),
        )
        return Confirmed(token=None, joined=True)
    here = viewer.person_id == person.id
    if person.login is not None and not here:
        # A mistyped new address would otherwise hand the account to whoever reads that mailbox.
        raise Forbidden(N_("Sign in to your account first, then open the link again."))
    fresh = person.login is None and not here
    if fresh:
        if password_hash is None:
            raise Refused("password", N_("Choose a password."))
        person.password_hash = password_hash
        end_sessions_of(session, person.id, now=now)
    link.used_at = now
    if person.login is not None:
        record(session, AddressChanged(person_id=person.id, at=now))
    person.login, person.email = login_of(link.email), link.email
    person.email_confirmed_at = now
    session.flush()
    if not fresh:
        return Confirmed(token=None, joined=False)
    return Confirmed(token=start_session(session, person.id, device=device, now=now), joined=False)


def request_reset(session: Session, email: str, *, now: datetime) -> None:
    """Send a letter with a reset link, if there is such an account; says nothing either way."""
    owner = _owner(session, email)
    if owner is None:
        _confirm_again(session, email, now=now)
        return
    if owner.suspended_at is not None or _asked_just_now(session, owner.id, now=now):
        return
    token = new_token()
    session.add(
        PasswordReset(
            person_id=owner.id,
            token_hash=token_hash(token),
            created_at=now,
            expires_at=now + RESET_LASTS,
        )
    )
    record(session, _letter(ResetPassword, owner, path=f"/reset/{token}"))


def reset_password(
    session: Session, link_token: str, *, password_hash: str, device: str, now: datetime
) -> str:
    """Set a new password by link, end every session, and give the token of a new one.

    Raises Conflict for a link that is over.
    """
    link = find_reset(session, link_token, now)
    if link is None:
        raise link_over()
    person = session.get_one(Person, link.person_id)
    if person.suspended_at is not None:
        raise link_over()
    _set_password(session, person, password_hash, now=now)
    end_sessions_of(session, person.id, now=now)
    return start_session(session, person.id, device=device, now=now)


def change_password(
    session: Session, viewer: Viewer, token: str, *, password_hash: str, now: datetime
) -> None:
    """Set a new password (the present one was compared before) and end all other sessions."""
    person = session.get(Person, viewer.person_id)
    if person is None:
        raise Missing
    _set_password(session, person, password_hash, now=now)
    end_sessions_of(session, person.id, now=now, except_token=token)


def update_profile(
    session: Session, viewer: Viewer, *, name: str, phone: str | None, language: str, theme: str
) -> None:
    """Save name, phone, language and theme of the viewer; raises Refused at the field."""
    person = session.get(Person, viewer.person_id)
    if person is None:
        raise Missing
    cleaned = clean_name(name)
    if cleaned != person.name:
        record(session, PersonRenamed(person_id=person.id))
    person.name = cleaned
    person.phone = clean_phone(phone)
    person.language = language
    person.theme = theme


def request_email_change(session: Session, viewer: Viewer, email: str, *, now: datetime) -> None:
    """Send a confirmation to a new address; the old one stays in use until it is opened.

    The answer is the same when the address belongs to somebody else.
    """
    person = session.get(Person, viewer.person_id)
    if person is None:
        raise Missing
    address = clean_address(email)
    token = _confirmation(session, person, address, now=now)
    record(
        session,
        ConfirmNewAddress(
            to=address, language=person.language, name=person.name, path=f"/confirm/{token}"
        ),
    )


def _send_confirmation(session: Session, person: Person, email: str, *, now: datetime) -> None:
    token = _confirmation(session, person, email, now=now)
    owner = _owner(session, email)
    kind: type[Letter] = ConfirmSignUp if owner is None else AlreadyRegistered
    record(session, _letter(kind, owner or person, path=f"/confirm/{token}"))


def _confirmation(session: Session, person: Person, email: str, *, now: datetime) -> str:
    session.execute(
        update(EmailConfirmation)
        .where(EmailConfirmation.person_id == person.id, EmailConfirmation.used_at.is_(None))
        .values(used_at=now)
    )
    token = new_token()
    session.add(
        EmailConfirmation(
            person_id=person.id,
            email=email,
            token_hash=token_hash(token),
            created_at=now,
            expires_at=now + CONFIRMATION_LASTS,
        )
    )
    return token


def _confirm_again(session: Session, email: str, *, now: datetime) -> None:
    waiting = session.scalars(
        select(Person)
        .where(
            Person.email == email.strip(),
            Person.login.is_(None),
            Person.merged_into_id.is_(None),
            Person.suspended_at.is_(None),
            Person.created_at < now - LETTER_EVERY,
        )
        .order_by(Person.id.desc())
        .limit(1)
    ).one_or_none()
    if waiting is not None:
        _send_confirmation(session, waiting, waiting.email, now=now)


def _asked_just_now(session: Session, person_id: int, *, now: datetime) -> bool:
    recent = select(PasswordReset.id).where(
        PasswordReset.person_id == person_id, PasswordReset.created_at > now - LETTER_EVERY
    )
    return session.scalar(recent.limit(1)) is not None


def _set_password(session: Session, person: Person, password_hash: str, *, now: datetime) -> None:
    person.password_hash = password_hash
    session.execute(
        update(PasswordReset)
        .where(PasswordReset.person_id == person.id, PasswordReset.used_at.is_(None))
        .values(used_at=now)
    )
    record(session, PasswordChanged(person_id=person.id, at=now))
    record(session, _letter(PasswordWasChanged, person, path="/reset"))


def _owner(session: Session, email: str) -> Person | None:
    return session.scalars(select(Person).where(Person.login == login_of(email))).one_or_none()


def _letter(kind: type[Letter], person: Person, *, path: str) -> Letter:
    return kind(to=person.email, language=person.language, name=person.name, path=path)
