"""Jobs whose worker dies with them, and jobs that are tried until nothing is due any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.db import Database
from app.jobs.commands import lease
from app.jobs.rules import LEASE
from app.jobs.worker import Handlers, Worker
from documents.press.tries import MOST_DEATHS, MOST_TRIES

LONG = timedelta(hours=1)
"""Longer than the pause after any of the first attempts."""


def die_at_every_attempt(
    database: Database, *, began: datetime, times: int = MOST_DEATHS
) -> datetime:
    """Let one worker after another take the job and never be heard of again; give the hour."""
    at = began
    for _ in range(times):
        with database.writing() as session:
            assert lease(session, "dying", now=at) is not None
        at += LEASE + timedelta(seconds=1)
    return at


def run_every_attempt(database: Database, handlers: Handlers, *, began: datetime) -> None:
    """Let a worker try as often as it is tried at all, each time when it is due."""
    for number in range(MOST_TRIES):
        at = began + number * LONG
        Worker(database=database, handlers=handlers, clock=lambda at=at: at).run_due()  # type: ignore[misc]
