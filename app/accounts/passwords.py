"""Hashing of passwords with argon2id; slow on purpose, so never inside a writing transaction."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.accounts.rules.identity import LONGEST_PASSWORD, check_password

# 19 MiB, two passes, one lane: the least OWASP recommends, about 76 ms on the target machine.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def hash_password(password: str, *, login: str | None = None) -> str:
    """Give the hash of a new password; raises Refused("password") for a poor one."""
    check_password(password, login=login)
    return _HASHER.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Say whether the password is the one; takes as long when there is no account (None)."""
    if len(password) > LONGEST_PASSWORD:
        return False
    try:
        right = _HASHER.verify(password_hash or _nobodys_hash(), password)
    except (VerificationError, InvalidHashError):
        return False
    return right and password_hash is not None


@cache
def _nobodys_hash() -> str:
    return _HASHER.hash("the password of nobody")
