"""Points of a planted coalition: its whole history goes through the rules, week after week."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Campaign, Election, Organisation
from app.demo.rows import Rows
from quests.ranking.models import (
    CampaignPoints,
    LeagueAbsence,
    OrganisationPoints,
    PointEntry,
)
from quests.ranking.pack import Earned, PointBook
from quests.ranking.rules.awarding import LINES, Award, Deed, Line, Spent, lines_for
from quests.ranking.rules.weeks import local_day, monday_of, periods_of
from quests.route.models import Milestone

UNNAMED_ONE_OF = 61
"""So many candidates to one who does not want to be named in leagues."""
Sums = dict[str, Counter[str]]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class PlantedDeed:
    """Something a planted campaign has done that may be worth points."""

    campaign_id: int
    at: datetime
    rule: str
    source: str


def plant_points(
    session: Session,
    rows: Rows,
    book: PointBook,
    *,
    now: datetime,
    more: Iterable[PlantedDeed] = (),
) -> int:
    """Plant the journal and its sums for all planted campaigns, and give how many lines it has.

    Milestones are read from the database, so write those rows before; papers, flyers, gifts and
    doors that other planters made come as ``more``. Limits hold as they do in life.
    """
    deeds: dict[int, list[PlantedDeed]] = defaultdict(list)
    for deed in (*_milestones(session), *more):
        deeds[deed.campaign_id].append(deed)
    organisations: dict[tuple[int, int], Sums] = {}
    written = 0
    for campaign in _campaigns(session):
        done = sorted(deeds.get(campaign.id, ()))
        lines = tuple(_lines(done, campaign, book))
        written += len(lines)
        for at, line in lines:
            rows.add_numbered(PointEntry, **_entry(campaign, line, at))
        active = campaign.state == "active"
        unnamed = active and campaign.id % UNNAMED_ONE_OF == 0
        if unnamed:
            rows.add(LeagueAbsence, campaign_id=campaign.id, since=now - timedelta(days=3))
        listed = active and campaign.game_on and not unnamed
        sums = _sums(line for _, line in lines)
        for period, delta in sums.items():
            rows.add(
                CampaignPoints,
                campaign_id=campaign.id,
                period=period,
                coalition_id=campaign.coalition_id,
                organisation_id=campaign.organisation_id if active else None,
                listed=listed,
                **_columns(delta),
            )
        if listed:
            whole = organisations.setdefault((campaign.coalition_id, campaign.organisation_id), {})
            for period, delta in sums.items():
                whole.setdefault(period, Counter()).update(delta)
        rows.write_when_many()
    for (coalition_id, organisation_id), sums in organisations.items():
        for period, delta in sums.items():
            rows.add(
                OrganisationPoints,
                coalition_id=coalition_id,
                organisation_id=organisation_id,
                period=period,
                **_columns(delta),
            )
    rows.write()
    return written


def _milestones(session: Session) -> Iterator[PlantedDeed]:
    found = session.execute(select(Milestone.campaign_id, Milestone.step_key, Milestone.reached_at))
    for campaign_id, step_key, reached_at in found:
        yield PlantedDeed(
            campaign_id=campaign_id, at=reached_at, rule=Earned.MILESTONE.value, source=step_key
        )


def _campaigns(session: Session) -> Sequence[Any]:
    return session.execute(
        select(
            Campaign.id,
            Campaign.coalition_id,
            Campaign.organisation_id,
            Campaign.state,
            Election.pack_id,
            Election.timezone,
            func.coalesce(Organisation.game_on, False).label("game_on"),
        )
        .join(Election, Election.id == Campaign.election_id)
        .outerjoin(Organisation, Organisation.id == Campaign.organisation_id)
        .order_by(Campaign.id)
    ).all()


def _lines(
    done: Sequence[PlantedDeed],
    campaign: Any,  # noqa: ANN401 - a row of _campaigns.
    book: PointBook,
) -> Iterator[tuple[datetime, Line]]:
    """Let the rules decide day by day, as the hook would have."""
    known: dict[tuple[str, str], Award] = {}
    spent, today = Spent(), date.min
    for deed in done:
        day = local_day(deed.at, campaign.timezone)
        if day != today:
            spent.today, today = {}, day
        for line in lines_for(
            [Deed(rule=deed.rule, source=deed.source)],
            lambda asked: book.worth(campaign.pack_id, asked),
            known,
            spent,
            day=day,
            week=monday_of(day),
        ):
            known[line.rule, line.source] = Award(
                id=None,
                turn=line.turn,
                points=line.points,
                line=line.line,
                day=line.day,
                week=line.week,
            )
            yield deed.at, line


def _entry(campaign: Any, line: Line, at: datetime) -> dict[str, Any]:  # noqa: ANN401 - a row.
    return {
        "coalition_id": campaign.coalition_id,
        "organisation_id": campaign.organisation_id,
        "campaign_id": campaign.id,
        "rule": line.rule,
        "source": line.source,
        "turn": line.turn,
        "points": line.points,
        "line": line.line,
        "takes_back_id": None,
        "is_claw_back": False,
        "at": at,
        "day": line.day,
        "week": line.week,
    }


def _sums(lines: Iterable[Line]) -> Sums:
    found: Sums = {}
    for line in lines:
        for period in periods_of(line.week):
            delta = found.setdefault(period, Counter())
            delta["points"] += line.points
            delta[line.line] += line.points
    return found


def _columns(delta: Counter[str]) -> dict[str, int]:
    return {name: delta[name] for name in ("points", *LINES)}
