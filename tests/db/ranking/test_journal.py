"""The journal of points: once for each source, within limits, and taken back when undone."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app.accounts.events import AccountsMerged, CandidateAdmitted, OrganisationChanged
from app.accounts.models import Campaign, Organisation
from app.db import record
from app.reviews.events import DecisionUndone
from quests.ranking.commands import choose_to_be_named
from quests.ranking.models import CampaignPoints, OrganisationPoints
from quests.route.events import StepReached
from quests.route.models import Milestone
from tests import builders
from tests.db.ranking.conftest import Door, DoorBack, Flyer, Game, Gift, GiftBack, doors

WEEK = timedelta(days=7)


def reached(game: Game, key: str) -> None:
    with game.database.writing() as session:
        session.add(Milestone(campaign_id=game.campaign_id, step_key=key, reached_at=game.now))
        record(session, StepReached(campaign_id=game.campaign_id, step_key=key))


def test_a_milestone_gives_the_points_of_its_step(game: Game) -> None:
    reached(game, "a1_can_i")
    assert game.entries() == [("milestone", "a1_can_i", 20)]
    assert game.points() == 20


def test_a_step_without_points_leaves_no_line(game: Game) -> None:
    game.happen(StepReached(campaign_id=game.campaign_id, step_key="no_such_step"))
    assert game.entries() == []


def test_the_same_source_told_again_earns_nothing(game: Game) -> None:
    game.happen(Gift(campaign_id=game.campaign_id, number=7))
    game.happen(Gift(campaign_id=game.campaign_id, number=7))
    assert game.entries() == [("gift", "7", 3)]


def test_two_events_of_one_source_in_one_transaction_earn_once(game: Game) -> None:
    game.happen(*doors(game.campaign_id, [1, 1, 1]))
    assert game.points() == 1


def test_what_is_undone_is_taken_back_once(game: Game) -> None:
    game.happen(Gift(campaign_id=game.campaign_id, number=7))
    for _ in range(2):
        game.happen(GiftBack(campaign_id=game.campaign_id, number=7))
    assert game.entries() == [("gift", "7", 3), ("gift", "7", -3)]
    assert game.points() == 0


def test_what_never_counted_is_not_taken_back(game: Game) -> None:
    game.happen(GiftBack(campaign_id=game.campaign_id, number=7))
    assert game.entries() == []


def test_what_is_done_again_after_it_was_undone_counts_again(game: Game) -> None:
    for kind in (Door, DoorBack, Door, DoorBack, Door):
        game.happen(kind(campaign_id=game.campaign_id, number=3))
    assert [points for _, _, points in game.entries()] == [1, -1, 1, -1, 1]
    assert game.points() == 1


def test_what_is_done_and_undone_at_once_leaves_no_line(game: Game) -> None:
    game.happen(
        Door(campaign_id=game.campaign_id, number=3),
        DoorBack(campaign_id=game.campaign_id, number=3),
    )
    assert game.entries() == []


def test_a_claw_back_changes_the_week_it_takes_back_from(game: Game) -> None:
    game.happen(Gift(campaign_id=game.campaign_id, number=7))
    game.pass_time(WEEK)
    game.happen(Gift(campaign_id=game.campaign_id, number=8))
    game.happen(GiftBack(campaign_id=game.campaign_id, number=7))
    assert game.points("2026-06-22") == 0
    assert game.points("2026-06-29") == 3


def test_doors_over_the_limit_of_a_day_count_on_another_day(game: Game) -> None:
    game.happen(*doors(game.campaign_id, range(60)))
    game.happen(*doors(game.campaign_id, range(60, 120)))
    assert game.points() == 80
    game.pass_time(timedelta(days=1))
    game.happen(*doors(game.campaign_id, range(120)))
    assert game.points() == 120


def test_a_door_taken_back_makes_room_within_the_limit_of_its_day(game: Game) -> None:
    game.happen(*doors(game.campaign_id, range(80)))
    game.happen(DoorBack(campaign_id=game.campaign_id, number=5))
    game.happen(Door(campaign_id=game.campaign_id, number=200))
    assert game.points() == 80


def test_only_the_first_flyers_count(game: Game) -> None:
    for number in range(7):
        game.happen(Flyer(campaign_id=game.campaign_id, number=number))
        game.pass_time(timedelta(days=3))
    assert game.points() == 5 * 15


def test_a_day_begins_at_midnight_of_the_election(game: Game) -> None:
    # 20:30 in UTC on Sunday is 23:30 in Moscow; an hour later it is Monday there.
    game.now = game.now.replace(day=28, hour=20, minute=30)
    game.happen(Gift(campaign_id=game.campaign_id, number=1))
    game.pass_time(timedelta(hours=1))
    game.happen(Gift(campaign_id=game.campaign_id, number=2))
    assert (game.points("2026-06-22"), game.points("2026-06-29")) == (3, 3)


def test_a_milestone_that_went_with_an_undone_decision_loses_its_points(game: Game) -> None:
    reached(game, "a1_can_i")
    reached(game, "a2_district")
    with game.database.writing() as session:
        found = session.get_one(Milestone, (game.campaign_id, "a1_can_i"))
        session.delete(found)
        record(session, undone(game))
    assert game.points() == 10
    game.happen(undone(game))
    assert game.points() == 10
    reached(game, "a1_can_i")
    assert game.points() == 30


def undone(game: Game) -> DecisionUndone:
    return DecisionUndone(
        review_id=1,
        campaign_id=game.campaign_id,
        step_key="a1_can_i",
        subject_kind="evidence",
        subject_id=1,
        round=1,
        was_accepted=True,
        by=1,
        at=game.now,
    )


def test_two_writers_at_once_keep_the_limit_and_the_sums(game: Game) -> None:
    first = doors(game.campaign_id, range(60))
    second = doors(game.campaign_id, range(30, 110))
    threads = [Thread(target=game.happen, args=events) for events in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert game.points() == 80


def test_the_first_points_of_a_week_by_two_campaigns_at_once_are_both_kept(game: Game) -> None:
    with game.database.writing() as session:
        organisation = session.get_one(Organisation, game.organisation_id)
        ids = [builders.a_campaign(session, organisation=organisation).id for _ in range(6)]
    threads = [Thread(target=game.happen, args=doors(one, range(3))) for one in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [game.points(campaign_id=one) for one in ids] == [3] * 6
    with game.database.reading() as session:
        rows = session.scalars(select(OrganisationPoints)).all()
    assert [row.points for row in rows] == [18, 18]


def test_points_from_before_the_interview_come_along_to_the_organisation(game: Game) -> None:
    with game.database.writing() as session:
        organisation = session.get_one(Organisation, game.organisation_id)
        campaign = builders.a_campaign(
            session, organisation=organisation, state="applied", placed=False
        )
        number = campaign.id
    game.happen(*doors(number, range(4)))
    assert game.points(campaign_id=number) == 4
    assert sum_of(game) == 0
    with game.database.writing() as session:
        campaign = session.get_one(Campaign, number)
        campaign.organisation_id, campaign.state = game.organisation_id, "active"
        record(
            session,
            CandidateAdmitted(
                campaign_id=number, organisation_id=game.organisation_id, by=1, at=game.now
            ),
        )
    assert game.points(campaign_id=number) == 4
    assert sum_of(game) == 4
    assert listed(game, number)


def test_a_withdrawn_campaign_leaves_the_league_and_the_sum(game: Game) -> None:
    game.happen(*doors(game.campaign_id, range(4)))
    assert sum_of(game) == 4
    with game.database.writing() as session:
        campaign = session.get_one(Campaign, game.campaign_id)
        campaign.state = "withdrawn"
        other = builders.a_person(session)
        record(
            session,
            AccountsMerged(person_id=campaign.candidate_id, merged_id=other.id, by=1, at=game.now),
        )
    assert game.points() == 4
    assert sum_of(game) == 0
    assert not listed(game, game.campaign_id)


@pytest.mark.parametrize("game_on", [False, True])
def test_an_organisation_that_does_not_play_lists_nobody(game: Game, game_on: bool) -> None:
    game.happen(*doors(game.campaign_id, range(4)))
    play(game, game_on=game_on)
    assert listed(game, game.campaign_id) is game_on
    assert game.points() == 4


def choose(game: Game, campaign_id: int, *, named: bool) -> None:
    with game.database.writing() as session:
        candidate_id = session.get_one(Campaign, campaign_id).candidate_id
        who = builders.the_viewer(session, candidate_id)
        choose_to_be_named(session, who, campaign_id, named=named, now=game.now)


def test_who_leaves_the_leagues_takes_their_points_out_of_the_organisation_s_sum(
    game: Game,
) -> None:
    with game.database.writing() as session:
        organisation = session.get_one(Organisation, game.organisation_id)
        quiet = builders.a_campaign(session, organisation=organisation).id
    game.happen(*doors(game.campaign_id, range(4)), *doors(quiet, range(3)))
    assert sum_of(game) == 7
    choose(game, quiet, named=False)
    assert (sum_of(game), game.points(campaign_id=quiet)) == (4, 3)
    # What is done meanwhile moves no figure by which it could be reckoned.
    game.happen(*doors(quiet, range(3, 9)))
    game.pass_time(timedelta(days=8))
    game.happen(*doors(quiet, range(9, 11)))
    assert (sum_of(game), game.points(campaign_id=quiet)) == (4, 11)
    choose(game, quiet, named=True)
    assert (sum_of(game), game.points(campaign_id=quiet)) == (15, 11)


def test_an_absent_candidate_stays_out_when_the_organisation_plays_again(game: Game) -> None:
    with game.database.writing() as session:
        organisation = session.get_one(Organisation, game.organisation_id)
        quiet = builders.a_campaign(session, organisation=organisation).id
    game.happen(*doors(game.campaign_id, range(4)), *doors(quiet, range(3)))
    choose(game, quiet, named=False)
    play(game, game_on=False)
    assert (sum_of(game), game.points()) == (0, 4)
    play(game, game_on=True)
    assert (sum_of(game), game.points()) == (4, 4)


def play(game: Game, *, game_on: bool) -> None:
    """Let the organisation take part in the game, or not."""
    with game.database.writing() as session:
        organisation = session.get_one(Organisation, game.organisation_id)
        organisation.game_on = game_on
        record(
            session,
            OrganisationChanged(
                coalition_id=organisation.coalition_id,
                organisation_id=organisation.id,
                added=False,
                by=1,
                at=game.now,
            ),
        )


def test_the_database_refuses_to_change_the_journal(game: Game) -> None:
    game.happen(*doors(game.campaign_id, range(1)))
    for statement in ("UPDATE point_entry SET points = 99", "DELETE FROM point_entry"):
        with pytest.raises(DBAPIError, match="append-only"), game.database.writing() as session:
            session.execute(text(statement))


def sum_of(game: Game) -> int:
    with game.database.reading() as session:
        found = session.get(OrganisationPoints, (game.organisation_id, "all"))
        return found.points if found else 0


def listed(game: Game, campaign_id: int) -> bool:
    with game.database.reading() as session:
        return session.get_one(CampaignPoints, (campaign_id, "all")).listed
