"""A large league for ``mandat bench``: many campaigns with a long journal behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import String, case, cast, func, insert, literal, select, true
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
from quests.ranking.journal import OrganisationSums, write_points
from quests.ranking.models import CampaignPoints, OrganisationPoints, PointEntry
from quests.ranking.pack import PointBook
from quests.ranking.rules.awarding import LINES, Deed
from quests.ranking.rules.weeks import ALL_TIME, monday_of, week_period

ORGANISATIONS = 30
WEEKS = 10
AT_ONCE = 500
"""Campaigns whose lines one statement inserts: it sorts them first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LargeLeague:
    """What was planted: a candidate to sign in as, from the middle of the league."""

    person_id: int
    campaign_id: int
    campaigns: int


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
    return LargeLeague(person_id=people[middle][0], campaign_id=ids[middle], campaigns=campaigns)


def rivals(league: LargeLeague) -> range:
    """Give campaigns of the same organisation, hence of the same league."""
    first = league.campaign_id + ORGANISATIONS
    return range(first, first + 1 + league.campaigns // 2 - ORGANISATIONS, ORGANISATIONS)


def earn(session: Session, book: PointBook, campaign_id: int, *, now: datetime) -> None:
    """Give a campaign points for a door, as the program does it.

    Raises RuntimeError when it got none.
    """
    sums, deed = OrganisationSums(), Deed(rule="door", source="bench")
    if not write_points(session, book, campaign_id, [deed], sums, now=now):
        raise RuntimeError("nothing was earned, so nothing has changed")
    sums.write(session)


def _person(rows: Rows, number: int, now: datetime) -> int:
    return rows.add_numbered(
        Person,
        email=f"large-{number}@example.org",
        name=f"Candidate {number}",
        language="en",
        created_at=now,
    )


def _write_journal(session: Session, coalition_id: int, lines_each: int, now: datetime) -> None:
    """Insert the lines of all campaigns, some hundred campaigns in one statement, one by one.

    In this order most entries of the indexes are appended; line by line over all campaigns they
    would go all over the place, and take several times as long.
    """
    number = select(literal(0).label("at")).cte("number", recursive=True)
    number = number.union_all(select(number.c.at + 1).where(number.c.at < lines_each - 1))
    at, day = number.c.at, PointEntry.__table__.c.day.type
    monday = monday_of(now.date())
    mondays = [literal(monday - timedelta(days=7 * past), day) for past in range(WEEKS)]
    week = case(dict(enumerate(mondays)), value=at % WEEKS)
    line = case(dict(enumerate(map(literal, LINES))), value=at % len(LINES))
    values = {
        "coalition_id": Campaign.coalition_id,
        "organisation_id": Campaign.organisation_id,
        "campaign_id": Campaign.id,
        "rule": literal("door"),
        "source": cast(at, String),
        "turn": literal(1),
        "points": 1 + (Campaign.id * 7 + at * 11) % 13,
        "line": line,
        "is_claw_back": literal(False),
        "at": literal(now, PointEntry.__table__.c.at.type),
        "day": week,
        "week": week,
    }
    whose = session.execute(
        select(func.min(Campaign.id), func.max(Campaign.id)).where(
            Campaign.coalition_id == coalition_id
        )
    ).one()
    for first in range(whose[0], whose[1] + 1, AT_ONCE):
        rows = (
            select(*values.values())
            .join(number, true())
            .where(
                Campaign.coalition_id == coalition_id,
                Campaign.id >= first,
                Campaign.id < first + AT_ONCE,
            )
            .order_by(Campaign.id, at)
        )
        session.execute(insert(PointEntry).from_select(list(values), rows))


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
