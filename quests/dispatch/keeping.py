"""Keeping standings: in the transaction that changes a fact, and by a job when a day comes."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.accounts.models import Campaign
from app.db import Narrowed
from app.jobs.rules import Payload, Periodic
from app.jobs.worker import Handlers, JobContext
from app.operations.verify import Finding
from quests.dispatch.deciding import decided, last_moves, narrowed
from quests.dispatch.elections import ElectionDays, election_days
from quests.dispatch.models import KeptStanding
from quests.dispatch.noticing import touched_campaigns
from quests.dispatch.rules.reckoning import Kept
from quests.route.library import PackLibrary

RECKON = "dispatch.reckon"
"""The job that reckons anew what is out of date: a day came, or a pack or an election changed."""
RECHECK = "dispatch.recheck"
"""The job that reckons everything anew, so that nothing stays wrong for longer than a day."""
RECKON_PERIODICS = (
    Periodic(kind=RECKON, every=timedelta(minutes=10)),
    Periodic(kind=RECHECK, every=timedelta(days=1), at=time(1, 20)),
)
log = logging.getLogger("mandat.dispatch")

BATCH = 200
"""Campaigns that are reckoned, and locked, together."""

_campaign = Campaign.__table__
_kept = KeptStanding.__table__
KEPT_COLUMNS = tuple(_kept.c[name] for name in Kept._fields)
_KEPT = Narrowed(select(_kept.c.campaign_id, *KEPT_COLUMNS), _kept.c.campaign_id)
_CAMPAIGNS = Narrowed(
    select(_campaign.c.id, _campaign.c.election_id)
    .where(_campaign.c.state == "active")
    .order_by(_campaign.c.id),
    _campaign.c.id,
)


class Subject(NamedTuple):
    """A campaign whose standing is reckoned: its number and its election."""

    id: int
    election: ElectionDays

    @property
    def pack_id(self) -> str:
        """The election's pack."""
        return self.election.pack_id

    @property
    def polling_day(self) -> date:
        """The election's polling day."""
        return self.election.polling_day

    @property
    def first_polling_day(self) -> date | None:
        """The first of several polling days."""
        return self.election.first_polling_day

    @property
    def published_on(self) -> date | None:
        """The day the decision to hold the election was published."""
        return self.election.published_on

    @property
    def timezone(self) -> str:
        """The election's zone."""
        return self.election.timezone


def reckon(
    session: Session, library: PackLibrary, subjects: Sequence[Subject], *, now: datetime
) -> dict[int, Kept]:
    """Give where campaigns stand by asking the rules, whatever is kept of them."""
    if not subjects:
        return {}
    moves = last_moves(session, narrowed([subject.id for subject in subjects]))
    bases = {subject.election.id: subject.election.basis(library) for subject in subjects}
    elections = {subject.id: subject.election.id for subject in subjects}
    return {
        number: each.kept(basis=bases[elections[number]], moved_at=moves[number])
        for number, each in decided(session, library, subjects, now=now)
    }


def keep_standings(session: Session, library: PackLibrary, *, now: datetime) -> None:
    """Keep where the campaigns stand that this transaction has touched; a hook before commit.

    It comes after the milestones are written, for they say when a station was reached.
    """
    touched = touched_campaigns(session)
    if touched:
        keep(session, library, touched, now=now)


def keep(
    session: Session, library: PackLibrary, campaign_ids: Sequence[int], *, now: datetime
) -> tuple[int, ...]:
    """Keep where these campaigns stand; give the numbers of those that stood otherwise.

    Their rows are locked in order, so that of two transactions on one campaign the second sees
    what the first has done.
    """
    ids = sorted(campaign_ids)
    locked = select(_campaign.c.id).where(_campaign.c.id.in_(ids)).order_by(_campaign.c.id)
    session.execute(locked.with_for_update(key_share=True)).all()
    subjects = subjects_of(session, ids)
    fresh = reckon(session, library, subjects, now=now)
    known = kept_of(session, ids)
    changed = tuple(number for number in ids if fresh.get(number) != known.get(number))
    if changed:
        session.execute(delete(KeptStanding).where(KeptStanding.campaign_id.in_(changed)))
        rows = [{"campaign_id": n, **fresh[n]._asdict()} for n in changed if n in fresh]
        if rows:
            session.execute(insert(KeptStanding), rows)
    return changed


def subjects_of(session: Session, ids: Sequence[int] | None) -> tuple[Subject, ...]:
    """Give the active ones of these campaigns, or all, with their elections."""
    found = _CAMPAIGNS.rows(session, ids).all()
    elections = election_days(session, {election_id for _, election_id in found})
    return tuple(Subject(number, elections[election_id]) for number, election_id in found)


def kept_of(session: Session, ids: Sequence[int] | None) -> dict[int, Kept]:
    """Give what is kept of these campaigns, or of all, good or out of date."""
    return {number: Kept(*values) for number, *values in _KEPT.rows(session, ids)}


def is_good(subject: Subject, known: Kept | None, library: PackLibrary, now: datetime) -> bool:
    """Say whether what is kept of a campaign rests on today's pack, days and date."""
    election = subject.election
    return known is not None and known.is_good(election.basis(library), election.today(now))


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper:
    """Brings what is kept up to date where a day, a pack or an election has moved on."""

    library: PackLibrary

    def refresh(self, context: JobContext, payload: Payload) -> None:
        """Handle RECKON; run again after a crash it finds less to do."""
        with context.database.reading() as session:
            subjects, known = subjects_of(session, None), kept_of(session, None)
        due = [
            subject.id
            for subject in subjects
            if not is_good(subject, known.get(subject.id), self.library, context.now)
        ]
        self._keep(context, due)

    def recheck(self, context: JobContext, payload: Payload) -> None:
        """Handle RECHECK: what is trusted and wrong is mended, and the log says so."""
        with context.database.reading() as session:
            wrong = wrong_standings(session, self.library, now=context.now)
        if wrong:
            log.warning("kept standings were wrong", extra={"campaigns": len(wrong)})
        self._keep(context, wrong)

    def _keep(self, context: JobContext, due: Sequence[int]) -> None:
        for first in range(0, len(due), BATCH):
            with context.database.writing() as session:
                keep(session, self.library, due[first : first + BATCH], now=context.now)


def reckon_handlers(library: PackLibrary) -> Handlers:
    """Give the handlers of this feature's jobs."""
    keeper = Keeper(library=library)
    return {RECKON: keeper.refresh, RECHECK: keeper.recheck}


def wrong_standings(session: Session, library: PackLibrary, *, now: datetime) -> tuple[int, ...]:
    """Give the campaigns whose kept standing is trusted though the rules say otherwise."""
    subjects, known = subjects_of(session, None), kept_of(session, None)
    fresh = reckon(session, library, subjects, now=now)
    return tuple(
        subject.id
        for subject in subjects
        if is_good(subject, known.get(subject.id), library, now)
        and not _agree(known[subject.id], fresh[subject.id])
    )


def _agree(known: Kept, fresh: Kept) -> bool:
    # The day before which nothing changes moves on by itself; what it guards must be the same.
    return known._replace(good_until=0) == fresh._replace(good_until=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingsHold:
    """The check of ``mandat verify`` that what is kept is what the rules say."""

    library: PackLibrary
    name: str = "kept standings"

    def findings(self, session: Session, *, now: datetime) -> Iterator[Finding]:
        """Name the campaigns whose kept standing is trusted and wrong; a job mends them."""
        for number in wrong_standings(session, self.library, now=now):
            what = f"campaign {number} stands elsewhere; {RECHECK} will mend it"
            yield Finding(check=self.name, what=what, serious=False)
