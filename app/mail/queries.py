"""Letters in the outbox, for the job that sends them and for the demo's mailbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import Missing
from app.mail.messages import Outgoing
from app.mail.models import StoredLetter, SuppressedAddress
from app.mail.rules import address_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxRow:
    """A letter in the list of the demo's mailbox."""

    id: int
    to_address: str
    language: str
    subject: str
    created_at: datetime
    state: str
    """waiting | sent | refused."""


def find_waiting(session: Session, letter_id: int) -> Outgoing | None:
    """Give a letter that is neither sent nor refused, or None."""
    letter = session.get(StoredLetter, letter_id)
    if letter is None or letter.sent_at is not None or letter.refused_at is not None:
        return None
    return _outgoing(letter)


def is_suppressed(session: Session, address: str) -> bool:
    """Say whether this address refused our mail for good."""
    return session.get(SuppressedAddress, address_hash(address)) is not None


def mailbox(
    session: Session, *, to: str = "", before: int | None = None, limit: int = 50
) -> list[MailboxRow]:
    """List letters, the latest first; ``to`` narrows to addresses that contain it."""
    wanted = select(StoredLetter).order_by(StoredLetter.id.desc()).limit(limit)
    if to:
        wanted = wanted.where(
            func.lower(StoredLetter.to_address).contains(to.lower(), autoescape=True)
        )
    if before is not None:
        wanted = wanted.where(StoredLetter.id < before)
    return [_row(letter) for letter in session.scalars(wanted)]


def get_letter(session: Session, letter_id: int) -> tuple[MailboxRow, Outgoing]:
    """Give one letter.

    Raises Missing.
    """
    letter = session.get(StoredLetter, letter_id)
    if letter is None:
        raise Missing()
    return _row(letter), _outgoing(letter)


def waiting_since(session: Session) -> datetime | None:
    """Give when the letter that has waited longest was written, or None."""
    return session.scalar(
        select(func.min(StoredLetter.created_at)).where(
            StoredLetter.sent_at.is_(None), StoredLetter.refused_at.is_(None)
        )
    )


def _outgoing(letter: StoredLetter) -> Outgoing:
    return Outgoing(
        id=letter.id,
        token=letter.token,
        to_address=letter.to_address,
        language=letter.language,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        created_at=letter.created_at,
    )


def _row(letter: StoredLetter) -> MailboxRow:
    sent = "sent" if letter.sent_at is not None else "waiting"
    return MailboxRow(
        id=letter.id,
        to_address=letter.to_address,
        language=letter.language,
        subject=letter.subject,
        created_at=letter.created_at,
        state="refused" if letter.refused_at is not None else sent,
    )
