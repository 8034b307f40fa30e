"""Facts: what a feature answers when the route asks how far a campaign is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class FactState(StrEnum):
    """How far something that can prove a step has come."""

    NONE = "none"
    WAITING = "waiting"
    RETURNED = "returned"
    PRESENT = "present"


class Fact(NamedTuple):
    """Something true about a campaign that a feature can answer.

    A named tuple and not a dataclass because the lists of a coalition make a quarter of a
    million of them, and it is made three times faster.
    """

    state: FactState = FactState.NONE
    count: int = 0  # type: ignore[assignment]  # Nobody counts the items of a fact.
    value: str | None = None
    at: date | None = None
    note: str | None = None


Facts = Mapping[str, Fact]
