"""What a campaign's points are made of, for those who may open it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.access import Permission, Scope, Viewer
from app.accounts.models import Campaign, Election, Organisation
from app.errors import Missing
from quests.ranking.ground import coalitions_of
from quests.ranking.models import CampaignPoints, LeagueAbsence, PointEntry
from quests.ranking.rules.awarding import LINES
from quests.ranking.rules.weeks import ALL_TIME

ENTRIES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """A campaign whose journal is looked at."""

    campaign_id: int
    name: str
    organisation: str
    pack_id: str
    timezone: str
    absent: bool
    scope: Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the journal."""

    id: int
    rule: str
    source: str
    points: int
    line: str
    at: datetime
    week: date
    takes_back: bool


_points = CampaignPoints.__table__
_PLAYER = (
    select(
        Campaign.id,
        Campaign.coalition_id,
        Campaign.organisation_id,
        Campaign.title,
        Campaign.state,
        Organisation.short_name,
        Organisation.game_on,
        Election.pack_id,
        Election.timezone,
        LeagueAbsence.since,
    )
    .join(Election, Election.id == Campaign.election_id)
    .join(Organisation, Organisation.id == Campaign.organisation_id)
    .outerjoin(LeagueAbsence, LeagueAbsence.campaign_id == Campaign.id)
    .where(Campaign.id == bindparam("campaign_id"))
)


def get_player(session: Session, viewer: Viewer, campaign_id: int) -> Player:
    """Give a campaign whose journal the viewer may open.

    Raises Missing when it is foreign, does not play, or is not named and not the viewer's.
    """
    row = session.execute(_PLAYER, {"campaign_id": campaign_id}).one_or_none()
    if row is None or row.coalition_id not in coalitions_of(viewer):
        raise Missing
    scope = Scope(
        coalition_id=row.coalition_id, organisation_id=row.organisation_id, campaign_id=row.id
    )
    own = viewer.may(Permission.LEAGUE_READ, scope)
    if row.state != "active" or not row.game_on or (row.since is not None and not own):
        raise Missing
    return Player(
        campaign_id=row.id,
        name=row.title,
        organisation=row.short_name,
        pack_id=row.pack_id,
        timezone=row.timezone,
        absent=row.since is not None,
        scope=scope,
    )


_entry = PointEntry.__table__
_ENTRIES = (
    select(
        _entry.c.id,
        _entry.c.rule,
        _entry.c.source,
        _entry.c.points,
        _entry.c.line,
        _entry.c.at,
        _entry.c.week,
        _entry.c.is_claw_back.label("takes_back"),
    )
    .where(_entry.c.campaign_id == bindparam("campaign_id"))
    .order_by(_entry.c.id.desc())
    .limit(ENTRIES + 1)
)
_SUMS = select(*(_points.c[name] for name in LINES)).where(
    _points.c.campaign_id == bindparam("campaign_id"), _points.c.period == bindparam("period")
)


def journal_of(
    session: Session, player: Player, *, monday: date | None, before: int | None
) -> tuple[Entry, ...]:
    """Give lines of the journal, the newest first: of one week, or all; at most ENTRIES + 1."""
    wanted = _ENTRIES
    asked: dict[str, Any] = {"campaign_id": player.campaign_id}
    if monday is not None:
        wanted, asked["week"] = wanted.where(_entry.c.week == bindparam("week")), monday
    if before is not None:
        wanted, asked["before"] = wanted.where(_entry.c.id < bindparam("before")), before
    return tuple(Entry(**row._mapping) for row in session.execute(wanted, asked))


def sums_of(session: Session, player: Player, period: str = ALL_TIME) -> tuple[int, ...]:
    """Give what a campaign has in a period, in the order of LINES."""
    row = session.execute(
        _SUMS, {"campaign_id": player.campaign_id, "period": period}
    ).one_or_none()
    return tuple(row) if row is not None else tuple(0 for _ in LINES)
