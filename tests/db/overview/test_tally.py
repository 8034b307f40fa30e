"""The counts of the desk say what a look at every single campaign says."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.access import Grant, Role, Viewer
from app.accounts.models import Campaign, Election
from app.config import Settings
from documents.overview.desk import OverviewDesk
from documents.overview.keeping import keep
from documents.overview.models import KeptPapers
from documents.overview.queries import MOST_AT_ONCE, Survey, survey, tally
from documents.overview.rules import Alike, Seen
from quests.route.library import PackLibrary
from quests.route.many_routes import ManyRoutes
from tests import builders
from tests.web.paperwork.program import a_desk
from tests.web.portal import RU

LATER = builders.NOW + timedelta(minutes=1)


@pytest.fixture
def overview(settings: Settings, library: PackLibrary) -> OverviewDesk:
    return OverviewDesk(paperwork=a_desk(settings, library), routes=ManyRoutes(library=library))


def campaigns_kept(session: Session, overview: OverviewDesk, count: int) -> list[Campaign]:
    first = builders.a_campaign(session)
    election = session.get_one(Election, first.election_id)
    others = [builders.a_campaign(session, election=election) for _ in range(count - 1)]
    found = [first, *others]
    keep(session, overview.paperwork, [one.id for one in found], now=builders.NOW)
    return found


def both(
    session: Session, overview: OverviewDesk, campaign: Campaign
) -> tuple[Survey[Alike], Survey[Seen]]:
    grant = Grant(role=Role.CHIEF, coalition_id=campaign.coalition_id)
    viewer = Viewer(person_id=1, grants=(grant,))
    return (
        tally(session, viewer, overview, pack_id=RU, now=LATER),
        survey(session, viewer, overview, pack_id=RU, now=LATER),
    )


def assert_they_agree(counted: Survey[Alike], people: Survey[Seen]) -> None:
    assert (counted.packs, counted.late, counted.unread, counted.due) == (
        people.packs,
        people.late,
        people.unread,
        people.due,
    )
    lines: Counter[tuple[int | None, str, str]] = Counter()
    for one in counted.found:
        lines[one.organisation_id, one.letters, one.issuable] += one.campaigns
    assert lines == Counter(
        (one.organisation_id, one.letters, one.issuable) for one in people.found
    )


def test_campaigns_of_an_organisation_that_stand_alike_are_one_line(
    session: Session, overview: OverviewDesk
) -> None:
    campaigns = campaigns_kept(session, overview, 3)
    for one in campaigns[1:]:
        one.organisation_id = campaigns[0].organisation_id
    session.flush()
    counted, people = both(session, overview, campaigns[0])
    assert [one.campaigns for one in counted.found] == [3]
    assert_they_agree(counted, people)


@pytest.mark.parametrize("basis", ["", "another day"])
@pytest.mark.parametrize("due", [1, MOST_AT_ONCE + 2])
def test_those_that_are_due_are_counted_as_one_by_one(
    session: Session, overview: OverviewDesk, basis: str, due: int
) -> None:
    campaigns = campaigns_kept(session, overview, MOST_AT_ONCE + 3)
    ids = [one.id for one in campaigns[:due]]
    session.execute(update(KeptPapers).where(KeptPapers.campaign_id.in_(ids)).values(basis=basis))
    counted, people = both(session, overview, campaigns[0])
    assert counted.late == max(due - MOST_AT_ONCE, 0)
    assert_they_agree(counted, people)


def test_those_of_which_nothing_is_kept_are_counted_too(
    session: Session, overview: OverviewDesk
) -> None:
    campaigns = campaigns_kept(session, overview, 2)
    builders.a_campaign(session, election=session.get_one(Election, campaigns[0].election_id))
    counted, people = both(session, overview, campaigns[0])
    assert sum(one.campaigns for one in counted.found) == 3
    assert_they_agree(counted, people)
