"""Adding to the log; nothing else can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from app.audit.models import AuditCheck, AuditEntry
from app.audit.queries import head, last_sound_head, verify_chain
from app.audit.rules import Break, Detail, Entry, check_detail, entry_hash

# Any number will do, as long as nothing else in the program locks it.
_CHAIN_LOCK = 4_071_966_201
_NOTHING: Detail = {}


def audit(
    session: Session,
    actor_id: int | None,
    action: str,
    *,
    subject_kind: str,
    subject_id: int,
    campaign_id: int | None = None,
    coalition_id: int | None = None,
    detail: Mapping[str, str | int] = _NOTHING,
    now: datetime,
) -> Entry:
    """Write down, in this transaction, that a person did something.

    An actor of None is the program itself, its operator or a visitor. ``detail`` holds codes and
    numbers; anything that could be a name, an address or a sentence raises ValueError. The end of
    the chain stays locked until the transaction ends, so write the entry late.
    """
    check_detail(detail)
    _lock_chain(session)
    last = head(session)
    entry = Entry(
        number=last.number + 1,
        at=now,
        actor_id=actor_id,
        action=action,
        subject_kind=subject_kind,
        subject_id=subject_id,
        campaign_id=campaign_id,
        coalition_id=coalition_id,
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
            coalition_id=entry.coalition_id,
            detail=entry.detail,
            prev_hash=last.hash,
            hash=entry_hash(entry, last.hash),
        )
    )
    return entry


def check_chain(session: Session, *, now: datetime) -> Break | None:
    """Verify the whole chain and write down what was found; give the break, None when whole.

    The end found by the last sound check has to be in it, so that a cut is noticed.
    """
    end = head(session)
    broken = verify_chain(session, known=last_sound_head(session))
    session.add(
        AuditCheck(
            checked_at=now,
            head_number=end.number,
            head_hash=end.hash,
            broken_at=broken.number if broken else None,
            reason=broken.reason if broken else "",
        )
    )
    return broken


def _lock_chain(session: Session) -> None:
    # On SQLite a writing session is alone already (BEGIN IMMEDIATE).
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CHAIN_LOCK})
