"""The metro map turned on its side: counts as stacked carriages, one stack a station."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

TALLEST = 6
"""Carriages in the highest stack."""
CARRIAGE, GAP = 12, 2
WIDTH, HEIGHT = 40, TALLEST * (CARRIAGE + GAP)
"""Of the drawing of a stack, in its own units; static/css/carriages.css gives it its size."""
SLIVER = 1.5
UNITS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """A station with how many stand at it; ``line`` is one of the four lines, or ``ink``.

    ``red`` of the ``count`` stand in red; ``red_text`` says so in words. Addresses are None where
    nothing is to be opened.
    """

    title: str
    full_title: str
    line: str
    line_title: str
    count: int
    href: str | None
    red: int = 0
    red_text: str = ""
    red_href: str | None = None


class Piece(NamedTuple):
    """A rectangle of a stack, from the top down, as it stands in the drawing."""

    y: str
    height: str
    is_red: bool


class Stack(NamedTuple):
    """A station and its carriages from the rails upwards."""

    stand: Stand
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """The stations of one map, in the order they are travelled."""

    stands: tuple[Stand, ...]

    @property
    def unit(self) -> int:
        """How many one carriage stands for."""
        return unit_of([stand.count for stand in self.stands])

    def stacks(self) -> tuple[Stack, ...]:
        """Every station with its drawing."""
        unit = self.unit
        return tuple(Stack(stand, _pieces(stand.count, stand.red, unit)) for stand in self.stands)


def unit_of(counts: Sequence[int]) -> int:
    """Give how many one carriage stands for, so that the highest stack fits."""
    most = max(counts, default=0)
    return next((unit for unit in UNITS if most <= unit * TALLEST), -(-most // TALLEST))


@lru_cache(maxsize=4096)
def _pieces(count: int, red: int, unit: int) -> tuple[Piece, ...]:
    return tuple(_stacked(count, min(red, count), unit))


def _stacked(count: int, red: int, unit: int) -> Iterator[Piece]:
    """Give full carriages and a last one that is filled in part; the red stand at the bottom."""
    floor = float(HEIGHT)
    for first in range(0, count, unit):
        held = min(unit, count - first)
        held_red = min(max(red - first, 0), held)
        for people, is_red in ((held_red, True), (held - held_red, False)):
            if people:
                height = max(CARRIAGE * people / unit, SLIVER)
                floor -= height
                yield Piece(f"{floor:.1f}", f"{height:.1f}", is_red)
        floor -= GAP
