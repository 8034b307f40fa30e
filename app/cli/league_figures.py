"""A large league for ``mandat bench``: many campaigns with a long journal behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, case, func, insert, literal, select
from sqlalchemy.orm import Session

from app.accounts.models import (
    Campaign,
    Coalition,
    District,
    Election,
    Organisation,
    Person,
    TeamMember,
)
from app.demo.rows import Rows
from quests.ranking.models import CampaignPoints, OrganisationPoints, PointEntry
from quests.ranking.rules.awarding import LINES
from quests.ranking.rules.weeks import ALL_TIME, monday_of, week_period

ORGANISATIONS = 30
WEEKS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class LargeLeague:
    """What was planted: a candidate to sign in as, from the middle of the league."""

    person_id: int
    campaign_id: int
    entries: int


def plant_large_league(
    session: Session, *, campaigns: int, lines_each: int, pack_id: str, now: datetime
) -> LargeLeague:
    """Plant a coalition of so many active campaigns with so many lines of the journal each."""
    rows = Rows(session)
    coalition_id = rows.add_numbered(
        Coalition, slug="large-league", name="Large", language="en", created_at=now
    )
    organisation_ids = [
        rows.add_numbered(
            Organisation,
            coalition_id=coalition_id,
            name=f"Club {number}",
            short_name=f"Club {number}",
            capacity=100,
            game_on=True,
        )
        for number in range(ORGANISATIONS)
    ]
    election_id = rows.add_numbered(
        Election,
        coalition_id=coalition_id,
        pack_id=pack_id,
        name="Large",
        published_on=None,
        polling_day=now.date() + timedelta(days=60),
        first_polling_day=None,
        timezone="UTC",
        sign_up_open=False,
    )
    district_id = rows.add_numbered(
        District,
        election_id=election_id,
        council="Large",
        number="1",
        name="",
        seats=1,
        electors=None,
        places_text="",
    )
    people = [
        (_person(rows, number, now), organisation_ids[number % ORGANISATIONS])
        for number in range(campaigns)
    ]
    ids = [
        rows.add_numbered(
            Campaign,
            coalition_id=coalition_id,
            organisation_id=organisation_id,
            election_id=election_id,
            district_id=district_id,
            candidate_id=person_id,
            title=f"Candidate {person_id}",
            state="active",
            state_reason="",
            created_at=now,
            last_active_at=now,
        )
        for person_id, organisation_id in people
    ]
    middle = campaigns // 2
    rows.add(
        TeamMember,
        campaign_id=ids[middle],
        person_id=people[middle][0],
        role="candidate",
        since=now,
    )
    rows.finish()
    _write_journal(session, coalition_id, lines_each, now)
    _write_sums(session, coalition_id, monday_of(now.date()))
    return LargeLeague(
        person_id=people[middle][0], campaign_id=ids[middle], entries=campaigns * lines_each
    )


def _person(rows: Rows, number: int, now: datetime) -> int:
    return rows.add_numbered(
        Person,
        email=f"large-{number}@example.org",
        name=f"Candidate {number}",
        language="en",
        created_at=now,
    )


def _write_journal(session: Session, coalition_id: int, lines_each: int, now: datetime) -> None:
    """Insert line after line for all campaigns at once."""
    monday = monday_of(now.date())
    for number in range(lines_each):
        week = monday - timedelta(days=7 * (number % WEEKS))
        session.execute(
            insert(PointEntry).from_select(
                [
                    "coalition_id",
                    "organisation_id",
                    "campaign_id",
                    "rule",
                    "source",
                    "turn",
                    "points",
                    "line",
                    "is_claw_back",
                    "at",
                    "day",
                    "week",
                ],
                select(
                    Campaign.coalition_id,
                    Campaign.organisation_id,
                    Campaign.id,
                    literal("door"),
                    literal(str(number)),
                    literal(1),
                    1 + (Campaign.id * 7 + number * 11) % 13,
                    literal(LINES[number % len(LINES)]),
                    literal(False),
                    bindparam("at", now, type_=PointEntry.__table__.c.at.type),
                    bindparam("day", week, type_=PointEntry.__table__.c.day.type),
                    bindparam("week", week, type_=PointEntry.__table__.c.week.type),
                ).where(Campaign.coalition_id == coalition_id),
            )
        )


def _write_sums(session: Session, coalition_id: int, monday: date) -> None:
    here = PointEntry.coalition_id == coalition_id
    columns = ["coalition_id", "organisation_id", "period", "points", *LINES]
    whose: list[Any] = [PointEntry.coalition_id, PointEntry.organisation_id]
    lines = [
        func.sum(case((PointEntry.line == line, PointEntry.points), else_=0)) for line in LINES
    ]
    for period, within in (
        (ALL_TIME, here),
        (week_period(monday), here & (PointEntry.week == monday)),
    ):
        sums: list[Any] = [*whose, literal(period), func.sum(PointEntry.points), *lines]
        session.execute(
            insert(OrganisationPoints).from_select(
                columns, select(*sums).where(within).group_by(*whose)
            )
        )
        campaign: list[Any] = [PointEntry.campaign_id, literal(True)]
        session.execute(
            insert(CampaignPoints).from_select(
                [*columns, "campaign_id", "listed"],
                select(*sums, *campaign).where(within).group_by(*whose, PointEntry.campaign_id),
            )
        )
