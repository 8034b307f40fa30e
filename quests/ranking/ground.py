"""Which leagues a viewer may look at: those of the coalition they play in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, select, true
from sqlalchemy.orm import Session

from app.access import PERMISSIONS, Permission, Role, Viewer
from app.accounts.models import Election, Organisation
from app.errors import Missing

# Plain tables: rows need no identity map.
_organisation, _election = Organisation.__table__, Election.__table__
_ELECTION = (
    select(_election.c.timezone, _election.c.pack_id)
    .where(_election.c.coalition_id == bindparam("coalition_id"))
    .order_by(_election.c.polling_day.desc(), _election.c.id.desc())
    .limit(1)
)
_LATEST = _ELECTION.subquery()
_ORGANISATIONS = (
    select(
        _organisation.c.id,
        _organisation.c.short_name,
        _organisation.c.capacity,
        _organisation.c.game_on,
        _LATEST.c.timezone,
        _LATEST.c.pack_id,
    )
    .outerjoin(_LATEST, true())
    .where(_organisation.c.coalition_id == bindparam("coalition_id"))
    .order_by(_organisation.c.short_name, _organisation.c.id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Club:
    """An organisation that plays."""

    id: int
    name: str
    capacity: int
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The league ground of one coalition, as one viewer stands on it."""

    coalition_id: int
    clubs: tuple[Club, ...]
    campaign_ids: tuple[int, ...]
    """The viewer's own campaigns here."""
    off: bool
    """Whether the viewer's organisation has switched the game off."""
    zone: str
    """Of the coalition's latest election: its week is the league's."""
    pack_id: str | None

    def club(self, organisation_id: int | None) -> Club | None:
        """Give the organisation asked for, else one's own, else the first; None without any.

        Raises Missing when the one asked for is not of this ground.
        """
        if organisation_id is not None:
            for club in self.clubs:
                if club.id == organisation_id:
                    return club
            raise Missing
        mine = [club for club in self.clubs if club.mine]
        return next(iter(mine or self.clubs), None)


def coalitions_of(viewer: Viewer) -> tuple[int, ...]:
    """Give the coalitions whose leagues the viewer may read, sorted."""
    return tuple(
        sorted(
            {
                grant.coalition_id
                for grant in viewer.grants
                if Permission.LEAGUE_READ in PERMISSIONS[grant.role]
            }
        )
    )


def find_ground(session: Session, viewer: Viewer, coalition_id: int | None) -> Ground:
    """Give the ground of a coalition, of the viewer's first one when none is named.

    Raises Missing for a coalition that is not the viewer's.
    """
    mine = coalitions_of(viewer)
    if not mine or (coalition_id is not None and coalition_id not in mine):
        raise Missing
    chosen = mine[0] if coalition_id is None else coalition_id
    grants = [
        grant
        for grant in viewer.grants
        if grant.coalition_id == chosen and Permission.LEAGUE_READ in PERMISSIONS[grant.role]
    ]
    organisations = session.execute(_ORGANISATIONS, {"coalition_id": chosen}).all()
    zone, pack_id = _latest_election(session, chosen, organisations)
    own = {grant.organisation_id for grant in grants}
    playing = {row.id for row in organisations if row.game_on}
    return Ground(
        coalition_id=chosen,
        clubs=tuple(
            Club(id=number, name=name, capacity=capacity, mine=number in own)
            for number, name, capacity, plays, *_ in organisations
            if plays
        ),
        campaign_ids=tuple(
            sorted({grant.campaign_id for grant in grants if grant.campaign_id is not None})
        ),
        # Who stands for the whole coalition belongs to no organisation, and sees those that play.
        off=None not in own and not own & playing,
        zone=zone or "UTC",
        pack_id=pack_id,
    )


def _latest_election(
    session: Session, coalition_id: int, organisations: Sequence[Row[*tuple[Any, ...]]]
) -> tuple[str | None, str | None]:
    """Give zone and pack of the latest election; it came along with the organisations, if any."""
    if organisations:
        return organisations[0].timezone, organisations[0].pack_id
    election = session.execute(_ELECTION, {"coalition_id": coalition_id}).one_or_none()
    return (election.timezone, election.pack_id) if election else (None, None)


def is_candidate_of(viewer: Viewer, campaign_id: int) -> bool:
    """Say whether this is the viewer's own candidacy: only they choose whether to be named."""
    return any(
        grant.role is Role.CANDIDATE and grant.campaign_id == campaign_id for grant in viewer.grants
    )
