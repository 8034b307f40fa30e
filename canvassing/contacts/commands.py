"""Forgetting a contact, and noting that contacts have left in a file."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.queries import get_campaign
from app.db import record
from app.errors import Missing
from canvassing.contacts.models import Contact
from canvassing.contacts.queries import ContactRow, contacts_of
from canvassing.doors.commands.durability import insert_once
from canvassing.doors.models import DoorFlag
from canvassing.doors.rules import DO_NOT_CONTACT
from canvassing.imports.events import ContactForgotten, ContactsExported


def forget_contact(
    session: Session, viewer: Viewer, campaign_id: int, contact_id: int, *, now: datetime
) -> None:
    """Delete a contact for good; raises Missing.

    Who had asked to be left alone still is: the wish stays with the door, without a name.
    """
    campaign = get_campaign(session, viewer, campaign_id, Permission.FIELD_MANAGE)
    gone = session.execute(
        delete(Contact)
        .where(Contact.campaign_id == campaign.id, Contact.id == contact_id)
        .returning(Contact.door_id, Contact.do_not_contact)
    ).all()
    if not gone:
        raise Missing
    door_id, keep_away = gone[0]
    if keep_away:
        flag = {"campaign_id": campaign.id, "door_id": door_id, "flag": DO_NOT_CONTACT}
        session.execute(insert_once(session, DoorFlag, {**flag, "set_at": now}))
    record(
        session,
        ContactForgotten(
            campaign_id=campaign.id, contact_id=contact_id, by=viewer.person_id, at=now
        ),
    )


def export_contacts(
    session: Session, viewer: Viewer, campaign_id: int, *, now: datetime
) -> list[ContactRow]:
    """Give the contacts for a file and note that they left; raises Missing."""
    campaign = get_campaign(session, viewer, campaign_id, Permission.FIELD_MANAGE)
    found = list(contacts_of(session, campaign.id))
    record(
        session,
        ContactsExported(campaign_id=campaign.id, contacts=len(found), by=viewer.person_id, at=now),
    )
    return found
