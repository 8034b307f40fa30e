"""The days and the pack that standings of an election's campaigns rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.accounts.models import Election
from quests.dispatch.rules.reckoning import basis_of
from quests.route.library import PackLibrary
from quests.route.standing import local_day

FILES = ("route.toml", "calendar.toml")
GONE = ""
"""The basis under a pack that is no longer there: nothing kept rests on it."""

_election = Election.__table__
_DAYS = select(
    _election.c.id,
    _election.c.pack_id,
    _election.c.polling_day,
    _election.c.first_polling_day,
    _election.c.published_on,
    _election.c.timezone,
).where(_election.c.id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionDays:
    """An election, as far as standings depend on it."""

    id: int
    pack_id: str
    polling_day: date
    first_polling_day: date | None
    published_on: date | None
    timezone: str

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
    rows = session.execute(_DAYS, {"ids": sorted(set(ids))})
    return {row.id: ElectionDays(**row._mapping) for row in rows}
