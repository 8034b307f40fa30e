"""The secret link: random, kept as a hash, void once renewed, open only to the team."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.access import Role, Viewer
from app.accounts.models import Campaign, Coalition, Person, TeamMember
from app.accounts.queries import CampaignRow, find_campaign
from app.errors import Forbidden, Missing
from app.ids import token_hash
from quests.agenda import commands, queries
from quests.agenda.models import CalendarFeed
from tests.builders import NOW, a_member, a_person, a_staff, the_viewer
from tests.db.agenda.given import a_spb_campaign


def row_of(session: Session, campaign: Campaign) -> CampaignRow:
    found = find_campaign(session, campaign.id)
    assert found is not None
    return found


def a_link(session: Session, role: Role = Role.CANVASSER) -> tuple[Campaign, Person, Viewer, str]:
    campaign = a_spb_campaign(session)
    person = a_person(session, language="ru")
    a_member(session, campaign, person=person, role=role)
    viewer = the_viewer(session, person)
    token = commands.make_feed(session, viewer, row_of(session, campaign), now=NOW)
    return campaign, person, viewer, token


def test_a_link_opens_the_calendar_of_its_campaign(session: Session) -> None:
    campaign, _, _, token = a_link(session)
    found = queries.get_subscriber(session, token)
    assert (found.campaign.id, found.language) == (campaign.id, "ru")


def test_only_the_hash_of_the_token_is_stored(session: Session) -> None:
    *_, token = a_link(session)
    assert session.scalar(select(CalendarFeed.token_hash)) == token_hash(token)
    assert len(token) >= 43


def test_a_new_link_makes_the_old_one_void(session: Session) -> None:
    campaign, _, viewer, old = a_link(session)
    new = commands.make_feed(session, viewer, row_of(session, campaign), now=NOW)
    assert queries.get_subscriber(session, new).campaign.id == campaign.id
    with pytest.raises(Missing):
        queries.get_subscriber(session, old)
    assert session.scalar(select(func.count()).select_from(CalendarFeed)) == 1


def test_a_link_that_was_switched_off_opens_nothing(session: Session) -> None:
    campaign, _, viewer, token = a_link(session)
    commands.void_feed(session, viewer, row_of(session, campaign))
    commands.void_feed(session, viewer, row_of(session, campaign))
    with pytest.raises(Missing):
        queries.get_subscriber(session, token)


def test_a_link_dies_with_the_membership(session: Session) -> None:
    _, person, _, token = a_link(session)
    session.execute(delete(TeamMember).where(TeamMember.person_id == person.id))
    with pytest.raises(Missing):
        queries.get_subscriber(session, token)


def test_a_link_rests_while_its_person_is_suspended(session: Session) -> None:
    _, person, _, token = a_link(session)
    person.suspended_at = NOW
    session.flush()
    with pytest.raises(Missing):
        queries.get_subscriber(session, token)


@pytest.mark.parametrize("state", ["applied", "declined"])
def test_a_link_opens_nothing_while_the_route_is_closed(session: Session, state: str) -> None:
    campaign, _, _, token = a_link(session)
    campaign.state = state
    session.flush()
    with pytest.raises(Missing):
        queries.get_subscriber(session, token)


@pytest.mark.parametrize("token", ["", "x", "\x00", "я" * 500])
def test_an_invented_token_opens_nothing(session: Session, token: str) -> None:
    a_link(session)
    with pytest.raises(Missing):
        queries.get_subscriber(session, token)


def test_two_people_of_a_team_have_links_of_their_own(session: Session) -> None:
    campaign, _, _, token = a_link(session)
    other = a_person(session)
    a_member(session, campaign, person=other)
    row = row_of(session, campaign)
    commands.make_feed(session, the_viewer(session, other), row, now=NOW)
    assert queries.get_subscriber(session, token).campaign.id == campaign.id


def test_a_coordinator_reads_the_calendar_but_subscribes_to_nothing(session: Session) -> None:
    campaign = a_spb_campaign(session)
    row = row_of(session, campaign)
    chief = a_staff(
        session, role=Role.CHIEF, coalition=session.get_one(Coalition, campaign.coalition_id)
    )
    viewer = the_viewer(session, chief.person_id)
    assert queries.subscription(session, viewer, row) is None
    with pytest.raises(Forbidden):
        commands.make_feed(session, viewer, row, now=NOW)
    with pytest.raises(Forbidden):
        commands.set_reminders(session, viewer, row, wanted=False, now=NOW)
