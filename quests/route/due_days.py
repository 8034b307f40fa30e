"""The legal days of an election's steps, for packages that do not know the route themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from quests.route.library import PackLibrary
from quests.route.standing import Dated, anchors_of


class DatedElection(Dated, Protocol):
    """An election in any row that carries its pack and its days."""

    @property
    def pack_id(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteDueDays:
    """Tells the legal days that are the same for every campaign of an election."""

    library: PackLibrary

    def due_days(self, election: DatedElection) -> Mapping[str, date]:
        """Give the legal day of each step that has one without knowing a campaign's own acts."""
        if election.pack_id not in self.library:
            return {}
        pack = self.library[election.pack_id]
        dates = self.library.days(election.pack_id, anchors_of(election, pack, {})).dates
        found: dict[str, date] = {}
        for step in pack.steps:
            day = dates.get(step.due.deadline) if step.due else None
            if step.due is not None and day is not None:
                found[step.key] = day + timedelta(days=step.due.days)
        return found
