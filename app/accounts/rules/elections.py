"""Which days an election may have, and which packs it may follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.calendar.anchors import POSSIBLE_YEARS
from app.errors import Refused
from app.texts import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class PackChoice:
    """A pack an election can follow: its name by language, and the zone it reckons in."""

    id: str
    timezone: str
    """IANA name."""
    titles: Mapping[str, str]

    def title(self, language: str) -> str:
        """Give the name in a language; the id when the pack has no name in it."""
        return self.titles.get(language, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackChoices:
    """Every pack of the program; ``app.main`` provides them, as accounts knows no packs."""

    choices: tuple[PackChoice, ...]

    def find(self, pack_id: str) -> PackChoice | None:
        """Give the pack of this id, None when there is none."""
        return next((choice for choice in self.choices if choice.id == pack_id), None)

    def title(self, pack_id: str, language: str) -> str:
        """Give a pack's name; its id when the pack is gone."""
        found = self.find(pack_id)
        return found.title(language) if found else pack_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionDays:
    """The days that all deadlines of an election are counted from."""

    polling_day: date
    """The last one when polls last several days."""
    first_polling_day: date | None
    published_on: date | None


def day_there(now: datetime, timezone: str) -> date:
    """Give the day it is where an election is held; portal and visitor may be elsewhere."""
    return now.astimezone(ZoneInfo(timezone)).date()


def check_days(days: ElectionDays) -> None:
    """Refuse days that can't be right; the field is the day's name."""
    for field, day in (
        ("polling_day", days.polling_day),
        ("first_polling_day", days.first_polling_day),
        ("published_on", days.published_on),
    ):
        if day is not None and day.year not in POSSIBLE_YEARS:
            raise Refused(
                field,
                N_("The year must lie between {first} and {last}."),
                first=POSSIBLE_YEARS[0],
                last=POSSIBLE_YEARS[-1],
            )
    first = days.first_polling_day
    if first is not None and first > days.polling_day:
        raise Refused("first_polling_day", N_("The first polling day is after the polling day."))
    if days.published_on is not None and days.published_on >= (first or days.polling_day):
        raise Refused("published_on", N_("An election is published before polling begins."))
