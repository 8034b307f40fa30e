"""Active campaigns by number, for jobs that go through all of them and for lists of many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.accounts.models import Campaign, Election
from app.db import Narrowed
from quests.route.models import Milestone


@dataclass(frozen=True, slots=True, kw_only=True)
class ActiveCampaign:
    """An active campaign, with what its days are counted from."""

    id: int
    title: str
    pack_id: str
    polling_day: date
    first_polling_day: date | None
    published_on: date | None
    timezone: str


_CAMPAIGNS = (
    select(
        Campaign.id,
        Campaign.title,
        Election.pack_id,
        Election.polling_day,
        Election.first_polling_day,
        Election.published_on,
        Election.timezone,
    )
    .join(Election, Election.id == Campaign.election_id)
    .where(Campaign.state == "active")
    .order_by(Campaign.id)
)
_AFTER = _CAMPAIGNS.where(Campaign.id > bindparam("after"))
_NUMBERED = Narrowed(_CAMPAIGNS, Campaign.__table__.c.id)
_REACHED = Narrowed(
    select(Milestone.campaign_id, Milestone.step_key), Milestone.__table__.c.campaign_id
)


def active_campaigns(
    session: Session, *, after: int, limit: int, election_id: int | None = None
) -> tuple[ActiveCampaign, ...]:
    """Give the next active campaigns by number, of one election or of all, whoever asks."""
    wanted = _AFTER.limit(limit)
    if election_id is not None:
        wanted = wanted.where(Campaign.election_id == election_id)
    rows = session.execute(wanted, {"after": after})
    return tuple(ActiveCampaign(**row._mapping) for row in rows)


def campaigns_by_number(session: Session, ids: Sequence[int]) -> tuple[ActiveCampaign, ...]:
    """Give those of these campaigns that are active, by number, whoever asks."""
    return tuple(ActiveCampaign(**row._mapping) for row in _NUMBERED.rows(session, ids))


def reached_steps(session: Session, campaign_ids: Sequence[int]) -> dict[int, set[str]]:
    """Give the keys of the steps these campaigns have milestones of."""
    found: dict[int, set[str]] = {}
    for campaign_id, step_key in _REACHED.rows(session, campaign_ids):
        found.setdefault(campaign_id, set()).add(step_key)
    return found
