"""What a handler raises to say how its job goes on."""

from __future__ import annotations

from datetime import timedelta


class TryLater(Exception):
    """The job could not be done now and is worth another attempt.

    ``reason`` is a code without personal data; ``after`` overrides the growing delay.
    """

    def __init__(self, reason: str, *, after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after = after


class GiveUp(Exception):
    """The job can never be done; ``reason`` is a code without personal data."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
