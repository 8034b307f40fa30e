"""Adding to the log; nothing else can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from app.access import Viewer
from app.audit.models import AuditEntry
from app.audit.queries import head
from app.audit.rules import Detail, Entry, check_detail, entry_hash

# Any number will do, as long as nothing else in the program locks it.
_CHAIN_LOCK = 4_071_966_201
_NOTHING: Detail = {}


def audit(
    session: Session,
    viewer: Viewer | None,
    action: str,
    *,
    subject_kind: str,
    subject_id: int,
    campaign_id: int | None = None,
    detail: Mapping[str, str | int] = _NOTHING,
    now: datetime,
) -> Entry:
    """Write down, in this transaction, that the viewer did something.

    A viewer of None is the program itself. ``detail`` holds codes and numbers; anything that
    could be a name, an address or a sentence raises ValueError. The end of the chain stays locked
    until the transaction ends, so write the entry late in a command.
    """
    check_detail(detail)
    _lock_chain(session)
    last = head(session)
    entry = Entry(
        number=last.number + 1,
        at=now,
        actor_id=viewer.person_id if viewer is not None else None,
        action=action,
        subject_kind=subject_kind,
        subject_id=subject_id,
        campaign_id=campaign_id,
        detail=dict(detail),
    )
    session.execute(
        insert(AuditEntry).values(
            number=entry.number,
            at=entry.at,
            actor_id=entry.actor_id,
            action=entry.action,
            subject_kind=entry.subject_kind,
            subject_id=entry.subject_id,
            campaign_id=entry.campaign_id,
            detail=entry.detail,
            prev_hash=last.hash,
            hash=entry_hash(entry, last.hash),
        )
    )
    return entry


def _lock_chain(session: Session) -> None:
    # On SQLite a writing session is alone already (BEGIN IMMEDIATE).
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CHAIN_LOCK})
