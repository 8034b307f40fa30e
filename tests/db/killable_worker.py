"""A worker in a process of its own, whose job never ends unless the process is killed."""

from __future__ import annotations

import sys
import time
from datetime import timedelta
from pathlib import Path

from app import clock
from app.db import Database
from app.jobs.rules import Payload
from app.jobs.worker import JobContext, Worker


def main(url: str, started: str) -> None:
    """Run the one job there is and hang in it."""

    def hang(context: JobContext, payload: Payload) -> None:
        Path(started).write_text("started", encoding="ascii")
        time.sleep(60)

    Worker(
        database=Database(url),
        handlers={"test.hang": hang},
        clock=clock.now,
        lease_for=timedelta(seconds=1),
    ).run_one()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
