"""Signing in by password and second factor, with brakes on guessing.

Refusals are given back as values here: raising would roll the counted failure back.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import token_hex

import pyotp
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.access import Viewer
from app.accounts.commands.sessions import LONGEST_DEVICE, rotate_session, start_session
from app.accounts.errors import code_refused, sign_in_locked, sign_in_refused
from app.accounts.events import RecoveryCodeUsed, SecondFactorChanged, SignedIn
from app.accounts.models import Person, RecoveryCode, SignIn, SignInLock
from app.accounts.rules.identity import login_of
from app.accounts.rules.sign_in import (
    FREE_TRIES_LOGIN,
    FREE_TRIES_NETWORK,
    RECOVERY_CODES,
    Failures,
    after_failure,
    totp_step,
)
from app.db import record
from app.errors import Missing, Refused
from app.sealing import Seal

RECOVERY_CODE_BYTES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try to sign in: the login as entered, and the network prefix it comes from."""

    login: str
    network: str
    device: str

    @property
    def keys(self) -> tuple[tuple[str, int], ...]:
        """Give the brakes this try counts against, with their free tries."""
        return (
            (lock_key("login", login_of(self.login)), FREE_TRIES_LOGIN),
            (lock_key("network", self.network), FREE_TRIES_NETWORK),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a password is compared with."""

    person_id: int
    password_hash: str | None


def lock_key(kind: str, subject: str) -> str:
    """Give the key under which failures of a login, network or person are counted."""
    return f"{kind}:{sha256(subject.encode('utf-8', 'surrogatepass')).hexdigest()}"


def find_account(session: Session, login: str) -> Account | None:
    """Give the account of a login that could sign in now, None when there is none."""
    row = session.execute(
        select(Person.id, Person.password_hash).where(
            Person.login == login_of(login), Person.suspended_at.is_(None)
        )
    ).one_or_none()
    return Account(person_id=row.id, password_hash=row.password_hash) if row else None


def braked(session: Session, keys: tuple[tuple[str, int], ...], *, now: datetime) -> Refused | None:
    """Give the refusal when one of the brakes holds, None when a try may be made."""
    waits = [
        wait for key, _ in keys if (wait := _failures(session, key).locked_for(now)) is not None
    ]
    if not waits:
        return None
    return sign_in_locked(max(1, -(-int(max(waits).total_seconds()) // 60)))


def conclude_sign_in(
    session: Session, attempt: Attempt, account: Account | None, *, matched: bool, now: datetime
) -> str | Refused:
    """Give the token of a new session, or the refusal after counting the failure.

    ``matched`` is the outcome of comparing the password, which takes long and therefore happens
    before this transaction. The brakes are looked at again, because tries run in parallel.
    """
    if brake := braked(session, attempt.keys, now=now):
        return brake
    if account is None or not matched:
        for key, free in attempt.keys:
            _count_failure(session, key, free_tries=free, now=now)
        return sign_in_refused()
    _forget_failures(session, attempt.keys[0][0])
    fresh = _is_new_device(session, account.person_id, attempt.device)
    record(session, SignedIn(person_id=account.person_id, new_device=fresh, at=now))
    return start_session(session, account.person_id, device=attempt.device, now=now)


def _is_new_device(session: Session, person_id: int, device: str) -> bool:
    known = select(SignIn.id).where(
        SignIn.person_id == person_id, SignIn.device == device[:LONGEST_DEVICE]
    )
    return session.scalar(known.limit(1)) is None


def begin_second_factor(session: Session, viewer: Viewer, *, seal: Seal) -> None:
    """Make a secret for a person who wants or owes a second factor; an unfinished one is kept.

    One that can't be opened any more, because the program's key was changed, is replaced.
    """
    person = _myself(session, viewer)
    if person.totp_confirmed_at is None and not seal.open(person.totp_secret or ""):
        person.totp_secret = seal.close(pyotp.random_base32())


def set_up_second_factor(
    session: Session, viewer: Viewer, token: str, code: str, *, seal: Seal, now: datetime
) -> tuple[str, tuple[str, ...]] | Refused:
    """Finish setting up with a first code; give the rotated token and the recovery codes."""
    person = _myself(session, viewer)
    if person.totp_secret is None or person.totp_confirmed_at is not None:
        return code_refused()
    refusal = _take_code(session, person, code, seal=seal, now=now)
    if refusal is not None:
        return refusal
    person.totp_confirmed_at = now
    codes = _new_recovery_codes(session, person.id, seal)
    record(session, SecondFactorChanged(person_id=person.id, on=True, at=now))
    return rotate_session(session, token, now=now, second_factor=True), codes


def pass_second_factor(
    session: Session, viewer: Viewer, token: str, code: str, *, seal: Seal, now: datetime
) -> str | Refused:
    """Take a code of the app or a recovery code; give the rotated token of the session."""
    person = _myself(session, viewer)
    if person.totp_secret is None or person.totp_confirmed_at is None:
        return code_refused()
    if _take_recovery_code(session, person, code, seal=seal, now=now):
        record(session, RecoveryCodeUsed(person_id=person.id, at=now))
    else:
        refusal = _take_code(session, person, code, seal=seal, now=now)
        if refusal is not None:
            return refusal
    return rotate_session(session, token, now=now, second_factor=True)


def remove_second_factor(
    session: Session, viewer: Viewer, code: str, *, seal: Seal, now: datetime
) -> Refused | None:
    """Take the second factor away after one more code; None when it is done.

    Those whose roles oblige them are asked to set a new one up at once.
    """
    person = _myself(session, viewer)
    if person.totp_confirmed_at is None:
        return None
    refusal = _take_code(session, person, code, seal=seal, now=now)
    if refusal is not None:
        return refusal
    clear_second_factor(session, person)
    record(session, SecondFactorChanged(person_id=person.id, on=False, at=now))
    return None


def clear_second_factor(session: Session, person: Person) -> None:
    """Forget the secret and the recovery codes; who may ask for that, the caller has checked."""
    person.totp_secret = person.totp_confirmed_at = person.totp_last_step = None
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))


def _take_code(
    session: Session, person: Person, code: str, *, seal: Seal, now: datetime
) -> Refused | None:
    keys = ((lock_key("code", str(person.id)), FREE_TRIES_LOGIN),)
    if brake := braked(session, keys, now=now):
        return Refused("code", brake.message, **brake.params)
    step = _matching_step(person, code, seal=seal, now=now)
    if step is None:
        _count_failure(session, keys[0][0], free_tries=keys[0][1], now=now)
        return code_refused()
    _forget_failures(session, keys[0][0])
    person.totp_last_step = step
    return None


def _matching_step(person: Person, code: str, *, seal: Seal, now: datetime) -> int | None:
    digits = "".join(code.split())
    if len(digits) != 6 or not digits.isascii() or not digits.isdigit():
        return None
    secret = seal.open(person.totp_secret or "")
    if not secret:
        # Sealed with a key that is gone: only a recovery code or an operator helps now.
        return None
    totp = pyotp.TOTP(secret)
    here = totp_step(now)
    # One step either way: phones' clocks are a little off, and typing takes time.
    for step in (here, here - 1, here + 1):
        fresh = person.totp_last_step is None or step > person.totp_last_step
        if fresh and hmac.compare_digest(totp.generate_otp(step), digits):
            return step
    return None


def _new_recovery_codes(session: Session, person_id: int, seal: Seal) -> tuple[str, ...]:
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    plain = tuple(token_hex(RECOVERY_CODE_BYTES) for _ in range(RECOVERY_CODES))
    session.add_all(
        RecoveryCode(person_id=person_id, code_hash=_recovery_mark(seal, person_id, code))
        for code in plain
    )
    return tuple(f"{code[:5]}-{code[5:]}" for code in plain)


def _take_recovery_code(
    session: Session, person: Person, code: str, *, seal: Seal, now: datetime
) -> bool:
    plain = "".join(code.split()).replace("-", "").casefold()
    if len(plain) != 2 * RECOVERY_CODE_BYTES:
        return False
    if braked(session, ((lock_key("code", str(person.id)), FREE_TRIES_LOGIN),), now=now):
        return False
    taken = session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.person_id == person.id,
            RecoveryCode.code_hash == _recovery_mark(seal, person.id, plain),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now)
        .returning(RecoveryCode.id)
    )
    return taken.first() is not None


def _recovery_mark(seal: Seal, person_id: int, plain: str) -> str:
    # Forty bits are few enough to try out against a plain hash; against a keyed one they are not.
    return seal.mark("recovery code", person_id, plain)


def _myself(session: Session, viewer: Viewer) -> Person:
    person = session.get(Person, viewer.person_id) if viewer.person_id is not None else None
    if person is None:
        raise Missing
    return person


def _failures(session: Session, key: str) -> Failures:
    found = session.get(SignInLock, key)
    if found is None:
        return Failures()
    return Failures(
        count=found.failures, last_at=found.last_failed_at, locked_until=found.locked_until
    )


def _count_failure(session: Session, key: str, *, free_tries: int, now: datetime) -> None:
    found = session.get(SignInLock, key, with_for_update=True)
    after = after_failure(_failures(session, key), free_tries=free_tries, now=now)
    if found is None:
        found = SignInLock(key=key)
        session.add(found)
    found.failures = after.count
    found.last_failed_at = now
    found.locked_until = after.locked_until
    session.flush()


def _forget_failures(session: Session, key: str) -> None:
    session.execute(delete(SignInLock).where(SignInLock.key == key))
