"""The steps of a route on which nothing is locked, for tests that do not ask about the route."""

from __future__ import annotations


class EveryStep:
    """Contains the key of every step, except of one that a test may lock."""

    def __init__(self, locked: str = "") -> None:
        self.locked = locked

    def __contains__(self, key: object) -> bool:
        return key != self.locked
