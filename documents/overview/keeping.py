"""Keeping where campaigns' papers stand: marked due by whoever changes them, reckoned by a job.

Reckoning opens seals and reads every answer, so it is not done at every word that is typed; it asks
the very rules that a campaign's own list of papers asks, so that both always say the same.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, false, insert, or_, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.accounts.events import (
    AccountsMerged,
    DistrictsChanged,
    ElectionChanged,
    PersonRenamed,
)
from app.accounts.models import Campaign
from app.accounts.queries.campaigns import find_campaign
from app.db import recorded
from app.jobs.rules import Payload, Periodic
from app.jobs.worker import Handlers, JobContext
from app.operations.verify import Finding, finding_of_fault
from app.reviews.decisions import decisions_about
from documents.overview.elections import Ground, grounds
from documents.overview.models import KeptPapers
from documents.overview.rules import Issuable, issuable, letter_of
from documents.packets.desk import PacketsDesk
from documents.packets.events import PacketAsked
from documents.packets.holding import hold_campaigns, look_again, wrong_packets_of
from documents.packets.queries.packets import with_packets
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.events import PapersTouched
from documents.paperwork.rules.standing import SUBJECT_KIND, State
from documents.paperwork.standing import Standing, standings_of
from documents.signatures.events import SheetsOrdered
from documents.typesetting.events import SheetFailed, SheetTypeset
from documents.typesetting.rules import Purpose

REFRESH = "overview.refresh"
"""The job that reckons what is due: papers were touched, a day came, a pack changed."""
RECHECK = "overview.recheck"
"""The job that reckons everything anew, so that nothing stays wrong for longer than a day."""
OVERVIEW_PERIODICS = (
    Periodic(kind=REFRESH, every=timedelta(minutes=2)),
    Periodic(kind=RECHECK, every=timedelta(days=1), at=time(2, 40)),
)
BATCH = 25
"""Campaigns that are reckoned, and locked, together."""
log = logging.getLogger("mandat.overview")

_campaign = Campaign.__table__
_kept = KeptPapers.__table__
KEPT_ROWS = (
    select(
        _campaign.c.id,
        _campaign.c.organisation_id,
        _campaign.c.election_id,
        _kept.c.basis,
        _kept.c.shape,
        _kept.c.letters,
        _kept.c.issuable,
    )
    .outerjoin(_kept, _kept.c.campaign_id == _campaign.c.id)
    .where(_campaign.c.state == "active")
)
"""Every active campaign, and what is kept of its papers; null where nothing is."""


class Kept(NamedTuple):
    """What is kept of a campaign's papers."""

    basis: str
    shape: str
    letters: str
    issuable: str


def follow_papers(session: Session, desk: PacketsDesk, *, now: datetime) -> None:
    """The hook for ``database.before_commit``: what was touched is reckoned anew.

    Packets are looked at in this very transaction, because a step may wait for one: for a campaign
    that has asked for a packet the rules about all its papers are asked once more, for others one
    question is put to the database. A packet that was just asked for is looked at too: what it is
    made of was read before its campaign was held. The campaigns are held as those are that are
    reckoned, so that nobody keeps what was read before this transaction ended.
    """
    touched = _touched(session) | _of_renamed(session)
    asked, moved = _asked(session), _elections_moved(session)
    if not (touched or asked or moved):
        return
    hold_campaigns(session, _these(touched | asked, moved))
    if touched or moved:
        _mark_due(session, _these(touched, moved))
    if touched or asked:
        look_again(session, desk, sorted(touched | asked), now=now)


def _these(ids: Collection[int], elections: Collection[int]) -> ColumnElement[bool]:
    # An empty list beside another one would keep SQLite from using the index.
    found: list[ColumnElement[bool]] = [false()]
    if ids:
        found.append(_campaign.c.id.in_(ids))
    if elections:
        found.append(_campaign.c.election_id.in_(elections))
    return or_(*found)


def _mark_due(session: Session, which: ColumnElement[bool]) -> None:
    there = KeptPapers.campaign_id.in_(select(_campaign.c.id).where(which))
    due = update(KeptPapers).where(there).values(basis="")
    session.execute(due, execution_options={"synchronize_session": False})


def _touched(session: Session) -> set[int]:
    found = {event.campaign_id for event in decisions_about(session, SUBJECT_KIND)}
    for event in recorded(session):
        match event:
            case PapersTouched():
                found.add(event.touched)
            case (
                SheetTypeset(purpose=Purpose.ISSUE)
                | SheetFailed(purpose=Purpose.ISSUE)
                | SheetsOrdered()
            ):
                found.add(event.campaign_id)
    return found


def _of_renamed(session: Session) -> set[int]:
    """Give the campaigns whose candidate, named on inventories, has another name now."""
    people = {
        event.person_id
        for event in recorded(session)
        if isinstance(event, PersonRenamed | AccountsMerged)
    }
    if not people:
        return set()
    theirs = select(_campaign.c.id).where(_campaign.c.candidate_id.in_(people))
    return set(session.scalars(theirs))


def _asked(session: Session) -> set[int]:
    return {event.campaign_id for event in recorded(session) if isinstance(event, PacketAsked)}


def _elections_moved(session: Session) -> set[int]:
    """Give the elections of which the council or a district, printed on inventories, has changed.

    They have hundreds of campaigns: the job looks at those.
    """
    return {
        event.election_id
        for event in recorded(session)
        if isinstance(event, ElectionChanged | DistrictsChanged)
    }


def reckon(
    session: Session, desk: PaperworkDesk, campaign_id: int, ground: Ground, *, now: datetime
) -> Kept | None:
    """Give where the papers of a campaign stand by asking the rules; None when it has none."""
    campaign = find_campaign(session, campaign_id)
    if campaign is None or ground.documents is None:
        return None
    standings = standings_of(session, desk, campaign, now)
    return Kept(
        basis=ground.basis,
        shape=ground.shape,
        letters="".join(_letter(standing) for standing in standings),
        issuable="".join(_issuable(standing) for standing in standings),
    )


def _letter(standing: Standing) -> str:
    return letter_of(standing.stage, wanted=standing.is_wanted, stale=standing.is_stale)


def _issuable(standing: Standing) -> Issuable:
    return may_issue(standing) if standing.kind.is_printed else Issuable.NO


def may_issue(standing: Standing) -> Issuable:
    """Say whether a paper could be issued for its campaign as the answers stand."""
    return issuable(
        standing.paper.state if standing.paper else State.DRAFT,
        standing.newest.state if standing.newest else None,
        wanted=standing.is_wanted,
        complete=not standing.interview.in_the_way,
        stale=standing.is_stale,
    )


def keep(
    session: Session, desk: PaperworkDesk, campaign_ids: Collection[int], *, now: datetime
) -> None:
    """Reckon these campaigns and keep what came of it."""
    ids = sorted(campaign_ids)
    hold_campaigns(session, _campaign.c.id.in_(ids))
    rows = session.execute(
        select(_campaign.c.id, _campaign.c.election_id).where(_campaign.c.id.in_(ids))
    ).all()
    under = grounds(session, desk.kinds, {row.election_id for row in rows}, now=now)
    fresh = [
        (row.id, found)
        for row in rows
        if (found := reckon(session, desk, row.id, under[row.election_id], now=now))
    ]
    session.execute(delete(KeptPapers).where(KeptPapers.campaign_id.in_(ids)))
    if fresh:
        session.execute(
            insert(KeptPapers),
            [{"campaign_id": number, **found._asdict()} for number, found in fresh],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper:
    """Brings what is kept up to date, and what is written of packets."""

    desk: PacketsDesk

    def refresh(self, context: JobContext, payload: Payload) -> None:
        """Handle REFRESH; run again after a crash it finds less to do."""
        with context.database.reading() as session:
            due = due_campaigns(session, self.desk.papers, now=context.now)
        self._keep(context, due)

    def recheck(self, context: JobContext, payload: Payload) -> None:
        """Handle RECHECK: what is trusted and wrong is mended, and the log says so."""
        with context.database.reading() as session:
            wrong = set(wrong_papers(session, self.desk.papers, now=context.now))
            packets = {
                number
                for number in with_packets(session, None)
                if self._holds_otherwise(session, number, now=context.now)
            }
        if wrong:
            log.warning("kept papers were wrong", extra={"campaigns": len(wrong)})
        if packets:
            log.warning("packets were written down wrongly", extra={"campaigns": len(packets)})
        self._keep(context, sorted(wrong | packets))

    def _holds_otherwise(self, session: Session, campaign_id: int, *, now: datetime) -> bool:
        try:
            return bool(wrong_packets_of(session, self.desk, campaign_id, now=now))
        except DBAPIError:
            raise
        except Exception:
            # What is written can't be trusted then; whoever keeps it anew logs the reason.
            return True

    def _keep(self, context: JobContext, due: Sequence[int], *, size: int = BATCH) -> None:
        """Keep so many campaigns at a time; one that can't be reckoned holds nobody else up."""
        for first in range(0, len(due), size):
            some = due[first : first + size]
            try:
                self._keep_together(context, some)
            except DBAPIError:
                # A database that is away, or two that wait for each other: the job comes again.
                raise
            except Exception:
                if size > 1:
                    self._keep(context, some, size=1)
                else:
                    log.exception("papers could not be kept", extra={"campaign": some[0]})

    def _keep_together(self, context: JobContext, some: Sequence[int]) -> None:
        with context.database.writing() as session:
            keep(session, self.desk.papers, some, now=context.now)
            look_again(session, self.desk, some, now=context.now)


def keeping_handlers(desk: PacketsDesk) -> Handlers:
    """Give the handlers of the jobs that keep papers."""
    keeper = Keeper(desk=desk)
    return {REFRESH: keeper.refresh, RECHECK: keeper.recheck}


def due_campaigns(session: Session, desk: PaperworkDesk, *, now: datetime) -> tuple[int, ...]:
    """Give the active campaigns whose papers are not kept, or no longer as they were."""
    return tuple(
        number
        for number, known, ground in _known(session, desk, now=now)
        if ground.documents and known.basis != ground.basis
    )


def wrong_papers(session: Session, desk: PaperworkDesk, *, now: datetime) -> tuple[int, ...]:
    """Give the campaigns whose kept papers are trusted though the rules say otherwise, or raise."""
    return tuple(
        number
        for number, known, ground in _known(session, desk, now=now)
        if known.basis
        and known.basis == ground.basis
        and known != reckon_or_fault(session, desk, number, ground, now=now)
    )


def reckon_or_fault(
    session: Session, desk: PaperworkDesk, campaign_id: int, ground: Ground, *, now: datetime
) -> Kept | Exception | None:
    """Give where the papers of a campaign stand, or what the rules raise about this one campaign.

    What the database itself raises is not about a campaign, and is raised.
    """
    try:
        return reckon(session, desk, campaign_id, ground, now=now)
    except DBAPIError:
        raise
    except Exception as fault:
        return fault


def _known(
    session: Session, desk: PaperworkDesk, *, now: datetime
) -> Iterator[tuple[int, Kept, Ground]]:
    rows = session.execute(KEPT_ROWS.order_by(_campaign.c.id)).all()
    under = grounds(session, desk.kinds, {row.election_id for row in rows}, now=now)
    for number, _, election_id, *kept in rows:
        yield number, Kept(*(value or "" for value in kept)), under[election_id]


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersHold:
    """The check of ``mandat verify`` that what is kept of papers is what the rules say."""

    desk: PaperworkDesk
    name: str = "kept papers"

    def findings(self, session: Session, *, now: datetime) -> Iterator[Finding]:
        """Name the campaigns whose kept papers are trusted and wrong, which a job mends.

        Those about which the rules raise are named as well, kept or not, and the others looked at.
        """
        for number, known, ground in _known(session, self.desk, now=now):
            if ground.documents is None:
                continue
            found = reckon_or_fault(session, self.desk, number, ground, now=now)
            if isinstance(found, Exception):
                yield finding_of_fault(self.name, number, found)
            elif known.basis == ground.basis and known != found:
                what = f"papers of campaign {number} stand elsewhere; {RECHECK} will mend it"
                yield Finding(check=self.name, what=what, serious=False)
