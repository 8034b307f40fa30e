"""Forgetting a contact, and noting that contacts have left in a file."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.models import Person
from app.accounts.queries import get_campaign
from app.db import record
from app.errors import Conflict, Missing
from app.texts import N_
from canvassing.contacts.models import Contact
from canvassing.contacts.queries import ContactRow, contacts_of, exports_of
from canvassing.contacts.rules import EXPORTS_WITHIN, next_export_at
from canvassing.doors.commands.durability import insert_once
from canvassing.doors.models import DoorFlag
from canvassing.doors.rules import DO_NOT_CONTACT
from canvassing.imports.events import ContactForgotten, ContactsExported

TOO_OFTEN = N_(
    "You have downloaded contacts as often as one person may within a day. The page of contacts "
    "says when the next time is."
)


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
    """Give the contacts for a file and note that they left; raises Missing.

    Raises Conflict for a person who has done it too often, in whichever campaign.
    """
    campaign = get_campaign(session, viewer, campaign_id, Permission.FIELD_MANAGE)
    # Held until the log has it: two downloads of one person at once are counted one by one.
    mine = select(Person.id).where(Person.id == viewer.person_id)
    session.execute(mine.with_for_update(key_share=True))
    exported = exports_of(session, viewer.person_id, since=now - EXPORTS_WITHIN)
    if next_export_at(exported, now=now) is not None:
        raise Conflict(TOO_OFTEN)
    found = list(contacts_of(session, campaign.id))
    record(
        session,
        ContactsExported(campaign_id=campaign.id, contacts=len(found), by=viewer.person_id, at=now),
    )
    return found
