"""The one truth about sums: they are those of the journal."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select
from sqlalchemy.orm import Session

from quests.ranking.models import CampaignPoints, OrganisationPoints, PointEntry
from quests.ranking.rules.awarding import LINES
from quests.ranking.rules.weeks import periods_of

Sums = dict[tuple[int, str], Counter[str]]


def sums_of_journal(session: Session) -> Sums:
    """Add the journal up, campaign by campaign and period by period."""
    found: Sums = {}
    for entry in session.scalars(select(PointEntry)):
        for period in periods_of(entry.week):
            sums = found.setdefault((entry.campaign_id, period), Counter())
            sums["points"] += entry.points
            sums[entry.line] += entry.points
    return found


def assert_sums_are_of_the_journal(session: Session) -> None:
    """Compare every stored sum with the journal."""
    stored: Sums = {}
    organisations: Sums = {}
    for row in session.scalars(select(CampaignPoints)):
        sums = Counter({name: getattr(row, name) for name in ("points", *LINES)})
        stored[row.campaign_id, row.period] = sums
        if row.organisation_id is not None and row.listed:
            organisations.setdefault((row.organisation_id, row.period), Counter()).update(sums)
    assert stored == sums_of_journal(session)
    for whole in session.scalars(select(OrganisationPoints)):
        sums = organisations.get((whole.organisation_id, whole.period), Counter())
        assert {name: getattr(whole, name) for name in ("points", *LINES)} == {
            name: sums[name] for name in ("points", *LINES)
        }
    assert organisations.keys() <= {
        (row.organisation_id, row.period) for row in session.scalars(select(OrganisationPoints))
    }
