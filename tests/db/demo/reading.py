"""What several tests of the demo look up."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Viewer
from app.accounts.models import Campaign, Person
from app.accounts.queries import CampaignRow, find_campaign
from quests.route.library import PackLibrary
from quests.route.models import Milestone
from quests.route.position import CANDIDATE, Status
from quests.route.standing import position_of
from tests.builders import the_viewer
from tests.demo_once import NOW


def the_chief(session: Session) -> Viewer:
    chief = session.scalars(select(Person.id).where(Person.login == "chief@example.org")).one()
    return the_viewer(session, chief)


def candidate_of(session: Session, login: str) -> CampaignRow:
    """Give the campaign of a candidate one can sign in as."""
    campaign_id = session.scalars(
        select(Campaign.id)
        .join(Person, Person.id == Campaign.candidate_id)
        .where(Person.login == login)
    ).one()
    campaign = find_campaign(session, campaign_id)
    assert campaign is not None
    return campaign


def active(session: Session) -> list[int]:
    return list(session.scalars(select(Campaign.id).where(Campaign.state == "active")))


def statuses_of_sound_routes(session: Session, library: PackLibrary) -> Counter[tuple[str, Status]]:
    """Count the steps by status; what is done and what has a milestone are the same everywhere."""
    counted: Counter[tuple[str, Status]] = Counter()
    for campaign_id in active(session):
        campaign = find_campaign(session, campaign_id)
        assert campaign is not None
        route = position_of(session, library, campaign, now=NOW, role=CANDIDATE).route
        reached = set(
            session.scalars(select(Milestone.step_key).where(Milestone.campaign_id == campaign_id))
        )
        assert reached == {key for key, step in route.by_key.items() if step.status is Status.DONE}
        counted.update((key, step.status) for key, step in route.by_key.items())
    return counted
