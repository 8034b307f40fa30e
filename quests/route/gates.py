"""What the route says about a step, for packages that do not know the route themselves."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.access import Viewer
from app.accounts.queries import CampaignRow
from app.addresses import step_address
from app.db import only_reads
from app.web.language import current_language
from quests.evidence.facts import evidence_facts
from quests.route.library import PackLibrary
from quests.route.position import CANDIDATE, Status
from quests.route.saying import openers, opens_after
from quests.route.standing import (
    Position,
    anchors_of,
    position_of,
    reachable_at,
    require_reachable,
    require_takes_papers,
)

POSITIONS = "mandat.route.positions"


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteGates:
    """Lets through to steps as the route decides, and tells a campaign’s days."""

    library: PackLibrary

    def require_reachable(
        self, session: Session, campaign: CampaignRow, step_key: str, *, now: datetime
    ) -> None:
        """Let through unless the step is locked. Raises Missing, Locked."""
        require_reachable(session, self.library, campaign, step_key, now=now)

    def reachable_steps(
        self, session: Session, campaign: CampaignRow, *, now: datetime
    ) -> Container[str]:
        """Give the keys of the steps that are not locked."""
        return reachable_at(self._position(session, campaign, now))

    def steps_and_days(
        self, session: Session, campaign: CampaignRow, *, now: datetime
    ) -> tuple[Container[str], Mapping[str, date | None]]:
        """Give the keys of the steps that are not locked and the days, asking once for both."""
        found = self._position(session, campaign, now)
        return reachable_at(found), found.days.dates

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

        Raises Missing, Locked, Conflict, Forbidden.
        """
        require_takes_papers(session, self.library, viewer, campaign, step_key, now=now)

    def openers(
        self, session: Session, campaign: CampaignRow, step_key: str, *, now: datetime
    ) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Give what opens a locked step: words before the list, and (name, address) of each.

        Nothing for a step that is not locked; no address for what can't be reached itself.
        """
        position = self._position(session, campaign, now)
        step = position.route.by_key[step_key]
        if step.status is not Status.LOCKED:
            return "", ()
        words = position.pack.words_in(current_language())
        found = openers(step, position.route, words, lambda key: step_address(campaign.id, key))
        return opens_after(step), tuple((each.title, each.href or "") for each in found)

    def days_of(
        self, session: Session, campaign: CampaignRow, *, now: datetime
    ) -> Mapping[str, date | None]:
        """Give the days of the pack's deadlines for a campaign; None: can't be reckoned yet."""
        pack = self.library[campaign.pack_id]
        # They count from days that answers tell; what other features know changes no date.
        facts = evidence_facts(session, (campaign.id,)).get(campaign.id, {})
        anchors = anchors_of(campaign, pack, facts)
        return self.library.days(campaign.pack_id, anchors).dates

    def _position(self, session: Session, campaign: CampaignRow, now: datetime) -> Position:
        """Give where a campaign stands; several packages ask for one page, and it is read once."""
        if not only_reads(session):
            return position_of(session, self.library, campaign, now=now, role=CANDIDATE)
        known: dict[tuple[int, datetime], Position] = session.info.setdefault(POSITIONS, {})
        key = campaign.id, now
        if key not in known:
            known[key] = position_of(session, self.library, campaign, now=now, role=CANDIDATE)
        return known[key]
