"""What the overview is given when the program is put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from documents.paperwork.desk import PaperworkDesk


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionDays:
    """An election and the days that papers depend on."""

    id: int
    pack_id: str
    polling_day: date
    first_polling_day: date | None
    published_on: date | None
    timezone: str


class DueDays(Protocol):
    """What the route says about legal days; documents do not know the route themselves."""

    def due_days(self, election: ElectionDays) -> Mapping[str, date]:
        """Give the legal day of each step that has one without knowing a campaign's own acts."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewDesk:
    """The tools of the overview: a part of the program."""

    paperwork: PaperworkDesk
    days: DueDays
