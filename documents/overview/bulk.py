"""The job that issues a paper for many campaigns: some at a time, and on from where it stopped."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.jobs.commands import enqueue
from app.jobs.rules import Payload
from app.jobs.worker import Handlers, JobContext
from documents.overview.bulk_queries import BulkRow, find_bulk, waiting_campaigns
from documents.overview.commands import ISSUE, end_bulk, issue_line
from documents.overview.rules import BulkState
from documents.paperwork.desk import PaperworkDesk

CHUNK = 20
"""Campaigns of one job: others get their turn with the worker in between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkIssuer:
    """Issues what coordinators have asked for."""

    desk: PaperworkDesk

    def run(self, context: JobContext, payload: Payload) -> None:
        """Handle ISSUE; run again after a crash it goes on with the campaigns that are left."""
        with context.database.reading() as session:
            bulk = find_bulk(session, int(payload["bulk"] or 0))
            todo = waiting_campaigns(session, bulk.id, limit=CHUNK) if bulk else ()
        if bulk is None or bulk.state is not BulkState.RUNNING:
            return
        for campaign_id in todo:
            with context.database.writing() as session:
                issue_line(session, self.desk, bulk, campaign_id, now=context.now)
        with context.database.writing() as session:
            self._go_on(session, bulk, context)

    def _go_on(self, session: Session, bulk: BulkRow, context: JobContext) -> None:
        following = waiting_campaigns(session, bulk.id, limit=1)
        if not following:
            end_bulk(session, bulk, now=context.now)
            return
        # A chunk that a second worker has done as well asks for the same next one, once.
        key = f"{ISSUE}:{bulk.id}:{following[0]}"
        enqueue(session, ISSUE, {"bulk": bulk.id}, run_at=context.now, unique_key=key)


def bulk_handlers(desk: PaperworkDesk) -> Handlers:
    """Give the handlers of issuing for many."""
    return {ISSUE: BulkIssuer(desk=desk).run}
