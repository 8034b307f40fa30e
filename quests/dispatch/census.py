"""Everybody a coordinator looks after, and where each stands: from what is kept, when it is good.

What is out of date is reckoned on the spot, so a list never shows less than the truth.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.models import Campaign, District
from app.accounts.queries import visible_campaigns
from app.accounts.rules.places import folded
from quests.dispatch.elections import ElectionDays, election_days
from quests.dispatch.keeping import KEPT_COLUMNS, Subject, reckon
from quests.dispatch.models import KeptStanding
from quests.dispatch.rules.counting import Seen
from quests.dispatch.rules.reckoning import Kept
from quests.route.library import PackLibrary

_campaign = Campaign.__table__
_district = District.__table__
_kept = KeptStanding.__table__
_HEAD = 5
_SEEN = (
    select(
        _campaign.c.id,
        _campaign.c.organisation_id,
        _campaign.c.election_id,
        _campaign.c.district_id,
        _campaign.c.last_active_at,
        *KEPT_COLUMNS,
    )
    .outerjoin(_kept, _kept.c.campaign_id == _campaign.c.id)
    .where(_campaign.c.state == "active")
)
_IDS: BindParameter[int] = bindparam("ids", expanding=True)
_PLACED = (
    select(
        _campaign.c.id, _campaign.c.title, _district.c.council, _district.c.number, _district.c.name
    )
    .join(_district, _district.c.id == _campaign.c.district_id)
    .where(_campaign.c.state == "active")
)
_COUNCILS = select(_district.c.id, _district.c.council).where(_district.c.election_id.in_(_IDS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Census:
    """The active campaigns of a viewer and where each stands, and their elections."""

    seen: tuple[Seen, ...]
    elections: Mapping[int, ElectionDays]


def take_census(
    session: Session,
    viewer: Viewer,
    library: PackLibrary,
    *,
    now: datetime,
    search: str = "",
    by_name: bool = False,
) -> Census:
    """Give the campaigns the viewer coordinates; ``search`` looks in names and places.

    In no order, unless it is asked for ``by_name``.
    """
    wanted = _SEEN.where(visible_campaigns(viewer, Permission.CAMPAIGNS_READ))
    if by_name:
        wanted = wanted.order_by(_campaign.c.title, _campaign.c.id)
    rows: Sequence[Any] = session.execute(wanted).all()
    elections = election_days(session, {row[2] for row in rows})
    words = folded(search).split()
    if words:
        hits = _hits(session, viewer, words)
        rows = [row for row in rows if row[0] in hits]
    return Census(seen=_seen(session, library, rows, elections, now=now), elections=elections)


def _seen(
    session: Session,
    library: PackLibrary,
    rows: Sequence[Any],
    elections: Mapping[int, ElectionDays],
    *,
    now: datetime,
) -> tuple[Seen, ...]:
    standing_on = {
        number: (election, election.basis(library), election.today(now))
        for number, election in elections.items()
        if election.pack_id in library
    }
    found: list[Seen] = []
    stale: dict[int, Subject] = {}
    for row in rows:
        number, organisation_id, election_id, district_id, last_active_at = row[:_HEAD]
        if election_id not in standing_on:
            continue
        election, basis, today = standing_on[election_id]
        kept = Kept(*row[_HEAD:])
        if not kept.is_good(basis, today):
            stale[len(found)] = Subject(number, election)
        found.append(
            Seen(
                number, organisation_id, district_id, election.pack_id, today, last_active_at, kept
            )
        )
    fresh = reckon(session, library, tuple(stale.values()), now=now)
    for place, subject in stale.items():
        found[place] = found[place]._replace(kept=fresh[subject.id])
    return tuple(found)


def _hits(session: Session, viewer: Viewer, words: Sequence[str]) -> set[int]:
    """Give the numbers of the campaigns whose name or place has all the words."""
    everybody: Select[*tuple[Any, ...]] = _PLACED.where(
        visible_campaigns(viewer, Permission.CAMPAIGNS_READ)
    )
    return {
        number
        for number, *texts in session.execute(everybody)
        for text in (folded(" ".join(texts)),)
        if all(word in text for word in words)
    }


def councils(session: Session, elections: Mapping[int, ElectionDays]) -> dict[int, str]:
    """Give the councils of these elections by the numbers of their districts."""
    if not elections:
        return {}
    return dict(session.execute(_COUNCILS, {"ids": list(elections)}).all())
