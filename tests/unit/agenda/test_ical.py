"""The feed is a calendar other programs understand."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from icalendar import Calendar

from app.calendar import Anchors, compute
from quests.agenda.ical import Agenda, AgendaEntry, calendar_text, entries_of
from tests.unit.calendar.places import PETERSBURG

NOW = datetime(2024, 6, 1, 9, tzinfo=UTC)


def text_of(*entries: AgendaEntry) -> bytes:
    return calendar_text(
        Agenda(
            name="Сроки: округ № 3",
            zone=ZoneInfo("Europe/Moscow"),
            language="ru",
            entries=entries,
        ),
        now=NOW,
    )


def entry(at: time | None, title: str = "Окончание выдвижения") -> AgendaEntry:
    return AgendaEntry(
        uid="nomination_closes-7@example.org",
        title=title,
        on=date(2024, 7, 10),
        at=at,
        description="20-й день; срок, не переносится\nВторая строка",
        url="https://example.org/calendar",
    )


def test_a_time_is_reckoned_in_the_zone_of_the_election() -> None:
    event = Calendar.from_ical(text_of(entry(time(18)))).walk("VEVENT")[0]
    assert event.decoded("dtstart") == datetime(2024, 7, 10, 15, tzinfo=UTC)


def test_a_deadline_without_a_time_lasts_its_whole_day() -> None:
    event = Calendar.from_ical(text_of(entry(None))).walk("VEVENT")[0]
    assert event.decoded("dtstart") == date(2024, 7, 10)
    assert event.decoded("dtend") == date(2024, 7, 11)


def test_words_come_back_as_they_were() -> None:
    event = Calendar.from_ical(text_of(entry(None, "Запятая, точка; и \\"))).walk("VEVENT")[0]
    assert event["summary"] == "Запятая, точка; и \\"
    assert event["description"] == "20-й день; срок, не переносится\nВторая строка"


def test_lines_are_short_and_end_as_the_format_asks() -> None:
    lines = text_of(entry(None, "Очень длинное название " * 20)).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)


def test_only_deadlines_with_a_day_become_entries() -> None:
    deadlines = compute(PETERSBURG, Anchors(polling_day=date(2024, 9, 8)), "ru")
    entries = entries_of(
        deadlines.values(),
        campaign_id=7,
        host="example.org",
        url="https://example.org/calendar",
        sure=lambda deadline: f"{deadline.source} [{deadline.status}]",
    )
    assert {each.uid for each in entries} == {
        f"{key}-7@example.org" for key, deadline in deadlines.items() if deadline.on
    }
    media = next(each for each in entries if each.uid.startswith("media_campaign_opens"))
    assert media.title == "Начало агитации в СМИ"
    assert "28 полных дней" in media.description
    assert media.description.endswith("[V]")
