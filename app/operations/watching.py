"""The nightly look at the audit log's chain, so that the log's page can say how it stands."""

from __future__ import annotations

from datetime import time

from app.audit.commands import check_chain
from app.jobs.errors import GiveUp
from app.jobs.rules import Payload, Periodic
from app.jobs.worker import Handlers, JobContext

CHECK = "audit.check"
AUDIT_PERIODICS = (Periodic(kind=CHECK, at=time(1, 30)),)


def check_audit_log(context: JobContext, payload: Payload) -> None:
    """Verify the whole chain and write down what was found; a broken one is a job given up."""
    with context.database.writing() as session:
        broken = check_chain(session, now=context.now)
    if broken is not None:
        raise GiveUp(f"the audit log breaks at entry {broken.number}: {broken.reason}")


AUDIT_HANDLERS: Handlers = {CHECK: check_audit_log}
