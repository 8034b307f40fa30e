"""The papers of everybody a coordinator looks after, from what is kept of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.models import Campaign
from app.accounts.queries import visible_campaigns
from documents.overview.desk import OverviewDesk
from documents.overview.elections import Ground, grounds
from documents.overview.keeping import reckon
from documents.overview.models import KeptPapers
from documents.overview.rules import Seen
from documents.paperwork.pack import PackDocuments
from documents.paperwork.shape import DocumentKind

MOST_AT_ONCE = 10
"""So many campaigns that are due are reckoned for a page; the job comes within minutes."""

_campaign = Campaign.__table__
_kept = KeptPapers.__table__
_SEEN = (
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """The papers of the active campaigns of a viewer in one pack.

    ``late``: campaigns shown as they stood some minutes ago; ``unread``: not shown at all yet,
    because the kinds of paper have changed and nobody has counted them since.
    """

    packs: Mapping[str, int]
    """How many campaigns there are in each pack that has papers."""
    documents: PackDocuments | None
    seen: tuple[Seen, ...]
    under: Mapping[int, Ground]
    """What they rest on, by election."""
    due: Mapping[int, Mapping[str, date]]
    """The legal day of each kind of paper that has one, by election."""
    late: int
    unread: int

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


def survey(
    session: Session,
    viewer: Viewer,
    desk: OverviewDesk,
    *,
    pack_id: str,
    now: datetime,
    by_name: bool = False,
) -> Survey:
    """Give the papers of everybody the viewer coordinates; an unknown pack is the largest one."""
    wanted = _SEEN.where(visible_campaigns(viewer, Permission.PAPERS_DESK))
    if by_name:
        wanted = wanted.order_by(_campaign.c.title, _campaign.c.id)
    rows = session.execute(wanted).all()
    under = grounds(session, desk.paperwork.kinds, {row[2] for row in rows}, now=now)
    packs: dict[str, int] = {}
    for row in rows:
        ground = under[row[2]]
        if ground.documents is not None:
            packs[ground.days.pack_id] = packs.get(ground.days.pack_id, 0) + 1
    if pack_id not in packs:
        pack_id = max(packs, key=lambda each: (packs[each], each), default="")
    here = {
        number: ground
        for number, ground in under.items()
        if ground.documents is not None and ground.days.pack_id == pack_id
    }
    reader = _Reader(session=session, desk=desk, under=here, now=now)
    seen = tuple(reader.read(row) for row in rows if row[2] in here)
    return Survey(
        packs=packs,
        documents=desk.paperwork.kinds.find(pack_id),
        seen=tuple(one for one in seen if one is not None),
        under=here,
        due={number: _due(desk, ground) for number, ground in here.items()},
        late=reader.late,
        unread=reader.unread,
    )


@dataclass(slots=True, kw_only=True)
class _Reader:
    """Reads kept rows; a few that are due are reckoned on the spot, more are shown as they were."""

    session: Session
    desk: OverviewDesk
    under: Mapping[int, Ground]
    now: datetime
    reckoned: int = 0
    late: int = 0
    unread: int = 0

    def read(self, row: Sequence[Any]) -> Seen | None:
        number, organisation_id, election_id, basis, shape, letters, able = row
        ground = self.under[election_id]
        if basis != ground.basis:
            if self.reckoned < MOST_AT_ONCE:
                self.reckoned += 1
                fresh = reckon(self.session, self.desk.paperwork, number, ground, now=self.now)
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
    by_step = desk.days.due_days(ground.days)
    return {
        key: by_step[kind.step]
        for key, kind in ground.documents.listed.items()
        if kind.step in by_step
    }
