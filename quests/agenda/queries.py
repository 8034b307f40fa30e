"""Reading calendar links and settings, and the people of teams that are to be reminded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from app.access import Permission, Role, Viewer
from app.accounts.models import Person, TeamMember
from app.accounts.queries import CampaignRow, get_campaign
from app.accounts.sign_in_queries import grants_of
from app.errors import Missing
from app.ids import token_hash
from quests.agenda.models import CalendarFeed, ReminderSent, RemindersOff

REMINDED_ROLES = (Role.CANDIDATE, Role.MANAGER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What a person has switched on in a campaign's calendar."""

    feed_since: datetime | None
    """When the present link was made; None without one."""
    is_reminded: bool
    """Whether reminders about this campaign are written to the person at all, by their role."""
    wants_reminders: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """Whose calendar a link shows, and in which language."""

    campaign: CampaignRow
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """A person of a team who is written to."""

    person_id: int
    name: str
    email: str
    language: str


SentKey = tuple[int, int, str, date, int]
"""Campaign, person, deadline, its day, days ahead."""

_SUBSCRIBER = (
    select(CalendarFeed.campaign_id, Person.id, Person.language, Person.name)
    .join(Person, Person.id == CalendarFeed.person_id)
    .where(
        CalendarFeed.token_hash == bindparam("token_hash"),
        Person.suspended_at.is_(None),
        Person.merged_into_id.is_(None),
    )
)


def subscription(session: Session, viewer: Viewer, campaign: CampaignRow) -> Subscription | None:
    """Give what the viewer has switched on; None for those who are not of the team."""
    if campaign.id not in viewer.campaigns_with(Permission.CALENDAR_READ):
        return None
    own = (CalendarFeed.campaign_id == campaign.id, CalendarFeed.person_id == viewer.person_id)
    off = (RemindersOff.campaign_id == campaign.id, RemindersOff.person_id == viewer.person_id)
    return Subscription(
        feed_since=session.scalar(select(CalendarFeed.created_at).where(*own)),
        is_reminded=bool(viewer.roles_in(campaign.scope) & set(REMINDED_ROLES)),
        wants_reminders=session.scalar(select(RemindersOff.since).where(*off)) is None,
    )


def get_subscriber(session: Session, token: str) -> Subscriber:
    """Give whose calendar a link's token opens.

    The person must be of the team, not suspended, and the campaign's route open, at every fetch.
    Raises Missing, the same for whatever reason.
    """
    row = session.execute(_SUBSCRIBER, {"token_hash": token_hash(token)}).one_or_none()
    if row is None:
        raise Missing
    person = Viewer(person_id=row.id, language=row.language, grants=grants_of(session, row.id))
    if row.campaign_id not in person.campaigns_with(Permission.CALENDAR_READ):
        raise Missing
    campaign = get_campaign(session, person, row.campaign_id, Permission.CALENDAR_READ)
    return Subscriber(campaign=campaign, language=row.language)


def addressees(session: Session, campaign_ids: Sequence[int]) -> Mapping[int, list[Addressee]]:
    """Give the people to remind in each of these campaigns, in order of their numbers."""
    rows = session.execute(
        select(TeamMember.campaign_id, Person.id, Person.name, Person.email, Person.language)
        .join(Person, Person.id == TeamMember.person_id)
        .outerjoin(
            RemindersOff,
            and_(
                RemindersOff.campaign_id == TeamMember.campaign_id,
                RemindersOff.person_id == TeamMember.person_id,
            ),
        )
        .where(
            TeamMember.campaign_id.in_(campaign_ids),
            TeamMember.role.in_([role.value for role in REMINDED_ROLES]),
            RemindersOff.since.is_(None),
            Person.suspended_at.is_(None),
            Person.merged_into_id.is_(None),
            Person.email_confirmed_at.is_not(None),
        )
        .order_by(TeamMember.campaign_id, Person.id)
    )
    found: dict[int, list[Addressee]] = {}
    for campaign_id, person_id, name, email, language in rows:
        person = Addressee(person_id=person_id, name=name, email=email, language=language)
        found.setdefault(campaign_id, []).append(person)
    return found


def sent_reminders(
    session: Session, campaign_ids: Sequence[int], *, since: date
) -> frozenset[SentKey]:
    """Give the reminders that already went out for deadlines of this day and later."""
    rows = session.execute(
        select(
            ReminderSent.campaign_id,
            ReminderSent.person_id,
            ReminderSent.deadline_key,
            ReminderSent.day,
            ReminderSent.ahead,
        ).where(ReminderSent.campaign_id.in_(campaign_ids), ReminderSent.day >= since)
    )
    return frozenset(rows.all())
