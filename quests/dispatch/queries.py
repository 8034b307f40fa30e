"""Campaigns as a coordinator lists them: the rows, and where each stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.access import Permission, Viewer
from app.accounts.models import Campaign, District, Election, Organisation
from app.accounts.queries import visible_campaigns
from app.accounts.rules.places import folded
from app.db import Narrowed
from quests.dispatch.deciding import decided, narrowed
from quests.route.library import PackLibrary
from quests.route.models import Milestone
from quests.route.position import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignLine:
    """One campaign in a list."""

    id: int
    name: str
    state: str
    organisation_id: int | None
    organisation: str | None
    council: str
    district_number: str
    district_name: str
    pack_id: str
    polling_day: date
    first_polling_day: date | None
    published_on: date | None
    timezone: str
    created_at: datetime
    last_active_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Standings:
    """Where campaigns stand, and when each last reached a station."""

    by_campaign: Mapping[int, Standing]
    last_step_at: Mapping[int, datetime]


_LINES = (
    select(
        Campaign.id,
        Campaign.title.label("name"),
        Campaign.state,
        Campaign.organisation_id,
        Organisation.short_name.label("organisation"),
        District.council,
        District.number.label("district_number"),
        District.name.label("district_name"),
        Election.pack_id,
        Election.polling_day,
        Election.first_polling_day,
        Election.published_on,
        Election.timezone,
        Campaign.created_at,
        Campaign.last_active_at,
    )
    .join(Election, Election.id == Campaign.election_id)
    .join(District, District.id == Campaign.district_id)
    .outerjoin(Organisation, Organisation.id == Campaign.organisation_id)
)


def campaign_lines(
    session: Session,
    viewer: Viewer,
    *,
    search: str = "",
    states: Sequence[str] = ("active",),
) -> tuple[CampaignLine, ...]:
    """Give the campaigns the viewer coordinates, by name; ``search`` looks in names and places."""
    wanted: Select[tuple[object, ...]] = _LINES.where(  # type: ignore[assignment]
        visible_campaigns(viewer, Permission.CAMPAIGNS_READ), Campaign.state.in_(states)
    ).order_by(Campaign.title, Campaign.id)
    found = tuple(CampaignLine(**row._mapping) for row in session.execute(wanted))
    words = folded(search).split()
    if not words:
        return found
    return tuple(line for line in found if _matches(line, words))


def _matches(line: CampaignLine, words: Sequence[str]) -> bool:
    place = f"{line.council} {line.district_number} {line.district_name}"
    text = folded(f"{line.name} {place}")
    return all(word in text for word in words)


def standings(
    session: Session, library: PackLibrary, lines: Sequence[CampaignLine], *, now: datetime
) -> Standings:
    """Ask the rules about many campaigns, without what is kept of them."""
    found = {number: each.standing for number, each in decided(session, library, lines, now=now)}
    few = narrowed([line.id for line in lines])
    return Standings(by_campaign=found, last_step_at=_last_steps(session, few))


_LAST_STEPS = Narrowed(
    select(Milestone.campaign_id, func.max(Milestone.reached_at)).group_by(Milestone.campaign_id),
    Milestone.__table__.c.campaign_id,
)


def _last_steps(session: Session, ids: Sequence[int] | None) -> dict[int, datetime]:
    return dict(_LAST_STEPS.rows(session, ids).all())
