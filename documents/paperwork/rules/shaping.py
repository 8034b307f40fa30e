"""How a scan is turned and cropped, and in which order scans lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MOST_CUT = 45
"""Percent of one edge: between two opposite ones a tenth of the page always stays."""
TURNS = (0, 90, 180, 270)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a scan is shown: turned clockwise by degrees, then cut by percent of each edge."""

    turn: int = 0
    left: int = 0
    top: int = 0
    right: int = 0
    bottom: int = 0

    @property
    def is_plain(self) -> bool:
        """Say whether nothing is done to it."""
        return self == Shape()

    @property
    def crop(self) -> list[int]:
        """Give the four edges as they are kept."""
        return [self.left, self.top, self.right, self.bottom]


PRESETS: Mapping[str, Shape] = {
    "whole": Shape(),
    "narrow": Shape(left=5, top=5, right=5, bottom=5),
    "wide": Shape(left=12, top=12, right=12, bottom=12),
}


def read_shape(given: Mapping[str, str]) -> Shape | None:
    """Read a shape as it was typed; None when a number is none, or cuts too much."""
    edges = [_percent(given.get(name, "")) for name in ("left", "top", "right", "bottom")]
    turn = given.get("turn", "0")
    if turn not in map(str, TURNS) or None in edges:
        return None
    preset = PRESETS.get(given.get("preset", ""))
    if preset is not None:
        edges = list(preset.crop)
    left, top, right, bottom = (edge or 0 for edge in edges)
    return Shape(turn=int(turn), left=left, top=top, right=right, bottom=bottom)


def _percent(text: str) -> int | None:
    bare = text.strip().removesuffix("%").strip() or "0"
    if not (bare.isascii() and bare.isdigit() and len(bare) < 3):
        return None
    return int(bare) if int(bare) <= MOST_CUT else None


def moved(ids: Sequence[int], which: int, *, up: bool) -> list[int]:
    """Give the order with one moved by one place; at the end of the row it stays where it is."""
    order = list(ids)
    at = order.index(which)
    to = max(at - 1, 0) if up else min(at + 1, len(order) - 1)
    order[at], order[to] = order[to], order[at]
    return order
