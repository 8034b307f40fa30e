"""A worker of one feature, in a process of its own, to be killed in the middle of its work."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

from app import clock
from app.config import Settings
from app.db import Database
from app.jobs.worker import Worker
from documents.packets.handlers import packet_handlers
from documents.paperwork.reshaping.handlers import drawing_handlers

LEASE = timedelta(seconds=1)
WORK = {"packets": packet_handlers, "drawing": drawing_handlers}


def main(work: str, folder: str, url: str) -> None:
    """Run the jobs of one of WORK until there are none."""
    settings = Settings.for_tests(Path(folder), url)
    worker = Worker(
        database=Database(url),
        handlers=WORK[work](settings),
        clock=clock.now,
        lease_for=LEASE,
    )
    while worker.run_one():
        pass


if __name__ == "__main__":
    main(*sys.argv[1:])
