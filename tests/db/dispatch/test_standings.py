"""Where many campaigns stand agrees with each one's own route, at the cost of a handful."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from app.access import Permission
from app.accounts.models import Organisation
from app.accounts.queries import get_campaign
from quests.dispatch.queries import campaign_lines, standings
from quests.route.library import PackLibrary
from quests.route.models import Milestone, Snooze
from quests.route.position import CANDIDATE
from quests.route.standing import position_of
from tests.builders import a_campaign, a_staff, an_election, the_viewer
from tests.web.portal import EN, RU, prove


@pytest.mark.parametrize("pack_id", [RU, EN])
@pytest.mark.parametrize("proved", [0, 1, 7, 40])
@pytest.mark.parametrize("days", [0, 30, 70])
def test_the_list_and_the_route_say_the_same(
    session: Session, library: PackLibrary, now: datetime, pack_id: str, proved: int, days: int
) -> None:
    campaign = a_campaign(session, election=an_election(session, pack_id=pack_id))
    staff = a_staff(session, organisation=session.get_one(Organisation, campaign.organisation_id))
    for step in library[pack_id].steps[:proved]:
        prove(session, library, pack_id, campaign.id, step.key)
    session.add(
        Snooze(campaign_id=campaign.id, step_key="a2_where", until=now.date() + timedelta(days=60))
    )
    session.flush()
    viewer, at = the_viewer(session, staff.person_id), now + timedelta(days=days)
    lines = campaign_lines(session, viewer)
    found = standings(session, library, lines, now=at).by_campaign[campaign.id]
    row = get_campaign(session, viewer, campaign.id, Permission.ROUTE_READ)
    route = position_of(session, library, row, now=at, role=CANDIDATE).route
    assert found.statuses == tuple(step.status for step in route.steps)
    assert (found.done, found.total) == (route.total.done, route.total.total)
    assert found.now == route.now


def test_the_last_station_of_each_campaign_is_known(
    session: Session, library: PackLibrary, now: datetime
) -> None:
    campaign = a_campaign(session)
    for key, ago in (("a1_can_i", 9), ("a2_where", 2)):
        reached_at = now - timedelta(days=ago)
        session.add(Milestone(campaign_id=campaign.id, step_key=key, reached_at=reached_at))
    staff = a_staff(session, organisation=session.get_one(Organisation, campaign.organisation_id))
    session.flush()
    lines = campaign_lines(session, the_viewer(session, staff.person_id))
    found = standings(session, library, lines, now=now)
    assert found.last_step_at == {campaign.id: now - timedelta(days=2)}
