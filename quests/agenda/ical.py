"""A campaign's deadlines as iCalendar text, for calendar programs that subscribe to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from app.calendar import Deadline

PRODUCT = "-//Mandat//Deadlines//EN"
REFRESH_EVERY = timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaEntry:
    """One day of the calendar."""

    uid: str
    """Stays the same when the day moves, so that calendar programs move the entry too."""
    title: str
    on: date
    at: time | None
    """In the zone of the election; None makes an entry of the whole day."""
    description: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """A calendar to subscribe to."""

    name: str
    zone: ZoneInfo
    language: str
    entries: Sequence[AgendaEntry]


def entries_of(
    deadlines: Iterable[Deadline],
    *,
    campaign_id: int,
    host: str,
    url: str,
    sure: Callable[[Deadline], str],
) -> tuple[AgendaEntry, ...]:
    """An entry for every deadline whose day is known.

    `host` makes the uids ours alone; `sure` says the source and how sure we are of it.
    """
    return tuple(
        AgendaEntry(
            uid=f"{deadline.key}-{campaign_id}@{host}",
            title=deadline.title,
            on=deadline.on,
            at=deadline.at,
            description=f"{deadline.why}\n{sure(deadline)}",
            url=url,
        )
        for deadline in deadlines
        if deadline.on is not None
    )


def calendar_text(agenda: Agenda, *, now: datetime) -> bytes:
    """The agenda as a text/calendar body, UTF-8, entries by day and title."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", agenda.name, parameters={"LANGUAGE": agenda.language})
    calendar.add("x-wr-calname", agenda.name)
    calendar.add("x-wr-timezone", agenda.zone.key)
    calendar.add("refresh-interval", REFRESH_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for entry in sorted(agenda.entries, key=lambda each: (each.on, each.at or time.min, each.uid)):
        calendar.add_component(_event(entry, agenda.zone, now))
    body: bytes = calendar.to_ical()
    return body


def _event(entry: AgendaEntry, zone: ZoneInfo, now: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", entry.title)
    event.add("description", entry.description)
    event.add("transp", "TRANSPARENT")
    if entry.at is None:
        event.add("dtstart", entry.on)
        event.add("dtend", entry.on + timedelta(days=1))
    else:
        # Times are written in UTC: the reader then needs no description of the zone.
        moment = datetime.combine(entry.on, entry.at, tzinfo=zone).astimezone(UTC)
        event.add("dtstart", moment)
    if entry.url is not None:
        event.add("url", entry.url)
    return event
