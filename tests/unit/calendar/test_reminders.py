"""Reminders go out 7, 3 and 1 days before, once each."""

from __future__ import annotations

from datetime import date, timedelta

from app.calendar import Anchors, compute, reminders_due
from tests.unit.calendar.places import ENGLAND

CLOSE = date(2026, 4, 9)
DEADLINES = [
    compute(ENGLAND, Anchors(polling_day=date(2026, 5, 7)), "ru")[key]
    for key in ("nominations_close", "statement_of_persons_nominated", "consent_earliest_signature")
]


def due(days_left: int, sent: set[tuple[str, date, int]] | None = None) -> list[tuple[str, int]]:
    today = CLOSE - timedelta(days=days_left)
    return [
        (reminder.key, reminder.days_before)
        for reminder in reminders_due(DEADLINES, today, sent or set())
    ]


def test_each_stage_is_due_on_its_day() -> None:
    assert due(8) == []
    assert due(7) == [("nominations_close", 7)]
    assert due(3, {("nominations_close", CLOSE, 7)}) == [("nominations_close", 3)]
    assert due(1, {("nominations_close", CLOSE, 3)}) == [("nominations_close", 1)]


def test_nothing_goes_out_twice_on_the_days_between() -> None:
    assert due(5, {("nominations_close", CLOSE, 7)}) == []


def test_after_missed_days_only_the_most_urgent_goes_out() -> None:
    assert due(2) == [("nominations_close", 3)]


def test_a_deadline_that_moved_is_reminded_of_again() -> None:
    assert due(7, {("nominations_close", CLOSE - timedelta(days=2), 7)}) == [
        ("nominations_close", 7)
    ]


def test_nothing_is_due_after_the_day_itself() -> None:
    assert due(0, {("nominations_close", CLOSE, 1)}) == []
    assert due(-1) == []


def test_a_full_course_sends_every_reminder_exactly_once() -> None:
    sent: list[tuple[str, date, int]] = []
    for days_left in range(20, -5, -1):
        for reminder in reminders_due(DEADLINES, CLOSE - timedelta(days=days_left), sent):
            sent.append(reminder.sent_as)
    assert [days_before for _, _, days_before in sent] == [7, 3, 1]
