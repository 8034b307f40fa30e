"""The daily job that reminds of coming deadlines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta

from app.config import Settings
from app.jobs.rules import Payload, Periodic
from app.jobs.worker import Handlers, JobContext
from quests.agenda.links import Links
from quests.agenda.reminding import Reminding
from quests.route.library import PackLibrary
from quests.route.walking import BATCH, campaign_batches

REMIND = "agenda.remind"
AGENDA_PERIODICS = (Periodic(kind=REMIND, every=timedelta(days=1), at=time(6, 0)),)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderOffice:
    """Goes through all active campaigns, batch by batch."""

    reminding: Reminding
    batch: int = BATCH

    def remind(self, context: JobContext, payload: Payload) -> None:
        """Handle REMIND; run again after a crash, it goes on with what has not gone out."""
        for campaigns in campaign_batches(context.database, size=self.batch):
            with context.database.reading() as session:
                notices = self.reminding.notices(session, campaigns, now=context.now)
            if notices:
                with context.database.writing() as session:
                    self.reminding.write(session, notices, now=context.now)


def agenda_handlers(settings: Settings, library: PackLibrary) -> Handlers:
    """Give the handlers of this feature's jobs."""
    reminding = Reminding(library=library, links=Links(base_url=settings.base_url))
    return {REMIND: ReminderOffice(reminding=reminding).remind}
