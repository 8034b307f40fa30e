"""What the route says of many campaigns at once, for packages that do not know the route."""

from __future__ import annotations

import logging
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from sqlalchemy.orm import Session

from app.facts import Facts
from quests.route import rules
from quests.route.facts import facts_of_many
from quests.route.library import PackLibrary
from quests.route.position import Standing, Status
from quests.route.queries import ActiveCampaign, campaigns_by_number
from quests.route.standing import Dated, anchors_of, local_day

log = logging.getLogger("mandat.route")


class DatedElection(Dated, Protocol):
    """An election in any row that carries its pack and its days."""

    @property
    def pack_id(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyRoutes:
    """Tells the legal days of elections, and who has come how far."""

    library: PackLibrary

    def due_days(self, election: DatedElection) -> Mapping[str, date]:
        """Give the legal day of each step that has one without knowing a campaign's own acts."""
        if election.pack_id not in self.library:
            return {}
        pack = self.library[election.pack_id]
        dates = self.library.days(election.pack_id, anchors_of(election, pack, {})).dates
        found: dict[str, date] = {}
        for step in pack.steps:
            day = dates.get(step.due.deadline) if step.due else None
            if step.due is not None and day is not None:
                found[step.key] = day + timedelta(days=step.due.days)
        return found

    def who_reached(
        self, session: Session, campaign_ids: Sequence[int], steps: Container[str], *, now: datetime
    ) -> Mapping[int, bool]:
        """Say for each of these active campaigns if at least one of the steps is not locked to it.

        A handful of queries; a tenth of a millisecond a campaign. The caller has decided whose
        campaigns may be looked at. Those about which the rules raise are not among them: the log
        says why, and the others are asked about.
        """
        campaigns = campaigns_by_number(session, campaign_ids)
        facts = facts_of_many(session, self.library, campaign_ids)
        found: dict[int, bool] = {}
        for campaign in campaigns:
            known = facts.get(campaign.id, {})
            try:
                found[campaign.id] = self._has_reached(campaign, known, steps, now)
            except Exception:
                log.exception("a route could not be asked about", extra={"campaign": campaign.id})
        return found

    def _has_reached(
        self, campaign: ActiveCampaign, facts: Facts, steps: Container[str], now: datetime
    ) -> bool:
        if campaign.pack_id not in self.library:
            return False
        statuses = standing_by(self.library, campaign, facts, now=now).statuses
        return any(
            step.key in steps and status is not Status.LOCKED
            for step, status in zip(self.library[campaign.pack_id].steps, statuses, strict=True)
        )


def standing_by(
    library: PackLibrary, campaign: ActiveCampaign, facts: Facts, *, now: datetime
) -> Standing:
    """Give where a campaign stands by these facts, whatever was put off; its pack is known."""
    pack = library[campaign.pack_id]
    days = library.days(campaign.pack_id, anchors_of(campaign, pack, facts))
    today = local_day(now, campaign.timezone)
    return rules.standing(pack, facts, today, deadlines=days.dates, times=days.times)
