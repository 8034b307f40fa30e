"""Builders: one line gives a test the rows it needs, with sensible values for the rest."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from itertools import count
from typing import TypeVar

from sqlalchemy.orm import Session

from app.access import Role, Viewer
from app.accounts.commands.sessions import start_session
from app.accounts.models import (
    Assignment,
    Campaign,
    Coalition,
    District,
    Election,
    Organisation,
    Person,
    SignIn,
    Staff,
    TeamMember,
)
from app.accounts.passwords import hash_password
from app.accounts.rules.identity import login_of
from app.accounts.sign_in_queries import grants_of
from app.ids import token_hash

NOW = datetime(2026, 6, 24, 9, 0, tzinfo=UTC)
POLLING_DAY = date(2026, 9, 20)
PASSWORD = "correct horse battery"
_numbers = count(1)
_hashes = cache(hash_password)
T = TypeVar("T")


def a_coalition(session: Session, *, name: str = "", language: str = "ru") -> Coalition:
    """Give a coalition without organisations."""
    number = next(_numbers)
    coalition = Coalition(
        slug=f"coalition-{number}",
        name=name or f"Coalition {number}",
        language=language,
        created_at=NOW,
    )
    return _added(session, coalition)


def an_organisation(
    session: Session, coalition: Coalition | None = None, *, name: str = "", capacity: int = 50
) -> Organisation:
    """Give an organisation of the coalition, or of a new one."""
    number = next(_numbers)
    return _added(
        session,
        Organisation(
            coalition_id=(coalition or a_coalition(session)).id,
            name=name or f"Organisation {number}",
            short_name=f"Org {number}",
            capacity=capacity,
            game_on=True,
        ),
    )


def an_election(
    session: Session,
    coalition: Coalition | None = None,
    *,
    pack_id: str = "ru-spb-municipal",
    polling_day: date = POLLING_DAY,
    published_on: date | None = date(2026, 6, 20),
    first_polling_day: date | None = None,
    timezone: str = "Europe/Moscow",
    sign_up_open: bool = True,
) -> Election:
    """Give an election of the coalition, or of a new one."""
    return _added(
        session,
        Election(
            coalition_id=(coalition or a_coalition(session)).id,
            pack_id=pack_id,
            name=f"Election {next(_numbers)}",
            published_on=published_on,
            polling_day=polling_day,
            first_polling_day=first_polling_day,
            timezone=timezone,
            sign_up_open=sign_up_open,
        ),
    )


def a_district(
    session: Session,
    election: Election | None = None,
    *,
    council: str = "Тихая Гавань",
    number: str = "",
    name: str = "",
    places_text: str = "",
) -> District:
    """Give a district of the election, or of a new one."""
    return _added(
        session,
        District(
            election_id=(election or an_election(session)).id,
            council=council,
            number=number or str(next(_numbers)),
            name=name,
            seats=5,
            electors=9000,
            places_text=places_text,
        ),
    )


def a_person(
    session: Session,
    *,
    name: str = "",
    email: str = "",
    password: str | None = None,
    language: str = "en",
    confirmed: bool = True,
    suspended: bool = False,
) -> Person:
    """Give a person; without ``password`` nobody can sign in as them."""
    number = next(_numbers)
    address = email or f"person-{number}@example.org"
    return _added(
        session,
        Person(
            login=login_of(address) if confirmed else None,
            email=address,
            email_confirmed_at=NOW if confirmed else None,
            name=name or f"Person {number}",
            language=language,
            password_hash=_hashes(password) if password else None,
            suspended_at=NOW if suspended else None,
            created_at=NOW,
        ),
    )


def a_campaign(
    session: Session,
    *,
    candidate: Person | None = None,
    organisation: Organisation | None = None,
    election: Election | None = None,
    district: District | None = None,
    state: str = "active",
    placed: bool = True,
    now: datetime = NOW,
) -> Campaign:
    """Give a campaign with its candidate in the team; whatever is not given is made."""
    if organisation is None and election is None:
        organisation = an_organisation(session)
    if election is None:
        assert organisation is not None
        election = _election_of(session, organisation.coalition_id)
    if organisation is None:
        coalition = session.get_one(Coalition, election.coalition_id)
        organisation = an_organisation(session, coalition)
    person = candidate or a_person(session)
    campaign = _added(
        session,
        Campaign(
            coalition_id=election.coalition_id,
            organisation_id=organisation.id if placed else None,
            election_id=election.id,
            district_id=(district or a_district(session, election)).id,
            candidate_id=person.id,
            title=person.name,
            state=state,
            created_at=now,
            last_active_at=now,
        ),
    )
    a_member(session, campaign, person=person, role=Role.CANDIDATE)
    return campaign


def a_member(
    session: Session, campaign: Campaign, *, role: Role = Role.MANAGER, person: Person | None = None
) -> TeamMember:
    """Give a member of the campaign's team."""
    member = TeamMember(
        campaign_id=campaign.id,
        person_id=(person or a_person(session)).id,
        role=role.value,
        since=NOW,
    )
    return _added(session, member)


def a_staff(
    session: Session,
    *,
    role: Role = Role.COORDINATOR,
    organisation: Organisation | None = None,
    coalition: Coalition | None = None,
    person: Person | None = None,
) -> Staff:
    """Give a coordinator (chief, auditor, lawyer, designer); of the coalition when no
    organisation is given.
    """
    if organisation is None and coalition is None:
        organisation = an_organisation(session)
    coalition_id = organisation.coalition_id if organisation else coalition.id  # type: ignore[union-attr]
    staff = Staff(
        person_id=(person or a_person(session)).id,
        coalition_id=coalition_id,
        organisation_id=organisation.id if organisation else None,
        role=role.value,
        since=NOW,
    )
    return _added(session, staff)


def an_assignment(
    session: Session, campaign: Campaign, *, role: Role = Role.LAWYER, person: Person | None = None
) -> Assignment:
    """Give a helper assigned to the campaign."""
    assignment = Assignment(
        campaign_id=campaign.id,
        person_id=(person or a_person(session)).id,
        role=role.value,
        since=NOW,
    )
    return _added(session, assignment)


def the_viewer(session: Session, person: Person | int) -> Viewer:
    """Give the viewer a person is once signed in, second factor passed."""
    found = person if isinstance(person, Person) else session.get_one(Person, person)
    session.flush()
    return Viewer(
        person_id=found.id,
        name=found.name,
        language=found.language,
        grants=grants_of(session, found.id),
    )


def a_session_token(
    session: Session, person: Person | int, *, now: datetime = NOW, second_factor: bool = True
) -> str:
    """Give the token of a living session of the person, second factor passed."""
    person_id = person.id if isinstance(person, Person) else person
    return start_session(
        session,
        person_id,
        device="Firefox · Linux",
        now=now,
        second_factor_at=now if second_factor else None,
    )


def the_sign_in(session: Session, token: str) -> SignIn:
    """Give the stored session of a token."""
    return session.query(SignIn).filter(SignIn.token_hash == token_hash(token)).one()


def _election_of(session: Session, coalition_id: int) -> Election:
    found = (
        session.query(Election)
        .filter(Election.coalition_id == coalition_id)
        .order_by(Election.id)
        .first()
    )
    return found or an_election(session, session.get_one(Coalition, coalition_id))


def _added(session: Session, row: T) -> T:
    session.add(row)
    session.flush()
    return row
