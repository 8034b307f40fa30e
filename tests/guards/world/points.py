"""Points of a place: a line of the journal and the sums the leagues are read from."""

from __future__ import annotations

from quests.ranking.models import CampaignPoints, OrganisationPoints, PointEntry
from quests.ranking.rules.weeks import monday_of, periods_of
from tests.guards.world.shape import OPEN_STEP, Ground, Sown

POINTS = 20


def plant_points(ground: Ground) -> Sown:
    """Plant what one milestone brings."""
    campaign, session = ground.campaign, ground.session
    day = ground.now.date()
    owner = {"coalition_id": campaign.coalition_id, "organisation_id": campaign.organisation_id}
    ground.added(
        PointEntry(
            **owner,
            campaign_id=campaign.id,
            rule="milestone",
            source=OPEN_STEP,
            turn=1,
            points=POINTS,
            line="documents",
            is_claw_back=False,
            at=ground.now,
            day=day,
            week=monday_of(day),
        )
    )
    lines = {"documents": POINTS, "money": 0, "field": 0, "voice": 0}
    for period in periods_of(monday_of(day)):
        ground.added(
            CampaignPoints(
                **owner,
                campaign_id=campaign.id,
                period=period,
                listed=True,
                points=POINTS,
                **lines,
            )
        )
        sums = session.get(OrganisationPoints, (campaign.organisation_id, period))
        if sums is None:
            ground.added(OrganisationPoints(**owner, period=period, points=POINTS, **lines))
        else:
            sums.points += POINTS
            sums.documents += POINTS
    return Sown(ids={})
