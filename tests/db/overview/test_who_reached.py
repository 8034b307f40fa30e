"""The dry run asks the route of few enough campaigns, and says so when there are more."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.config import Settings
from documents.overview.desk import OverviewDesk
from documents.overview.queries import MOST_ASKED, not_reached
from documents.overview.rules import Seen
from quests.route.library import PackLibrary
from quests.route.many_routes import ManyRoutes
from tests import builders
from tests.web.paperwork.program import KIND, a_desk
from tests.web.portal import RU


def test_of_too_many_campaigns_nobody_says_who_has_come_to_the_step(
    session: Session, settings: Settings, library: PackLibrary
) -> None:
    desk = OverviewDesk(paperwork=a_desk(settings, library), routes=ManyRoutes(library=library))
    kind = desk.paperwork.kind(RU, KIND[RU])
    campaign = builders.a_campaign(session)
    one = Seen(
        id=campaign.id,
        organisation_id=campaign.organisation_id,
        election_id=campaign.election_id,
        letters="",
        issuable="",
    )
    assert not_reached(session, desk, kind, [one], builders.NOW) == 1
    assert not_reached(session, desk, kind, [one] * (MOST_ASKED + 1), builders.NOW) is None
