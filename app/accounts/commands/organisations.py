"""Adding and editing organisations; suspending people and ending their staff roles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Permission, Role, Scope, Viewer
from app.accounts.commands.sessions import end_sessions_of
from app.accounts.errors import capacity_wrong, not_yourself, organisation_name_taken
from app.accounts.events import OrganisationChanged, PersonSuspended, StaffChanged
from app.accounts.models import Organisation, Staff
from app.accounts.queries.coalitions import get_organisation
from app.accounts.queries.people import get_person
from app.accounts.rules.identity import LONGEST_NAME
from app.db import record
from app.errors import Missing, Refused
from app.texts import N_

LONGEST_SHORT_NAME = 40
LARGEST_CAPACITY = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationEntry:
    """What is entered about an organisation; capacity is its number of active people."""

    name: str
    short_name: str
    capacity: int
    game_on: bool


def add_organisation(
    session: Session, viewer: Viewer, coalition_id: int, entry: OrganisationEntry, *, now: datetime
) -> int:
    """Add an organisation to a coalition and give its number; raises Missing, Refused."""
    if not viewer.may(Permission.ORGANISATION_MANAGE, Scope(coalition_id=coalition_id)):
        raise Missing
    added = Organisation(coalition_id=coalition_id)
    _save(session, added, entry)
    _note(session, viewer, added, added=True, now=now)
    return added.id


def edit_organisation(
    session: Session,
    viewer: Viewer,
    organisation_id: int,
    entry: OrganisationEntry,
    *,
    now: datetime,
) -> None:
    """Change an organisation; raises Missing, Refused."""
    known = get_organisation(session, viewer, organisation_id)
    changed = session.get_one(Organisation, known.id)
    _save(session, changed, entry)
    _note(session, viewer, changed, added=False, now=now)


def suspend(session: Session, viewer: Viewer, person_id: int, *, now: datetime) -> None:
    """Stop a person at once: every session ends and nothing works; raises Missing, Refused."""
    person = get_person(session, viewer, person_id)
    if person.id == viewer.person_id:
        raise not_yourself()
    if person.suspended_at is None:
        person.suspended_at = now
        end_sessions_of(session, person.id, now=now)
        record(
            session,
            PersonSuspended(person_id=person.id, suspended=True, by=viewer.person_id, at=now),
        )


def unsuspend(session: Session, viewer: Viewer, person_id: int, *, now: datetime) -> None:
    """Let a suspended person sign in again; raises Missing."""
    person = get_person(session, viewer, person_id)
    if person.suspended_at is not None and person.merged_into_id is None:
        person.suspended_at = None
        record(
            session,
            PersonSuspended(person_id=person.id, suspended=False, by=viewer.person_id, at=now),
        )


def end_staff_role(session: Session, viewer: Viewer, staff_id: int, *, now: datetime) -> None:
    """Take a staff role away; raises Missing, Refused for one's own."""
    found = session.get(Staff, staff_id, with_for_update=True)
    if found is None or not _may_end(viewer, found):
        raise Missing
    if found.person_id == viewer.person_id:
        raise not_yourself()
    record(
        session,
        StaffChanged(
            coalition_id=found.coalition_id,
            organisation_id=found.organisation_id,
            person_id=found.person_id,
            role=found.role,
            ended=True,
            by=viewer.person_id,
            at=now,
        ),
    )
    session.delete(found)
    session.flush()


def _may_end(viewer: Viewer, staff: Staff) -> bool:
    scope = Scope(coalition_id=staff.coalition_id, organisation_id=staff.organisation_id)
    # Coordinators do not depose each other: that is the chief's.
    helper = staff.role in (Role.LAWYER.value, Role.DESIGNER.value)
    needed = Permission.PEOPLE_MANAGE if helper else Permission.ORGANISATION_MANAGE
    return viewer.may(needed, scope)


def _note(
    session: Session, viewer: Viewer, organisation: Organisation, *, added: bool, now: datetime
) -> None:
    record(
        session,
        OrganisationChanged(
            coalition_id=organisation.coalition_id,
            organisation_id=organisation.id,
            added=added,
            by=viewer.person_id,
            at=now,
        ),
    )


def _save(session: Session, organisation: Organisation, entry: OrganisationEntry) -> None:
    organisation.name = _named("name", entry.name, LONGEST_NAME)
    organisation.short_name = _named("short_name", entry.short_name, LONGEST_SHORT_NAME)
    if not 1 <= entry.capacity <= LARGEST_CAPACITY:
        raise capacity_wrong()
    organisation.capacity = entry.capacity
    organisation.game_on = entry.game_on
    try:
        with session.begin_nested():
            session.add(organisation)
    except IntegrityError:
        raise organisation_name_taken() from None


def _named(field: str, entered: str, longest: int) -> str:
    name = " ".join(entered.split())
    if not name or len(name) > longest:
        raise Refused(field, N_("From 1 to {longest} characters."), longest=longest)
    return name
