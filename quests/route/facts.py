"""What a campaign has done: the features are asked, for one campaign or for many at once."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.accounts.facts import team_sizes
from app.facts import Fact, Facts, FactState
from canvassing.doors.facts import door_facts
from documents.flyers.facts import flyer_facts
from documents.paperwork.facts import paper_facts
from fundraising.facts import fund_facts
from quests.evidence.facts import evidence_facts
from quests.route.course import TEAM_SIZE

FEATURES = (paper_facts, flyer_facts, fund_facts, door_facts)


def facts_of_many(
    session: Session, campaign_ids: Sequence[int] | None
) -> dict[int, dict[str, Fact]]:
    """Give the facts of the named campaigns, or of all when None, in a handful of queries."""
    found = evidence_facts(session, campaign_ids)
    for campaign_id, size in team_sizes(session, campaign_ids).items():
        found.setdefault(campaign_id, {})[TEAM_SIZE] = Fact(state=FactState.PRESENT, count=size)
    for facts_by_feature in FEATURES:
        for campaign_id, facts in facts_by_feature(session, campaign_ids).items():
            found.setdefault(campaign_id, {}).update(facts)
    return found


def facts_of(session: Session, campaign_id: int) -> Facts:
    """Give the facts of one campaign."""
    return facts_of_many(session, (campaign_id,)).get(campaign_id, {})
