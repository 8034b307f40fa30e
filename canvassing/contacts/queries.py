"""Contacts: who lives where, and why we may know it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.audit.models import AuditEntry
from canvassing.contacts.models import Contact
from canvassing.imports.events import EXPORTED
from canvassing.territory.models import Building, Door, Entrance

# The functions below are asked by those who have found the campaign for their viewer.


@dataclass(frozen=True, slots=True, kw_only=True)
class Resident:
    """Who is known at a door: a first name, a word about the last talk, no more."""

    door_id: int
    first_name: str
    note: str
    do_not_contact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow:
    """A contact with where it lives and where it comes from."""

    id: int
    door_id: int
    street: str
    house: str
    flat: str
    first_name: str
    phone_sealed: str
    note: str
    do_not_contact: bool
    obtained_from: str
    obtained_at: datetime
    consent_basis: str
    consent_scope: str
    consent_source: str
    consent_on: date


def exports_of(session: Session, person_id: int | None, *, since: datetime) -> Sequence[datetime]:
    """Give when a person has downloaded contacts of any campaign in reach, by the log."""
    # The log is in the order of time, so this reads back as far as the moment and no further.
    before = (
        select(AuditEntry.number)
        .where(AuditEntry.at <= since)
        .order_by(AuditEntry.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    return session.scalars(
        select(AuditEntry.at)
        .where(
            AuditEntry.number > func.coalesce(before, 0),
            AuditEntry.action == EXPORTED,
            AuditEntry.actor_id == person_id,
        )
        .order_by(AuditEntry.number)
    ).all()


def residents(
    session: Session, campaign_id: int, door_ids: Collection[int]
) -> dict[int, list[Resident]]:
    """Give who is known at these doors."""
    found: dict[int, list[Resident]] = {}
    if not door_ids:
        return found
    rows = session.execute(
        select(Contact.door_id, Contact.first_name, Contact.note, Contact.do_not_contact)
        .where(Contact.campaign_id == campaign_id, Contact.door_id.in_(list(door_ids)))
        .order_by(Contact.door_id, Contact.id)
    )
    for row in rows:
        found.setdefault(row.door_id, []).append(Resident(**row._mapping))
    return found


def count_contacts(session: Session, campaign_id: int) -> int:
    """Give how many contacts a campaign keeps."""
    return (
        session.scalar(
            select(func.count()).select_from(Contact).where(Contact.campaign_id == campaign_id)
        )
        or 0
    )


def contacts_of(
    session: Session, campaign_id: int, *, limit: int | None = None, offset: int = 0
) -> Iterable[ContactRow]:
    """Give the contacts of a campaign in the order of their addresses."""
    rows = session.execute(
        select(
            Contact.id,
            Contact.door_id,
            Building.street,
            Building.house,
            Door.label.label("flat"),
            Contact.first_name,
            Contact.phone_sealed,
            Contact.note,
            Contact.do_not_contact,
            Contact.obtained_from,
            Contact.obtained_at,
            Contact.consent_basis,
            Contact.consent_scope,
            Contact.consent_source,
            Contact.consent_on,
        )
        .join(Door, Door.id == Contact.door_id)
        .join(Entrance, Entrance.id == Door.entrance_id)
        .join(Building, Building.id == Entrance.building_id)
        .where(Contact.campaign_id == campaign_id)
        .order_by(Building.sort_key, Building.id, Entrance.position, Door.position, Contact.id)
        .limit(limit)
        .offset(offset)
    )
    return [ContactRow(**row._mapping) for row in rows]
