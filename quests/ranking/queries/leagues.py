"""Leagues as rows: every league is a range of one index, read from its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, literal, select, tuple_
from sqlalchemy.orm import Session, aliased

from app.accounts.models import Campaign, Organisation
from quests.ranking.ground import Ground
from quests.ranking.models import CampaignPoints, OrganisationPoints
from quests.ranking.rules.awarding import LINES

PAGE = 25


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Cursor:
    """Where in a league a page begins: more points come first, then the later campaign."""

    points: int
    campaign_id: int

    def __str__(self) -> str:
        return f"{self.points}-{self.campaign_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class League:
    """Which league: a coalition's or an organisation's, in a period."""

    coalition_id: int
    organisation_id: int | None
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One row of a league of candidates."""

    campaign_id: int
    name: str
    organisation: str
    points: int

    @property
    def cursor(self) -> Cursor:
        """Give where this row stands."""
        return Cursor(points=self.points, campaign_id=self.campaign_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeagueRows:
    """A page of a league; ``place`` and ``position`` are those of its first row."""

    rows: tuple[Standing, ...]
    place: int
    position: int
    later: Cursor | None
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnStanding:
    """Where a campaign of the viewer's stands, named in the league or not."""

    campaign_id: int
    name: str
    points: int
    listed: bool
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClubSums:
    """What an organisation has: its sums by line, and how many candidates they are of."""

    organisation_id: int
    points: int
    lines: tuple[int, ...]
    """In the order of LINES."""
    candidates: int


_points = CampaignPoints.__table__
_row = tuple_(_points.c.points, _points.c.campaign_id)
_from = tuple_(bindparam("from_points", type_=_points.c.points.type), bindparam("from_id"))


def _league_of(owner: ColumnElement[int]) -> ColumnElement[bool]:
    return and_(
        owner == bindparam("owner"),
        _points.c.period == bindparam("period"),
        _points.c.listed.is_(True),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Statements:
    """The statements of one kind of league, built once."""

    top: Select[Any]
    down: Select[Any]
    up: Select[Any]
    before: Select[Any]
    size: Select[Any]
    own: Select[Any]


def _statements(name: str) -> _Statements:
    owner: ColumnElement[int] = _points.c[name]
    whole = _league_of(owner)
    league = whole & (_points.c.points > 0)
    rows = (
        select(
            _points.c.campaign_id,
            Campaign.title.label("name"),
            Organisation.short_name.label("organisation"),
            _points.c.points,
        )
        .join(Campaign, Campaign.id == _points.c.campaign_id)
        .join(Organisation, Organisation.id == _points.c.organisation_id)
        .where(league)
        .limit(PAGE + 1)
    )
    falling = (_points.c.points.desc(), _points.c.campaign_id.desc())
    counted = select(func.count()).select_from(_points)
    # One bound on the points each, so that a count reads its own part of the index only.
    higher = counted.where(whole, _points.c.points > bindparam("from_points"))
    equals = counted.where(
        whole,
        _points.c.points == bindparam("from_points"),
        _points.c.campaign_id > bindparam("from_id"),
    )
    mine = aliased(CampaignPoints)
    above = (
        select(func.count())
        .select_from(_points)
        .where(
            owner == getattr(mine, name),
            _points.c.period == mine.period,
            _points.c.listed.is_(True),
            _points.c.points > mine.points,
        )
        .correlate(mine)
    )
    return _Statements(
        top=rows.order_by(*falling),
        down=rows.where(_row <= _from).order_by(*falling),
        up=rows.where(_row > _from).order_by(_points.c.points, _points.c.campaign_id),
        before=select(
            higher.scalar_subquery().label("higher"),
            equals.scalar_subquery().label("equals"),
        ),
        size=counted.where(league),
        own=select(
            mine.campaign_id,
            Campaign.title.label("name"),
            mine.points,
            mine.listed,
            above.scalar_subquery().label("above"),
        )
        .join(Campaign, Campaign.id == mine.campaign_id)
        .where(
            mine.campaign_id.in_(bindparam("campaign_ids", expanding=True)),
            mine.period == bindparam("period"),
            getattr(mine, name) == bindparam("owner"),
            mine.points > 0,
        )
        .order_by(mine.points.desc(), mine.campaign_id),
    )


_OF_COALITION = _statements("coalition_id")
_OF_ORGANISATION = _statements("organisation_id")


def _asked(league: League) -> tuple[_Statements, dict[str, Any]]:
    if league.organisation_id is None:
        return _OF_COALITION, {"owner": league.coalition_id, "period": league.period}
    return _OF_ORGANISATION, {"owner": league.organisation_id, "period": league.period}


def league_rows(
    session: Session,
    ground: Ground,
    league: League,
    *,
    start: Cursor | None = None,
    end: Cursor | None = None,
) -> LeagueRows:
    """Give a page of a league: from its head, from ``start`` on, or the one that ends before
    ``end``. The league is one of the ground's, which the viewer may look at.
    """
    assert league.coalition_id == ground.coalition_id
    statements, asked = _asked(league)
    later: Cursor | None
    if end is not None:
        found = _standings(session, statements.up, {**asked, **_place_in(end)})
        if len(found) <= PAGE:
            # Not a whole page is left above: the league is shown from its head.
            return league_rows(session, ground, league)
        rows, later = found[:PAGE][::-1], end
    elif start is not None:
        found = _standings(session, statements.down, {**asked, **_place_in(start)})
        rows, later = found[:PAGE], _next(found)
    else:
        found = _standings(session, statements.top, asked)
        rows, later = found[:PAGE], _next(found)
    size = session.scalar(statements.size, asked) or 0
    higher = equals = 0
    if rows and (start is not None or end is not None):
        higher, equals = session.execute(
            statements.before, {**asked, **_place_in(rows[0].cursor)}
        ).one()
    return LeagueRows(
        rows=tuple(rows), place=higher + 1, position=higher + equals + 1, later=later, size=size
    )


def own_standings(session: Session, ground: Ground, league: League) -> tuple[OwnStanding, ...]:
    """Give where the viewer's own campaigns stand, those that are not named too."""
    if not ground.campaign_ids:
        return ()
    statements, asked = _asked(league)
    rows = session.execute(statements.own, {**asked, "campaign_ids": ground.campaign_ids})
    return tuple(
        OwnStanding(
            campaign_id=row.campaign_id,
            name=row.name,
            points=row.points,
            listed=row.listed,
            place=row.above + 1,
        )
        for row in rows
    )


def _standings(
    session: Session, statement: Select[Any], asked: dict[str, Any]
) -> Sequence[Standing]:
    return [
        Standing(campaign_id=number, name=name, organisation=organisation, points=points)
        for number, name, organisation, points in session.execute(statement, asked)
    ]


def _next(found: Sequence[Standing]) -> Cursor | None:
    return found[PAGE].cursor if len(found) > PAGE else None


def _place_in(cursor: Cursor) -> dict[str, int]:
    return {"from_points": cursor.points, "from_id": cursor.campaign_id}


_CANDIDATES = (
    select(Campaign.organisation_id, func.count().label("candidates"))
    .where(Campaign.coalition_id == bindparam("coalition_id"), Campaign.state == literal("active"))
    .group_by(Campaign.organisation_id)
    .subquery()
)
_CLUBS = (
    select(
        Organisation.id,
        func.coalesce(_CANDIDATES.c.candidates, 0).label("candidates"),
        *(
            func.coalesce(OrganisationPoints.__table__.c[name], 0).label(name)
            for name in ("points", *LINES)
        ),
    )
    .outerjoin(
        OrganisationPoints,
        and_(
            OrganisationPoints.organisation_id == Organisation.id,
            OrganisationPoints.period == bindparam("period"),
        ),
    )
    .outerjoin(_CANDIDATES, _CANDIDATES.c.organisation_id == Organisation.id)
    .where(Organisation.coalition_id == bindparam("coalition_id"), Organisation.game_on.is_(True))
    .order_by(Organisation.id)
)


def club_sums(session: Session, ground: Ground, period: str) -> tuple[ClubSums, ...]:
    """Give the sums of the organisations that play, and their active candidates."""
    rows = session.execute(_CLUBS, {"coalition_id": ground.coalition_id, "period": period})
    return tuple(
        ClubSums(
            organisation_id=row.id,
            points=row.points,
            lines=tuple(row._mapping[name] for name in LINES),
            candidates=row.candidates,
        )
        for row in rows
    )
