"""The dry run asks the route of few enough campaigns, and says so when there are more."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import Campaign
from app.config import Settings
from documents.overview.desk import OverviewDesk
from documents.overview.queries import MOST_ASKED, NotReached, not_reached
from documents.overview.rules import Seen
from quests.route.library import PackLibrary
from quests.route.many_routes import ManyRoutes
from tests import builders
from tests.web.paperwork.program import KIND, a_desk
from tests.web.portal import RU


def seen(campaign: Campaign) -> Seen:
    return Seen(
        id=campaign.id,
        organisation_id=campaign.organisation_id,
        election_id=campaign.election_id,
        letters="",
        issuable="",
    )


def test_of_too_many_campaigns_nobody_says_who_has_come_to_the_step(
    session: Session, settings: Settings, library: PackLibrary
) -> None:
    desk = OverviewDesk(paperwork=a_desk(settings, library), routes=ManyRoutes(library=library))
    kind = desk.paperwork.kind(RU, KIND[RU])
    one = seen(builders.a_campaign(session))
    assert not_reached(session, desk, kind, [one], builders.NOW) == NotReached(locked=1)
    assert not_reached(session, desk, kind, [one] * (MOST_ASKED + 1), builders.NOW) is None


def test_a_campaign_about_which_the_route_raises_is_named_and_the_others_are_asked_about(
    session: Session, settings: Settings, library: PackLibrary, caplog: pytest.LogCaptureFixture
) -> None:
    coalition = builders.a_coalition(session)
    nowhere, here = (
        builders.an_election(session, coalition, timezone=zone)
        for zone in ("Nowhere/Atlantis", "Europe/Moscow")
    )
    lost, found = (builders.a_campaign(session, election=each) for each in (nowhere, here))
    desk = OverviewDesk(paperwork=a_desk(settings, library), routes=ManyRoutes(library=library))
    kind = desk.paperwork.kind(RU, KIND[RU])
    asked = [seen(lost), seen(found)]
    left_out = not_reached(session, desk, kind, asked, builders.NOW)
    assert left_out == NotReached(locked=1, faulty=(lost.id,))
    assert {getattr(line, "campaign", None) for line in caplog.records} == {lost.id}
