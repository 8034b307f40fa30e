"""What whoever runs the machine may do to accounts: the first coordinator, a lost password."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Role
from app.accounts.commands.sessions import end_sessions_of
from app.accounts.commands.sign_in import clear_second_factor
from app.accounts.events import PasswordLinkMade, SecondFactorChanged, StaffChanged
from app.accounts.models import Coalition, PasswordReset, Person, Staff
from app.accounts.rules.identity import clean_name, login_of
from app.accounts.rules.sign_in import RESET_LASTS
from app.db import record
from app.errors import Refused
from app.ids import new_token, token_hash
from app.mail.rules import clean_address
from app.texts import N_


def make_chief(
    session: Session,
    *,
    email: str,
    name: str,
    coalition_name: str,
    language: str,
    now: datetime,
) -> str:
    """Make a person the coordinator of a whole coalition; give the path that sets a password.

    The coalition and the account are made when they are not there.
    Raises Refused for an address or name that can't be taken.
    """
    address = clean_address(email)
    person = _owner(session, address)
    if person is None:
        person = Person(
            login=login_of(address),
            email=address,
            email_confirmed_at=now,
            name=clean_name(name),
            language=language,
            theme="auto",
            created_at=now,
        )
        session.add(person)
    coalition = _coalition(session, coalition_name.strip(), language, now=now)
    session.flush()
    held = select(Staff.id).where(
        Staff.person_id == person.id,
        Staff.coalition_id == coalition.id,
        Staff.role == Role.CHIEF.value,
    )
    if session.scalar(held) is None:
        session.add(
            Staff(
                person_id=person.id,
                coalition_id=coalition.id,
                organisation_id=None,
                role=Role.CHIEF.value,
                since=now,
            )
        )
        record(
            session,
            StaffChanged(
                coalition_id=coalition.id,
                organisation_id=None,
                person_id=person.id,
                role=Role.CHIEF.value,
                ended=False,
                by=None,
                at=now,
            ),
        )
    return _reset_path(session, person, now=now)


def reset_password_link(session: Session, *, email: str, now: datetime) -> str:
    """Give the path with which a person can set a new password.

    Raises Refused when there is no such account.
    """
    return _reset_path(session, _known(session, email), now=now)


def drop_second_factor(session: Session, *, email: str, now: datetime) -> None:
    """Take a person's second factor away: lost with its codes, or sealed with a key that is gone.

    Every session ends; whoever owes a second factor sets a new one up at the next sign-in.
    Raises Refused when there is no such account.
    """
    person = _known(session, email)
    clear_second_factor(session, person)
    end_sessions_of(session, person.id, now=now)
    record(session, SecondFactorChanged(person_id=person.id, on=False, at=now))


def _known(session: Session, email: str) -> Person:
    person = _owner(session, clean_address(email))
    if person is None:
        raise Refused("email", N_("There is no account with the address {email}."), email=email)
    return person


def _owner(session: Session, address: str) -> Person | None:
    return session.scalar(select(Person).where(Person.login == login_of(address)))


def _coalition(session: Session, name: str, language: str, *, now: datetime) -> Coalition:
    found = session.scalar(select(Coalition).where(Coalition.name == name))
    if found is not None:
        return found
    slug = re.sub(r"[\W_]+", "-", name.casefold()).strip("-")[:60] or "coalition"
    coalition = Coalition(slug=slug, name=name, language=language, created_at=now)
    session.add(coalition)
    return coalition


def _reset_path(session: Session, person: Person, *, now: datetime) -> str:
    token = new_token()
    session.flush()
    session.add(
        PasswordReset(
            person_id=person.id,
            token_hash=token_hash(token),
            created_at=now,
            expires_at=now + RESET_LASTS,
        )
    )
    record(session, PasswordLinkMade(person_id=person.id, at=now))
    return f"/reset/{token}"
