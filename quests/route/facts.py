"""What a campaign has done: the features are asked, for one campaign or for many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from app.accounts.facts import team_sizes
from quests.evidence.facts import evidence_facts
from quests.route.conditions import Fact, FactState
from quests.route.course import TEAM_SIZE

Facts = Mapping[str, Fact]


def facts_of_many(
    session: Session, campaign_ids: Sequence[int] | None
) -> dict[int, dict[str, Fact]]:
    """Give the facts of the named campaigns, or of all when None, in a handful of queries."""
    found = evidence_facts(session, campaign_ids)
    for campaign_id, size in team_sizes(session, campaign_ids).items():
        found.setdefault(campaign_id, {})[TEAM_SIZE] = Fact(state=FactState.PRESENT, count=size)
    return found


def facts_of(session: Session, campaign_id: int) -> Facts:
    """Give the facts of one campaign."""
    return facts_of_many(session, (campaign_id,)).get(campaign_id, {})
