"""The papers of everybody a coordinator looks after, from what is kept of them."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeAlias

from sqlalchemy import ColumnElement, func, or_, select, tuple_
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.models import Campaign
from app.accounts.queries import visible_campaigns
from documents.overview.desk import OverviewDesk
from documents.overview.elections import Ground, grounds
from documents.overview.keeping import KEPT_ROWS, reckon_or_fault
from documents.overview.models import KeptPapers
from documents.overview.rules import Alike, Papers, Seen
from documents.paperwork.desk import steps_of
from documents.paperwork.pack import PackDocuments
from documents.paperwork.shape import DocumentKind

MOST_AT_ONCE = 10
"""So many campaigns that are due are reckoned for a page; the job comes within minutes."""

MOST_ASKED = 1_000
"""Of so many campaigns the route is asked for a page: it takes 0.1 ms for each."""

NOT_COUNTED = "papers could not be counted"
log = logging.getLogger("mandat.overview")

_campaign = Campaign.__table__
_kept = KeptPapers.__table__
_SAME = (
    _campaign.c.organisation_id,
    _campaign.c.election_id,
    _kept.c.basis,
    _kept.c.letters,
    _kept.c.issuable,
)
_ALIKE = (
    select(*_SAME, func.count())
    .select_from(_campaign)
    .outerjoin(_kept, _kept.c.campaign_id == _campaign.c.id)
    .where(_campaign.c.state == "active")
    .group_by(*_SAME)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey(Generic[Papers]):
    """The active campaigns of a viewer in one pack, and what their papers rest on.

    ``late``: campaigns shown as they stood some minutes ago; ``unread``: not shown at all yet,
    because the kinds of paper have changed and nobody has counted them since. ``faulty``: about
    which the rules raise, so that nobody counts them.
    """

    packs: Mapping[str, int]
    """How many campaigns there are in each pack that has papers."""
    documents: PackDocuments | None
    under: Mapping[int, Ground]
    """What they rest on, by election."""
    due: Mapping[int, Mapping[str, date]]
    """The legal day of each kind of paper that has one, by election."""
    late: int
    unread: int
    faulty: tuple[int, ...]
    found: tuple[Papers, ...]
    """Campaign by campaign; or for counting only, those whose papers stand alike as one."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of paper that letters stand for."""
        return tuple(self.documents.listed) if self.documents else ()

    def days_of(self, kind: str) -> tuple[date, ...]:
        """Give the legal days of a kind of paper, each once, the first first."""
        return tuple(sorted({days[kind] for days in self.due.values() if kind in days}))

    def days_left(self, kind: str) -> frozenset[int]:
        """Give how many days it is to the legal days of a kind, each where its election is held."""
        return frozenset(
            (days[kind] - self.under[number].today).days
            for number, days in self.due.items()
            if kind in days
        )

    def is_draft(self, kind: DocumentKind, elections: Collection[int]) -> bool:
        """Say whether a paper printed today carries the mark of a draft in one of these."""
        return any(self.under[number].is_draft(kind) for number in elections)


AnySurvey: TypeAlias = Survey[Seen] | Survey[Alike]


def survey(
    session: Session,
    viewer: Viewer,
    desk: OverviewDesk,
    *,
    pack_id: str,
    now: datetime,
    by_name: bool = False,
) -> Survey[Seen]:
    """Give the papers of everybody the viewer coordinates; an unknown pack is the largest one."""
    wanted = KEPT_ROWS.where(visible_campaigns(viewer, Permission.PAPERS_DESK))
    if by_name:
        wanted = wanted.order_by(_campaign.c.title, _campaign.c.id)
    rows = session.execute(wanted).all()
    elections = Counter(row[2] for row in rows)
    reader = _Reader.of(session, desk, elections, pack_id=pack_id, now=now)
    return reader.survey(reader.read_all(rows))


def tally(
    session: Session, viewer: Viewer, desk: OverviewDesk, *, pack_id: str, now: datetime
) -> Survey[Alike]:
    """Give the same for counting only: the database brings those together that stand alike."""
    visible = visible_campaigns(viewer, Permission.PAPERS_DESK)
    rows = session.execute(_ALIKE.where(visible)).all()
    elections: Counter[int] = Counter()
    for _, election_id, *_, campaigns in rows:
        elections[election_id] += campaigns
    reader = _Reader.of(session, desk, elections, pack_id=pack_id, now=now)
    alike = [
        Alike(organisation_id=owner, letters=letters, issuable=able, campaigns=campaigns)
        for owner, election_id, basis, letters, able, campaigns in rows
        if reader.is_fresh(election_id, basis)
    ]
    if sum(one.campaigns for one in alike) < sum(elections[number] for number in reader.under):
        # Those that are due are looked at one by one; most of the time there are none.
        due = session.execute(KEPT_ROWS.where(visible, _is_due(reader.under))).all()
        alike += [
            Alike(organisation_id=one.organisation_id, letters=one.letters, issuable=one.issuable)
            for one in reader.read_all(due)
        ]
    return reader.survey(tuple(alike))


@dataclass(frozen=True, slots=True, kw_only=True)
class NotReached:
    """Who of many campaigns is left out when a paper is issued for them, as the route stands."""

    locked: int = 0
    """How many have not come to a step of the paper."""
    faulty: tuple[int, ...] = ()
    """The campaigns about which the route's rules raise."""

    @property
    def count(self) -> int:
        """How many there are altogether."""
        return self.locked + len(self.faulty)


def not_reached(
    session: Session, desk: OverviewDesk, kind: DocumentKind, found: Sequence[Seen], now: datetime
) -> NotReached | None:
    """Give who of these campaigns has not come to a step of a paper.

    None for more than MOST_ASKED, of which it is not asked.
    """
    if len(found) > MOST_ASKED:
        return None
    ids = [one.id for one in found]
    reached = desk.routes.who_reached(session, ids, steps_of(kind), now=now)
    return NotReached(
        locked=sum(not has for has in reached.values()),
        faulty=tuple(number for number in ids if number not in reached),
    )


def _is_due(under: Mapping[int, Ground]) -> ColumnElement[bool]:
    fresh = [(number, ground.basis) for number, ground in under.items()]
    return _campaign.c.election_id.in_(list(under)) & or_(
        _kept.c.basis.is_(None), tuple_(_campaign.c.election_id, _kept.c.basis).not_in(fresh)
    )


@dataclass(slots=True, kw_only=True)
class _Reader:
    """Reads kept rows; a few that are due are reckoned on the spot, more are shown as they were."""

    session: Session
    desk: OverviewDesk
    packs: Mapping[str, int]
    pack_id: str
    under: Mapping[int, Ground]
    now: datetime
    reckoned: int = 0
    late: int = 0
    unread: int = 0
    faulty: list[int] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        session: Session,
        desk: OverviewDesk,
        elections: Mapping[int, int],
        *,
        pack_id: str,
        now: datetime,
    ) -> _Reader:
        """Give the reader of one pack; ``elections``: how many campaigns there are in each."""
        under = {
            number: ground
            for number, ground in grounds(
                session, desk.paperwork.kinds, elections.keys(), now=now
            ).items()
            if ground.documents is not None
        }
        packs: Counter[str] = Counter()
        for number, ground in under.items():
            packs[ground.days.pack_id] += elections[number]
        if pack_id not in packs:
            pack_id = max(packs, key=lambda each: (packs[each], each), default="")
        return cls(
            session=session,
            desk=desk,
            packs=packs,
            pack_id=pack_id,
            under={n: ground for n, ground in under.items() if ground.days.pack_id == pack_id},
            now=now,
        )

    def survey(self, found: tuple[Papers, ...]) -> Survey[Papers]:
        """Give what was found with what it rests on, once all rows are read."""
        return Survey(
            packs=self.packs,
            documents=self.desk.paperwork.kinds.find(self.pack_id),
            under=self.under,
            due={number: _due(self.desk, ground) for number, ground in self.under.items()},
            late=self.late,
            unread=self.unread,
            faulty=tuple(self.faulty),
            found=found,
        )

    def is_fresh(self, election_id: int, basis: str | None) -> bool:
        """Say whether a row is of this pack, and kept on what holds today."""
        return election_id in self.under and basis == self.under[election_id].basis

    def read_all(self, rows: Iterable[Sequence[Any]]) -> tuple[Seen, ...]:
        """Give what is to be shown of these rows; those of other packs are left out."""
        read = (self.read(row) for row in rows if row[2] in self.under)
        return tuple(one for one in read if one is not None)

    def read(self, row: Sequence[Any]) -> Seen | None:
        number, organisation_id, election_id, basis, shape, letters, able = row
        ground = self.under[election_id]
        if basis != ground.basis:
            if self.reckoned < MOST_AT_ONCE:
                self.reckoned += 1
                fresh = reckon_or_fault(
                    self.session, self.desk.paperwork, number, ground, now=self.now
                )
                if isinstance(fresh, Exception):
                    log.error(NOT_COUNTED, exc_info=fresh, extra={"campaign": number})
                    self.faulty.append(number)
                    return None
                if fresh is None:
                    return None
                letters, able = fresh.letters, fresh.issuable
            elif shape == ground.shape:
                self.late += 1
            else:
                self.unread += 1
                return None
        return Seen(
            id=number,
            organisation_id=organisation_id,
            election_id=election_id,
            letters=letters,
            issuable=able,
        )


def _due(desk: OverviewDesk, ground: Ground) -> dict[str, date]:
    assert ground.documents is not None
    by_step = desk.routes.due_days(ground.days)
    return {
        key: by_step[kind.step]
        for key, kind in ground.documents.listed.items()
        if kind.step in by_step
    }
