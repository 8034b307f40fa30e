"""Writing letters into the outbox, and noting what became of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.ids import new_token
from app.jobs.commands import enqueue
from app.mail.models import StoredLetter, SuppressedAddress
from app.mail.rules import address_hash, clean_address, clean_subject

SEND = "mail.send"
KEEP_LETTERS = timedelta(days=30)


def send_letter(
    session: Session,
    *,
    to: str,
    language: str,
    subject: str,
    text: str,
    html: str | None = None,
    now: datetime,
    once_key: str | None = None,
) -> int | None:
    """Write a letter in this transaction and queue the job that sends it; give its number.

    One call, one recipient. With ``once_key``, a letter of that key is written only once and
    later calls return None; the key is remembered for 30 days.
    Raises Refused("email") for an address no server would take, and Refused(None) for a subject
    that is empty or more than one line.
    """
    values: dict[str, object] = {
        "token": new_token(),
        "once_key": once_key,
        "to_address": clean_address(to),
        "language": language,
        "subject": clean_subject(subject),
        "text": text,
        "html": html,
        "created_at": now,
    }
    letter_id = _insert_once(session, values) if once_key else _insert(session, values)
    if letter_id is not None:
        enqueue(session, SEND, {"letter": letter_id}, run_at=now)
    return letter_id


def mark_sent(session: Session, letter_id: int, *, wipe: bool, now: datetime) -> None:
    """Note that a letter was handed over; ``wipe`` removes its text, which is ours no longer."""
    values: dict[str, object] = {"sent_at": now}
    if wipe:
        values |= {"text": "", "html": None}
    session.execute(update(StoredLetter).where(StoredLetter.id == letter_id).values(values))


def mark_refused(session: Session, letter_id: int, *, reason: str, now: datetime) -> None:
    """Note that a letter will never be sent."""
    session.execute(
        update(StoredLetter)
        .where(StoredLetter.id == letter_id)
        .values(refused_at=now, refusal=reason, text="", html=None)
    )


def suppress(session: Session, address: str, *, reason: str, now: datetime) -> None:
    """Write nothing more to this address."""
    key = address_hash(address)
    if session.get(SuppressedAddress, key) is None:
        session.add(SuppressedAddress(address_hash=key, reason=reason, since=now))
        session.flush()


def lift_suppression(session: Session, address: str) -> bool:
    """Allow letters to this address again; False when it was not suppressed."""
    return (
        session.execute(
            delete(SuppressedAddress)
            .where(SuppressedAddress.address_hash == address_hash(address))
            .returning(SuppressedAddress.address_hash)
        ).first()
        is not None
    )


def delete_old_letters(session: Session, *, now: datetime) -> int:
    """Delete letters written more than 30 days ago; give how many."""
    old = delete(StoredLetter).where(StoredLetter.created_at < now - KEEP_LETTERS)
    return len(session.execute(old.returning(StoredLetter.id)).all())


def _insert(session: Session, values: dict[str, object]) -> int:
    return session.execute(
        insert(StoredLetter).values(values).returning(StoredLetter.id)
    ).scalar_one()


def _insert_once(session: Session, values: dict[str, object]) -> int | None:
    known = select(StoredLetter.id).where(StoredLetter.once_key == values["once_key"])
    if session.scalar(known) is not None:
        return None
    try:
        with session.begin_nested():
            return _insert(session, values)
    except IntegrityError:
        return None
