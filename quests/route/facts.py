"""What a campaign has done: the features are asked, for one campaign or for many at once.

Only features that some pack's route speaks of are asked: a feature no step needs costs no query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from sqlalchemy.orm import Session

from app.accounts.facts import team_sizes
from app.facts import Fact, Facts, FactState
from canvassing.doors.facts import door_facts
from documents.flyers.facts import flyer_facts
from documents.packets.facts import packet_facts
from documents.paperwork.facts import paper_facts
from documents.signatures.facts import signature_facts
from fundraising.facts import fund_facts
from quests.evidence.facts import evidence_facts
from quests.route.course import TEAM_SIZE
from quests.route.features import (
    DOORS,
    FILED,
    FLYER,
    GIFTS,
    PACKET,
    PAPER,
    SIGNATURES,
    SUPPORT_PAGE,
)
from quests.route.library import PackLibrary
from quests.route.pack import RoutePack

Feature = Callable[[Session, Sequence[int] | None], Mapping[int, Mapping[str, Fact]]]
FEATURES: tuple[tuple[tuple[str, ...], Feature], ...] = (
    ((PAPER,), paper_facts),
    ((FLYER,), flyer_facts),
    ((SUPPORT_PAGE, GIFTS), fund_facts),
    ((DOORS,), door_facts),
    ((SIGNATURES,), signature_facts),
    ((PACKET, FILED), packet_facts),
)
"""How the names of a feature's facts begin, and who gives them."""


def facts_of_many(
    session: Session, library: PackLibrary, campaign_ids: Sequence[int] | None
) -> dict[int, dict[str, Fact]]:
    """Give the facts of the named campaigns, or of all when None, in a handful of queries."""
    found = evidence_facts(session, campaign_ids)
    for campaign_id, size in team_sizes(session, campaign_ids).items():
        found.setdefault(campaign_id, {})[TEAM_SIZE] = Fact(state=FactState.PRESENT, count=size)
    for facts_by_feature in _asked(library):
        for campaign_id, facts in facts_by_feature(session, campaign_ids).items():
            found.setdefault(campaign_id, {}).update(facts)
    return found


def facts_of(session: Session, library: PackLibrary, campaign_id: int) -> Facts:
    """Give the facts of one campaign."""
    return facts_of_many(session, library, (campaign_id,)).get(campaign_id, {})


@lru_cache(maxsize=16)
def _asked(library: PackLibrary) -> tuple[Feature, ...]:
    named = {name for entry in library.entries.values() for name in _named(entry.route)}
    return tuple(
        feature for begins, feature in FEATURES if any(name.startswith(begins) for name in named)
    )


def _named(pack: RoutePack) -> Iterator[str]:
    """Give every fact of a feature that a route's steps speak of."""
    for step in pack.steps:
        yield from (evidence.fact for evidence in step.evidence if evidence.fact)
        for condition in (step.opens, step.applies):
            if condition is not None:
                yield from (leaf.fact for leaf in condition.leaves() if leaf.fact)
