"""A check for ``mandat verify``: the sums of the leagues are those of the journal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import String, cast, func, select
from sqlalchemy.orm import Session

from app.operations.verify import Finding
from quests.ranking.models import CampaignPoints, OrganisationPoints, PointEntry
from quests.ranking.rules.weeks import ALL_TIME


class PointsVerification:
    """Adds the journal up and compares."""

    name = "points"

    def findings(self, session: Session, *, now: datetime) -> Iterator[Finding]:
        """Name each campaign and organisation whose sum is another one."""
        for campaign_id in _wrong_campaigns(session):
            yield Finding(check=self.name, what=f"sum of campaign {campaign_id}")
        for organisation_id in _wrong_organisations(session):
            yield Finding(check=self.name, what=f"sum of organisation {organisation_id}")


def _wrong_campaigns(session: Session) -> list[int]:
    week = cast(PointEntry.week, String)
    journal: dict[tuple[int, str], int] = {}
    for campaign_id, period, points in session.execute(
        select(PointEntry.campaign_id, week, func.sum(PointEntry.points)).group_by(
            PointEntry.campaign_id, week
        )
    ):
        journal[campaign_id, period] = points
        whole = (campaign_id, ALL_TIME)
        journal[whole] = journal.get(whole, 0) + points
    stored = {
        (row.campaign_id, row.period): row.points
        for row in session.execute(
            select(CampaignPoints.campaign_id, CampaignPoints.period, CampaignPoints.points)
        )
    }
    keys = journal.keys() | stored.keys()
    return sorted({key[0] for key in keys if journal.get(key, 0) != stored.get(key, 0)})


def _wrong_organisations(session: Session) -> list[int]:
    of = (CampaignPoints.organisation_id, CampaignPoints.period)
    summed: dict[tuple[int, str], int] = {
        (row[0] or 0, row[1]): row[2]
        for row in session.execute(
            select(*of, func.sum(CampaignPoints.points))
            .where(CampaignPoints.organisation_id.is_not(None), CampaignPoints.listed.is_(True))
            .group_by(*of)
        )
    }
    stored = {
        (row.organisation_id, row.period): row.points
        for row in session.execute(
            select(
                OrganisationPoints.organisation_id,
                OrganisationPoints.period,
                OrganisationPoints.points,
            )
        )
    }
    keys = summed.keys() | stored.keys()
    return sorted({key[0] for key in keys if summed.get(key, 0) != stored.get(key, 0)})
