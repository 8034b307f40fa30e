"""Leagues as rows: every league is a range of one index, read from its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select, tuple_
from sqlalchemy.orm import Session

from app.accounts.models import Campaign, Organisation
from app.db import Narrowed
from quests.ranking.ground import Ground
from quests.ranking.models import CampaignPoints, LeagueAbsence, OrganisationPoints
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


# Plain tables: rows need no identity map.
_points = CampaignPoints.__table__
_campaign, _organisation = Campaign.__table__, Organisation.__table__
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
    own: Narrowed


def _statements(name: str) -> _Statements:
    owner: ColumnElement[int] = _points.c[name]
    whole = _league_of(owner)
    league = whole & (_points.c.points > 0)
    counted = select(func.count()).select_from(_points)
    size = counted.where(league)
    rows = (
        select(
            _points.c.campaign_id,
            _campaign.c.title.label("name"),
            _organisation.c.short_name.label("organisation"),
            _points.c.points,
            # Counted once a page, not once a row: it names nothing of the row.
            size.correlate(None).scalar_subquery(),
        )
        .join(_campaign, _campaign.c.id == _points.c.campaign_id)
        .join(_organisation, _organisation.c.id == _points.c.organisation_id)
        .where(league)
        .limit(PAGE + 1)
    )
    falling = (_points.c.points.desc(), _points.c.campaign_id.desc())
    # One bound on the points each, so that a count reads its own part of the index only.
    higher = counted.where(whole, _points.c.points > bindparam("from_points"))
    equals = counted.where(
        whole,
        _points.c.points == bindparam("from_points"),
        _points.c.campaign_id > bindparam("from_id"),
    )
    mine = _points.alias()
    above = (
        counted.where(
            owner == mine.c[name],
            _points.c.period == mine.c.period,
            _points.c.listed.is_(True),
            _points.c.points > mine.c.points,
        )
        .correlate(mine)
        .scalar_subquery()
    )
    own = (
        select(mine.c.campaign_id, _campaign.c.title, mine.c.points, mine.c.listed, above)
        .join(_campaign, _campaign.c.id == mine.c.campaign_id)
        .where(
            mine.c.period == bindparam("period"),
            mine.c[name] == bindparam("owner"),
            mine.c.points > 0,
        )
        .order_by(mine.c.points.desc(), mine.c.campaign_id)
    )
    return _Statements(
        top=rows.order_by(*falling),
        down=rows.where(_row <= _from).order_by(*falling),
        up=rows.where(_row > _from).order_by(_points.c.points, _points.c.campaign_id),
        before=select(
            higher.scalar_subquery().label("higher"),
            equals.scalar_subquery().label("equals"),
        ),
        size=size,
        own=Narrowed(own, mine.c.campaign_id),
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
        found, size = _standings(session, statements.up, {**asked, **_place_in(end)})
        if len(found) <= PAGE:
            # Not a whole page is left above: the league is shown from its head.
            return league_rows(session, ground, league)
        rows, later = found[:PAGE][::-1], end
    elif start is not None:
        found, size = _standings(session, statements.down, {**asked, **_place_in(start)})
        rows, later = found[:PAGE], _next(found)
    else:
        found, size = _standings(session, statements.top, asked)
        rows, later = found[:PAGE], _next(found)
    if not rows:
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
    return tuple(
        OwnStanding(campaign_id=number, name=name, points=points, listed=listed, place=above + 1)
        for number, name, points, listed, above in statements.own.rows(
            session, ground.campaign_ids, **asked
        )
    )


def _standings(
    session: Session, statement: Select[Any], asked: dict[str, Any]
) -> tuple[Sequence[Standing], int]:
    """Give the rows, and how many the whole league has; 0 where no row says so."""
    found = session.execute(statement, asked).all()
    standings = [
        Standing(campaign_id=number, name=name, organisation=organisation, points=points)
        for number, name, organisation, points, _ in found
    ]
    return standings, found[0][-1] if found else 0


def _next(found: Sequence[Standing]) -> Cursor | None:
    return found[PAGE].cursor if len(found) > PAGE else None


def _place_in(cursor: Cursor) -> dict[str, int]:
    return {"from_points": cursor.points, "from_id": cursor.campaign_id}


_sums, _absence = OrganisationPoints.__table__, LeagueAbsence.__table__
# Counted club by club: each is one range of an index.
_CANDIDATES = (
    select(func.count())
    .select_from(_campaign)
    .where(
        _campaign.c.coalition_id == _organisation.c.coalition_id,
        _campaign.c.organisation_id == _organisation.c.id,
        _campaign.c.state == "active",
    )
    .scalar_subquery()
)
# Whose points are not in the sum may not be in what it is divided by. Counted apart: they are few.
# The outer join makes every database begin with those few; the absences of other coalitions are
# counted as those of no organisation.
_ABSENT = (
    select(_campaign.c.organisation_id, func.count().label("candidates"))
    .select_from(_absence)
    .outerjoin(
        _campaign,
        and_(
            _campaign.c.id == _absence.c.campaign_id,
            _campaign.c.coalition_id == bindparam("coalition_id"),
            _campaign.c.state == "active",
        ),
    )
    .group_by(_campaign.c.organisation_id)
    .subquery()
)
_CLUBS = (
    select(
        _organisation.c.id,
        (_CANDIDATES - func.coalesce(_ABSENT.c.candidates, 0)).label("candidates"),
        *(func.coalesce(_sums.c[name], 0).label(name) for name in ("points", *LINES)),
    )
    .outerjoin(
        _sums,
        and_(
            _sums.c.organisation_id == _organisation.c.id,
            _sums.c.period == bindparam("period"),
        ),
    )
    .outerjoin(_ABSENT, _ABSENT.c.organisation_id == _organisation.c.id)
    .where(
        _organisation.c.coalition_id == bindparam("coalition_id"),
        _organisation.c.game_on.is_(True),
    )
    .order_by(_organisation.c.id)
)


def club_sums(session: Session, ground: Ground, period: str) -> tuple[ClubSums, ...]:
    """Give the sums of the organisations that play, and how many candidates are in them."""
    rows = session.execute(_CLUBS, {"coalition_id": ground.coalition_id, "period": period})
    return tuple(
        ClubSums(organisation_id=number, points=points, lines=tuple(lines), candidates=candidates)
        for number, candidates, points, *lines in rows
    )
