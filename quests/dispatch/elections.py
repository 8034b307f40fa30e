"""The days and the pack that standings of an election's campaigns rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

from sqlalchemy.orm import Session

from app.accounts.queries.elections import DatedElection, dated_elections
from quests.dispatch.rules.reckoning import basis_of
from quests.route.library import PackLibrary
from quests.route.standing import local_day

FILES = ("route.toml", "calendar.toml")
GONE = ""
"""The basis under a pack that is no longer there: nothing kept rests on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionDays(DatedElection):
    """An election, as far as standings depend on it."""

    def today(self, now: datetime) -> int:
        """Give the day it is in the election's zone, as an ordinal."""
        return local_day(now, self.timezone).toordinal()

    def basis(self, library: PackLibrary) -> str:
        """Name what standings of this election's campaigns rest on today."""
        if self.pack_id not in library:
            return GONE
        return basis_of(
            _fingerprint(library[self.pack_id].pack.folder),
            polling_day=self.polling_day,
            first_polling_day=self.first_polling_day,
            published_on=self.published_on,
            timezone=self.timezone,
        )


@cache
def _fingerprint(folder: Path) -> str:
    """Give what the files that decide about a pack's route hash to, once a process."""
    digest = sha256()
    for name in FILES:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()


def election_days(session: Session, ids: Iterable[int]) -> Mapping[int, ElectionDays]:
    """Give the days of these elections by their numbers."""
    return dated_elections(session, ids, ElectionDays)
