"""What the route says about a step, for packages that do not know the route themselves."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.access import Viewer
from app.accounts.queries import CampaignRow
from quests.evidence.facts import evidence_facts
from quests.route.library import PackLibrary
from quests.route.standing import (
    anchors_of,
    reachable_steps,
    require_reachable,
    require_takes_papers,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteGates:
    """Lets through to steps as the route decides, and tells a campaign’s days."""

    library: PackLibrary

    def require_reachable(
        self, session: Session, campaign: CampaignRow, step_key: str, *, now: datetime
    ) -> None:
        """Let through unless the step is locked. Raises Missing, Conflict."""
        require_reachable(session, self.library, campaign, step_key, now=now)

    def reachable_steps(
        self, session: Session, campaign: CampaignRow, *, now: datetime
    ) -> Container[str]:
        """Give the keys of the steps that are not locked."""
        return reachable_steps(session, self.library, campaign, now=now)

    def require_takes_papers(
        self,
        session: Session,
        viewer: Viewer,
        campaign: CampaignRow,
        step_key: str,
        *,
        now: datetime,
    ) -> None:
        """Let through whoever may hand in a paper of the step, done or not.

        Raises Missing, Conflict, Forbidden.
        """
        require_takes_papers(session, self.library, viewer, campaign, step_key, now=now)

    def days_of(
        self, session: Session, campaign: CampaignRow, *, now: datetime
    ) -> Mapping[str, date | None]:
        """Give the days of the pack's deadlines for a campaign; None: can't be reckoned yet."""
        pack = self.library[campaign.pack_id]
        # They count from days that answers tell; what other features know changes no date.
        facts = evidence_facts(session, (campaign.id,)).get(campaign.id, {})
        anchors = anchors_of(campaign, pack, facts)
        return self.library.days(campaign.pack_id, anchors).dates
