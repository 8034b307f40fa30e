"""Reading the log: the chain as a whole, and its entries for those who may see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.audit.models import AuditCheck, AuditEntry
from app.audit.rules import EMPTY, Break, ChainedEntry, Entry, Head, first_break

_ALL = (
    select(
        AuditEntry.number,
        AuditEntry.at,
        AuditEntry.actor_id,
        AuditEntry.action,
        AuditEntry.subject_kind,
        AuditEntry.subject_id,
        AuditEntry.campaign_id,
        AuditEntry.coalition_id,
        AuditEntry.detail,
        AuditEntry.prev_hash,
        AuditEntry.hash,
    )
    .order_by(AuditEntry.number)
    .execution_options(yield_per=1000)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What the last verification of the chain found."""

    at: datetime
    head: Head
    broken_at: int | None

    @property
    def whole(self) -> bool:
        """Say whether every entry held."""
        return self.broken_at is None


def chain(session: Session) -> Iterator[ChainedEntry]:
    """Give every entry, oldest first, a thousand at a time."""
    with session.execute(_ALL) as rows:
        # Closed also when the reader stops at a break: the database holds a cursor open for it.
        for row in rows:
            yield _link(row)


def head(session: Session) -> Head:
    """Give the end of the chain; write it down elsewhere to notice a cut later."""
    row = session.execute(
        select(AuditEntry.number, AuditEntry.hash).order_by(AuditEntry.number.desc()).limit(1)
    ).one_or_none()
    return EMPTY if row is None else Head(number=row.number, hash=row.hash)


def verify_chain(session: Session, *, known: Head | None = None) -> Break | None:
    """Give the first place where the chain does not hold, or None when it is whole."""
    return first_break(chain(session), known=known)


def last_check(session: Session) -> Checked | None:
    """Give the last verification that was written down, None before the first."""
    row = session.scalars(select(AuditCheck).order_by(AuditCheck.id.desc()).limit(1)).first()
    return None if row is None else _checked(row)


def last_sound_head(session: Session) -> Head | None:
    """Give the end of the chain as the last sound verification saw it."""
    sound = select(AuditCheck).where(AuditCheck.broken_at.is_(None))
    row = session.scalars(sound.order_by(AuditCheck.id.desc()).limit(1)).first()
    return None if row is None else _checked(row).head


def _checked(row: AuditCheck) -> Checked:
    return Checked(
        at=row.checked_at,
        head=Head(number=row.head_number, hash=row.head_hash),
        broken_at=row.broken_at,
    )


def entries_of_subject(
    session: Session, subject_kind: str, subject_id: int, *, limit: int = 100
) -> list[Entry]:
    """List what was done to one thing, the latest first.

    The caller has checked that its viewer may see the thing.
    """
    wanted = (
        _ALL.where(AuditEntry.subject_kind == subject_kind, AuditEntry.subject_id == subject_id)
        .order_by(None)
        .order_by(AuditEntry.number.desc())
        .limit(limit)
    )
    return [_link(row).entry for row in session.execute(wanted)]


def entries_of_campaign(session: Session, campaign_id: int, *, limit: int = 100) -> list[Entry]:
    """List what was done in one campaign, the latest first.

    The caller has checked that its viewer may see the campaign.
    """
    wanted = (
        _ALL.where(AuditEntry.campaign_id == campaign_id)
        .order_by(None)
        .order_by(AuditEntry.number.desc())
        .limit(limit)
    )
    return [_link(row).entry for row in session.execute(wanted)]


def _link(row: Row[tuple[object, ...]]) -> ChainedEntry:
    return ChainedEntry(
        entry=Entry(
            number=row.number,
            at=row.at,
            actor_id=row.actor_id,
            action=row.action,
            subject_kind=row.subject_kind,
            subject_id=row.subject_id,
            campaign_id=row.campaign_id,
            coalition_id=row.coalition_id,
            detail=row.detail,
        ),
        prev_hash=row.prev_hash,
        hash=row.hash,
    )
