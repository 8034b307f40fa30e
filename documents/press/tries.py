"""Making a file that somebody waits for: tried a few times, and then they are told."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection

from app.jobs.worker import JobContext
from documents.press.errors import BROKE_OFF, DIED, NotMade

log = logging.getLogger("mandat.press")
MOST_TRIES = 3
"""Far fewer than a job has: behind these somebody sits and looks at a page."""
MOST_DEATHS = 5
"""A worker that is restarted, or loses its machine, uses up no try: the sheet is not at fault.

One that falls so often with the same sheet in its hands falls because of it.
"""
LONGEST_CODE = 40


def make(
    context: JobContext,
    attempt: Callable[[], None],
    tell: Callable[[str], None],
    *,
    passing: Collection[str],
) -> None:
    """Run ``attempt``, and ``tell`` with a code once it is certain that no file will come of it.

    What failed for a reason that may pass (one of ``passing``, or an error nobody foresaw, such
    as a full disk) is raised, so that the job comes back, until it has failed MOST_TRIES times.
    """
    if context.deaths >= MOST_DEATHS or context.failures >= MOST_TRIES:
        # Whoever tried it before has died of it, or could not even tell.
        tell(DIED)
        return
    last = context.failures + 1 == MOST_TRIES
    try:
        attempt()
    except NotMade as problem:
        if problem.code in passing and not last:
            raise
        log.warning("a file was not made", extra={"job": context.job_id, "code": problem.code})
        tell(problem.code[:LONGEST_CODE])
    except Exception:
        if not last:
            raise
        log.exception("a file was not made", extra={"job": context.job_id})
        tell(BROKE_OFF)
