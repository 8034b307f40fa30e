"""How long to wait between attempts, and which periods repeating work falls into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

MAX_ATTEMPTS = 18
FIRST_DELAY = timedelta(seconds=10)
LONGEST_DELAY = timedelta(hours=6)
LEASE = timedelta(seconds=30)

Scalar = str | int | bool | None
Payload = Mapping[str, Scalar]
FAILURES = "~failures"
"""Kept beside what was asked for, and never shown to a handler: attempts that ended by failing."""


def delay_after(attempts: int, *, spread: float = 0.0) -> timedelta:
    """Give the pause after this many attempts: 10 s doubling up to 6 h.

    ``spread`` from 0 to 1 lengthens it by up to a quarter, so that jobs which failed together do
    not all come back together. Eighteen attempts cover about a day and a half.
    """
    doubled = FIRST_DELAY * (1 << min(max(attempts - 1, 0), 20))
    return min(doubled, LONGEST_DELAY) * (1 + spread / 4)


def asked_for(stored: Payload) -> Payload:
    """Give a payload as it was asked for, without what is counted beside it."""
    return {key: value for key, value in stored.items() if key != FAILURES}


def failures_of(stored: Payload, *, attempts: int) -> int:
    """Give how many of the attempts made so far have failed; in the others the worker died.

    A job that was given a fresh set of attempts has no failures but those of the new ones.
    """
    return min(int(stored.get(FAILURES) or 0), attempts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Periodic:
    """Work that comes back every ``every``, counted from ``at`` o'clock UTC.

    A period's job exists once, whoever asks for it; a period missed while the program was down
    is made up for when it comes back, but only the latest one.
    """

    kind: str
    every: timedelta = timedelta(days=1)
    at: time = time(0, 0)
    payload: Payload = field(default_factory=dict)

    def period_start(self, now: datetime) -> datetime:
        """Give the start of the period that ``now`` lies in."""
        origin = datetime.combine(datetime(2024, 1, 1, tzinfo=UTC), self.at, tzinfo=UTC)
        return origin + (now - origin) // self.every * self.every

    def unique_key(self, now: datetime) -> str:
        """Give the key that makes this period's job the only one."""
        return f"{self.kind}@{self.period_start(now).isoformat(timespec='seconds')}"
