"""Making and voiding calendar links, and switching reminders off and on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.queries import CampaignRow
from app.db import record
from app.errors import Conflict, Forbidden
from app.ids import new_token, token_hash
from app.texts import N_
from quests.agenda.events import FeedLinkMade, FeedLinkVoided
from quests.agenda.models import CalendarFeed, RemindersOff


def make_feed(session: Session, viewer: Viewer, campaign: CampaignRow, *, now: datetime) -> str:
    """Give the token of a new link; the person's older link to this calendar is void.

    Raises Forbidden for those who are not of the team, Conflict when two browsers try at once.
    """
    person_id = _member(viewer, campaign)
    token = new_token()
    values = {"token_hash": token_hash(token), "created_at": now}
    renewed = session.execute(
        update(CalendarFeed)
        .where(CalendarFeed.campaign_id == campaign.id, CalendarFeed.person_id == person_id)
        .values(values)
        .returning(CalendarFeed.id)
    ).first()
    if renewed is None:
        try:
            with session.begin_nested():
                own = {"campaign_id": campaign.id, "person_id": person_id}
                session.execute(insert(CalendarFeed).values(own | values))
        except IntegrityError:
            raise Conflict(N_("A link has just been made in another window.")) from None
    record(session, FeedLinkMade(campaign_id=campaign.id, person_id=person_id))
    return token


def void_feed(session: Session, viewer: Viewer, campaign: CampaignRow) -> None:
    """Switch the person's link off; doing it again changes nothing.

    Raises Forbidden for those who are not of the team.
    """
    person_id = _member(viewer, campaign)
    gone = session.execute(
        delete(CalendarFeed)
        .where(CalendarFeed.campaign_id == campaign.id, CalendarFeed.person_id == person_id)
        .returning(CalendarFeed.id)
    ).first()
    if gone is not None:
        record(session, FeedLinkVoided(campaign_id=campaign.id, person_id=person_id))


def set_reminders(
    session: Session, viewer: Viewer, campaign: CampaignRow, *, wanted: bool, now: datetime
) -> None:
    """Switch the person's reminders about this campaign on or off.

    Raises Forbidden for those who are not of the team.
    """
    person_id = _member(viewer, campaign)
    own = (RemindersOff.campaign_id == campaign.id, RemindersOff.person_id == person_id)
    if wanted:
        session.execute(delete(RemindersOff).where(*own))
    elif session.scalar(select(RemindersOff.since).where(*own)) is None:
        _switch_off(session, campaign.id, person_id, now=now)


def _switch_off(session: Session, campaign_id: int, person_id: int, *, now: datetime) -> None:
    try:
        with session.begin_nested():
            session.add(RemindersOff(campaign_id=campaign_id, person_id=person_id, since=now))
    except IntegrityError:
        # Pressed twice: the other request switched them off between our look and our insert.
        return


def _member(viewer: Viewer, campaign: CampaignRow) -> int:
    is_member = campaign.id in viewer.campaigns_with(Permission.CALENDAR_READ)
    if viewer.person_id is None or not is_member:
        raise Forbidden(N_("Only the campaign’s own team subscribes to its calendar."))
    return viewer.person_id
