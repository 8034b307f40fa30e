"""The jobs of the overview, run by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Flask
from sqlalchemy import delete, insert, select

from app import clock
from app.config import Settings
from app.db import record
from app.jobs.rules import Payload
from app.jobs.worker import Handlers, JobContext
from app.web.kernel import EXTENSION, Kernel
from documents.overview.bulk import bulk_handlers
from documents.overview.keeping import REFRESH, keeping_handlers
from documents.packets.desk import PacketsDesk
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.events import PapersTouched
from documents.paperwork.models import PaperAnswer
from tests.conftest import WHOLE
from tests.web.paperwork.program import a_desk
from tests.web.portal import Portal


@dataclass(frozen=True, slots=True, kw_only=True)
class Jobs:
    """Runs the overview's jobs on a program's database."""

    app: Flask
    desk: PaperworkDesk

    @property
    def handlers(self) -> Handlers:
        return {**keeping_handlers(self.packets), **bulk_handlers(self.desk)}

    @property
    def packets(self) -> PacketsDesk:
        """The tools of packets."""
        kernel: Kernel = self.app.extensions[EXTENSION]
        return kernel.parts[PacketsDesk]

    def run(
        self, kind: str, payload: Payload | None = None, *, now: datetime | None = None
    ) -> None:
        """Run one job as the worker would."""
        kernel: Kernel = self.app.extensions[EXTENSION]
        context = JobContext(
            database=kernel.database.reaching(WHOLE),
            now=now or clock.now(),
            job_id=1,
            attempt=1,
        )
        self.handlers[kind](context, payload or {})

    def refresh(self) -> None:
        """Count anew what is due."""
        self.run(REFRESH)


def jobs_of(portal: Portal, settings: Settings) -> Jobs:
    """Give the overview's jobs of a portal."""
    return Jobs(app=portal.app, desk=a_desk(settings, portal.library))


def copy_answers(portal: Portal, of: str, to: str) -> None:
    """Let somebody have answered what somebody else has answered."""
    campaign_id = portal.campaigns[to]
    with portal.database.writing() as session:
        record(session, PapersTouched(touched=campaign_id))
        session.execute(delete(PaperAnswer).where(PaperAnswer.campaign_id == campaign_id))
        session.flush()
        columns = [column.name for column in PaperAnswer.__table__.columns]
        rows = session.execute(
            select(PaperAnswer.__table__).where(
                PaperAnswer.__table__.c.campaign_id == portal.campaigns[of]
            )
        ).all()
        session.execute(
            insert(PaperAnswer),
            [{**dict(zip(columns, row)), "campaign_id": campaign_id} for row in rows],
        )
