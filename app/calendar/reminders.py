"""Which reminders of coming deadlines are due."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, time

from app.calendar.explaining import Deadline
from app.calendar.rules import Edge, Whose

REMINDER_DAYS = (7, 3, 1)
"""How many days before a deadline a reminder is sent."""

SentReminder = tuple[str, date, int]
"""Key, day and `days_before` of a reminder that went out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One reminder to send; `sent_as` is what to remember so that it goes out once."""

    key: str
    on: date
    at: time | None
    days_before: int
    """7, 3 or 1: which of the reminders this is."""
    days_left: int
    """Days from today; fewer than `days_before` when the reminder is late."""

    @property
    def sent_as(self) -> SentReminder:
        """A deadline that moves to another day is reminded of again."""
        return (self.key, self.on, self.days_before)


def reminders_due(
    deadlines: Iterable[Deadline], today: date, sent: Collection[SentReminder] = ()
) -> tuple[Reminder, ...]:
    """Reminders to send today, nearest deadline first, none that `sent` already names.

    Only last days that the campaign or its voters must keep are reminded of. When days were
    missed (the job did not run, the campaign is new), only the most urgent one goes out.
    """
    due = []
    for deadline in deadlines:
        if not _is_reminded(deadline) or deadline.on is None:
            continue
        days_left = (deadline.on - today).days
        stage = min((days for days in REMINDER_DAYS if days >= days_left), default=None)
        if days_left < 0 or stage is None or (deadline.key, deadline.on, stage) in sent:
            continue
        due.append(
            Reminder(
                key=deadline.key,
                on=deadline.on,
                at=deadline.at,
                days_before=stage,
                days_left=days_left,
            )
        )
    return tuple(sorted(due, key=lambda reminder: (reminder.on, reminder.key)))


def _is_reminded(deadline: Deadline) -> bool:
    return deadline.edge is Edge.CLOSES and deadline.whose is not Whose.OFFICE
