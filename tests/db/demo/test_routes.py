"""The routes of the demo are what people could have walked."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access import Permission, Role
from app.accounts.models import Campaign, Coalition, Election, Staff
from app.accounts.queries import find_campaign
from app.config import Settings, secret_key
from app.db import Database
from app.sealing import Seal
from quests.dispatch.queries import campaign_lines, standings
from quests.dispatch.rules import SILENT_AFTER
from quests.evidence.models import AnswerSheet, Evidence
from quests.evidence.rules.answers import check_answers
from quests.route.library import PackLibrary
from quests.route.milestones import settle_campaign
from quests.route.position import CANDIDATE, Status
from quests.route.standing import position_of
from tests.builders import the_viewer
from tests.db.demo.reading import active, candidate_of, statuses_of_sound_routes, the_chief
from tests.demo_once import NOW, SMALL


def test_nothing_was_ever_done_on_a_step_that_is_still_locked(
    planted: Session, library: PackLibrary
) -> None:
    for campaign_id in active(planted):
        campaign = find_campaign(planted, campaign_id)
        assert campaign is not None
        route = position_of(planted, library, campaign, now=NOW, role=CANDIDATE).route
        worked = planted.scalars(
            select(Evidence.step_key).where(Evidence.campaign_id == campaign_id)
        )
        for key in worked:
            assert route.by_key[key].status not in (Status.LOCKED, Status.NOT_APPLICABLE), key


def test_every_step_that_is_done_has_its_milestone_and_no_other_has(
    database: Database, planted: Session, library: PackLibrary
) -> None:
    ids = active(planted)
    statuses_of_sound_routes(planted, library)
    planted.rollback()
    with database.writing() as session:
        assert not any(settle_campaign(session, library, each, now=NOW) for each in ids)


def test_every_form_that_counts_would_have_been_taken(
    planted: Session, settings: Settings, library: PackLibrary
) -> None:
    seal = Seal.from_secret(secret_key(settings))
    sheets = planted.execute(
        select(AnswerSheet.step_key, AnswerSheet.typed, Election.pack_id)
        .join(Campaign, Campaign.id == AnswerSheet.campaign_id)
        .join(Election, Election.id == Campaign.election_id)
        .join(
            Evidence,
            (Evidence.campaign_id == AnswerSheet.campaign_id)
            & (Evidence.step_key == AnswerSheet.step_key),
        )
        .where(Evidence.kind == "form", Evidence.state != "draft")
    )
    for step_key, typed, pack_id in sheets:
        fields = library[pack_id].step_by_key[step_key].field
        opened = {
            field.key: seal.open(typed[field.key]) if field.seal else typed[field.key]
            for field in fields
        }
        checked = check_answers(fields, opened)
        assert checked.prove, (pack_id, step_key, checked.problems, checked.stops)


def test_campaigns_are_spread_over_the_route_as_in_a_real_coalition(
    planted: Session, library: PackLibrary
) -> None:
    viewer = the_chief(planted)
    assert viewer.holds(Permission.CAMPAIGNS_READ)
    lines = campaign_lines(planted, viewer)
    assert len(lines) == SMALL.campaigns
    found = standings(planted, library, lines, now=NOW)
    ages = [NOW - line.last_active_at for line in lines]
    assert sum(age >= SILENT_AFTER for age in ages) > 3
    assert sum(age < timedelta(days=3) for age in ages) > 15
    slacks = [found.by_campaign[line.id].slack_days or 0 for line in lines]
    assert min(slacks) < 0 < max(slacks)
    assert len({found.by_campaign[line.id].done for line in lines}) >= 6


def test_the_middle_candidate_has_something_done_waiting_and_returned(
    planted: Session, library: PackLibrary
) -> None:
    for login in ("middle@example.org", "en-middle@example.org"):
        campaign = candidate_of(planted, login)
        route = position_of(planted, library, campaign, now=NOW, role=CANDIDATE).route
        statuses = Counter(step.status for step in route.steps)
        assert statuses[Status.DONE] >= 4
        assert statuses[Status.WAITING] == 1
        assert statuses[Status.RETURNED] == 1


def test_few_campaigns_that_move_are_weeks_behind(planted: Session, library: PackLibrary) -> None:
    for coalition_id in planted.scalars(select(Coalition.id)):
        chief = planted.scalars(
            select(Staff.person_id).where(
                Staff.coalition_id == coalition_id, Staff.role == Role.CHIEF.value
            )
        ).first()
        lines = campaign_lines(planted, the_viewer(planted, chief), search="")
        found = standings(planted, library, lines, now=NOW).by_campaign
        moving = [one for one in lines if NOW - one.last_active_at < timedelta(days=7)]
        behind = [one for one in moving if (found[one.id].slack_days or 0) < -21]
        assert len(moving) > 5 and len(behind) * 5 < len(moving)


def test_the_days_leave_the_middle_of_both_routes_alive(planted: Session) -> None:
    for login, weekday in (("middle@example.org", 6), ("en-middle@example.org", 3)):
        polling_day = candidate_of(planted, login).polling_day
        assert polling_day.weekday() == weekday
        assert timedelta(days=35) < polling_day - NOW.date() < timedelta(days=80)


def test_most_stand_in_one_election_and_few_at_by_elections(planted: Session) -> None:
    for pack_id, by_elections in (("ru-spb-municipal", 0), ("gb-eng-local", 2)):
        standing = planted.execute(
            select(Election.sign_up_open, func.count(Campaign.id))
            .join(Campaign, Campaign.election_id == Election.id)
            .where(Election.pack_id == pack_id)
            .group_by(Election.id)
            .order_by(Election.id)
        ).all()
        assert [count for is_open, count in standing if not is_open] == [1] * by_elections
        assert [count > 10 for is_open, count in standing if is_open] == [True]
