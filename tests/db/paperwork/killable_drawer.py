"""A worker that draws pages, in a process of its own, to be killed in the middle."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

from app import clock
from app.config import Settings
from app.db import Database
from app.jobs.worker import Worker
from documents.paperwork.reshaping.handlers import drawing_handlers

LEASE = timedelta(seconds=1)


def main(folder: str, url: str) -> None:
    """Run jobs until there are none."""
    settings = Settings.for_tests(Path(folder), url)
    worker = Worker(
        database=Database(url),
        handlers=drawing_handlers(settings),
        clock=clock.now,
        lease_for=LEASE,
    )
    while worker.run_one():
        pass


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
