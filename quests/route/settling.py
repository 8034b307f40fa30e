"""The job that writes the milestones of steps that a day completed, not a person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy.orm import Session

from app.facts import Facts
from app.jobs.rules import Payload, Periodic
from app.jobs.worker import Handlers, JobContext
from quests.route.events import SETTLE
from quests.route.facts import facts_of_many
from quests.route.library import PackLibrary
from quests.route.many_routes import standing_by
from quests.route.milestones import settle_campaign
from quests.route.position import Status
from quests.route.queries import ActiveCampaign, reached_steps
from quests.route.walking import BATCH, campaign_batches

ROUTE_PERIODICS = (Periodic(kind=SETTLE, every=timedelta(days=1), at=time(0, 5)),)


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneOffice:
    """Goes through the active campaigns and settles those whose day has come."""

    library: PackLibrary
    batch: int = BATCH

    def settle(self, context: JobContext, payload: Payload) -> None:
        """Handle SETTLE, for all elections or for the one the payload names.

        Run again after a crash it goes on: what has its milestone is not looked at twice.
        """
        election = payload.get("election")
        election_id = election if isinstance(election, int) else None
        for campaigns in campaign_batches(
            context.database, size=self.batch, election_id=election_id
        ):
            with context.database.reading() as session:
                due = self.unsettled(session, campaigns, now=context.now)
            # Each in a short transaction of its own: writers of pages wait for one campaign only.
            for campaign_id in due:
                with context.database.writing() as session:
                    settle_campaign(session, self.library, campaign_id, now=context.now)

    def unsettled(
        self, session: Session, campaigns: Sequence[ActiveCampaign], *, now: datetime
    ) -> tuple[int, ...]:
        """Give the numbers of those with a done step that has no milestone."""
        known = [campaign for campaign in campaigns if campaign.pack_id in self.library]
        ids = [campaign.id for campaign in known]
        if not ids:
            return ()
        facts, reached = facts_of_many(session, self.library, ids), reached_steps(session, ids)
        return tuple(
            campaign.id
            for campaign in known
            if self._lacks(
                campaign, facts.get(campaign.id, {}), reached.get(campaign.id, set()), now=now
            )
        )

    def _lacks(
        self, campaign: ActiveCampaign, facts: Facts, reached: Collection[str], *, now: datetime
    ) -> bool:
        statuses = standing_by(self.library, campaign, facts, now=now).statuses
        return any(
            status is Status.DONE and step.key not in reached
            for step, status in zip(self.library[campaign.pack_id].steps, statuses, strict=True)
        )


def route_handlers(library: PackLibrary) -> Handlers:
    """Give the handlers of this feature's jobs."""
    return {SETTLE: MilestoneOffice(library=library).settle}
