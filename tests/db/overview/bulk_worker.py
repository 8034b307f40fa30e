"""A worker in a process of its own that issues for many, and hangs in the middle when told to."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from app import clock
from app.access import Viewer
from app.accounts.queries import CampaignRow
from app.config import Settings
from app.db import Database
from app.jobs.worker import Worker
from documents.overview.bulk import bulk_handlers
from quests.route.library import load_library
from tests.conftest import import_all_models
from tests.every_step import EveryStep
from tests.web.paperwork.program import a_desk


@dataclass(slots=True, kw_only=True)
class HangingGates:
    """Lets everybody through, and hangs at the campaign with this number in line."""

    at: int
    started: Path
    seen: list[int] = field(default_factory=list)

    def require_reachable(
        self, session: Session, campaign: CampaignRow, step_key: str, *, now: datetime
    ) -> None: ...

    def reachable_steps(
        self, session: Session, campaign: CampaignRow, *, now: datetime
    ) -> EveryStep:
        self.seen.append(campaign.id)
        if len(self.seen) == self.at:
            self.started.write_text("started", encoding="ascii")
            time.sleep(60)
        return EveryStep()

    def require_takes_papers(
        self,
        session: Session,
        viewer: Viewer,
        campaign: CampaignRow,
        step_key: str,
        *,
        now: datetime,
    ) -> None:
        raise AssertionError("nothing is handed in here")


def main(folder: str, url: str, started: str, hang_at: int) -> None:
    """Run the jobs there are; hang in the issue with this number, 0 never."""
    import_all_models()
    desk = a_desk(Settings.for_tests(Path(folder), url), load_library())
    gates = HangingGates(at=hang_at, started=Path(started))
    worker = Worker(
        database=Database(url),
        handlers=bulk_handlers(replace(desk, gates=gates))
        | {"documents.typeset": lambda context, payload: None},
        clock=clock.now,
        lease_for=timedelta(seconds=1),
    )
    while worker.run_one():
        pass


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
