"""The daily job that reminds of coming deadlines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta

from app.config import Settings
from app.jobs.rules import Payload, Periodic
from app.jobs.worker import Handlers, JobContext
from quests.agenda import queries
from quests.agenda.links import Links
from quests.agenda.reminding import Reminding
from quests.route.library import PackLibrary

REMIND = "agenda.remind"
AGENDA_PERIODICS = (Periodic(kind=REMIND, every=timedelta(days=1), at=time(6, 0)),)
BATCH = 50
"""Campaigns a transaction; writers of pages wait for no more than these letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderOffice:
    """Goes through all active campaigns, batch by batch."""

    reminding: Reminding
    batch: int = BATCH

    def remind(self, context: JobContext, payload: Payload) -> None:
        """Handle REMIND; run again after a crash, it goes on with what has not gone out."""
        last = 0
        while True:
            with context.database.reading() as session:
                campaigns = queries.campaigns_to_remind(session, after=last, limit=self.batch)
                notices = self.reminding.notices(session, campaigns, now=context.now)
            if notices:
                with context.database.writing() as session:
                    self.reminding.write(session, notices, now=context.now)
            if len(campaigns) < self.batch:
                return
            last = campaigns[-1].id


def agenda_handlers(settings: Settings, library: PackLibrary) -> Handlers:
    """Give the handlers of this feature's jobs."""
    reminding = Reminding(library=library, links=Links(base_url=settings.base_url))
    return {REMIND: ReminderOffice(reminding=reminding).remind}
