"""Which sheets to hand in: as many as the law lets through, and those most likely to pass.

The number of signatures the commission refuses among a collector's rows follows a beta-binomial
distribution, for one careless hand spoils many rows at once; collectors are independent. The
chance is computed from these distributions exactly; beyond ``EXACT_ROWS`` rows by a normal curve.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from documents.signatures.rules.quality import Belief
from documents.signatures.rules.requirement import Requirement

EXACT_ROWS = 1500
EXACT_WORK = 400_000
MOST_JUDGED = 24
"""So many sets are judged at most; more would not change what one hands in."""


_Taken = tuple[int, Any]
"""The place of a sheet and what was taken before it, or None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """When a check fails though enough signatures are good."""

    bad_percent: int
    from_required: int
    """The share counts only from this required number on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """A sheet that could be handed in: its good rows and whose they are."""

    sheet_id: int
    rows: int
    collector_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What to hand in."""

    sheets: tuple[int, ...]
    total: int
    """Signatures handed in."""
    expected: float
    """Signatures that one expects to pass."""
    needed: int
    """Signatures that have to pass so that the check is passed."""
    chance: float
    """0..1"""


def needed_of(total: int, required: int, refusal: Refusal | None) -> int:
    """Give how many of ``total`` signatures have to be good for the check to be passed."""
    if refusal is None or required < refusal.from_required:
        return required
    # The largest number of bad ones with bad * 100 < percent * total.
    bad = (refusal.bad_percent * total - 1) // 100
    return max(required, total - bad)


def choose(
    piles: Sequence[Pile],
    *,
    requirement: Requirement,
    beliefs: Mapping[int, Belief],
    refusal: Refusal | None = None,
) -> Choice | None:
    """Give the sheets with the best chance, None when there is nothing to hand in.

    Never more signatures than the maximum. Of equal chances the one with more signatures wins.
    """
    usable = [pile for pile in piles if 0 < pile.rows <= requirement.maximum]
    if not usable:
        return None
    offered = _offers(usable, requirement, beliefs)
    found = [_judge(offer, requirement, beliefs, refusal) for offer in offered]
    return max(found, key=lambda one: (round(one.chance, 6), one.total, one.expected))


def chance_of(
    piles: Sequence[Pile],
    *,
    required: int,
    beliefs: Mapping[int, Belief],
    refusal: Refusal | None = None,
) -> float:
    """Give the chance, 0..1, that these sheets pass the check."""
    rows: dict[int, int] = defaultdict(int)
    for pile in piles:
        rows[pile.collector_id] += pile.rows
    total = sum(rows.values())
    spare = total - needed_of(total, required, refusal)
    if spare < 0:
        return 0.0
    if total > EXACT_ROWS:
        return _normal(rows, beliefs, spare)
    refused = [1.0]
    for collector_id in sorted(rows):
        refused = _convolve(refused, _pmf(rows[collector_id], beliefs[collector_id]), spare)
    return min(1.0, math.fsum(refused))


def _judge(
    piles: Sequence[Pile],
    requirement: Requirement,
    beliefs: Mapping[int, Belief],
    refusal: Refusal | None,
) -> Choice:
    total = sum(pile.rows for pile in piles)
    return Choice(
        sheets=tuple(sorted(pile.sheet_id for pile in piles)),
        total=total,
        expected=sum(_expected(pile, beliefs) for pile in piles),
        needed=needed_of(total, requirement.required, refusal),
        chance=chance_of(piles, required=requirement.required, beliefs=beliefs, refusal=refusal),
    )


def _expected(pile: Pile, beliefs: Mapping[int, Belief]) -> float:
    return pile.rows * (1 - beliefs[pile.collector_id].mean)


def _offers(
    piles: Sequence[Pile], requirement: Requirement, beliefs: Mapping[int, Belief]
) -> list[list[Pile]]:
    """Give sets worth judging: for each total the one with most expected to pass."""
    best = sorted(
        piles,
        key=lambda pile: (beliefs[pile.collector_id].mean, -pile.rows, pile.sheet_id),
    )
    if len(piles) * requirement.maximum > EXACT_WORK:
        totals = _spread(range(requirement.required, requirement.maximum + 1))
        return [taken for total in totals if (taken := _filled(best, total))]
    return _packed(best, requirement, beliefs)


def _spread(totals: Sequence[int]) -> list[int]:
    """Give the ends and, when there are too many between, some of them evenly."""
    if len(totals) <= MOST_JUDGED:
        return list(totals)
    last = len(totals) - 1
    return [totals[last * step // (MOST_JUDGED - 1)] for step in range(MOST_JUDGED)]


def _filled(piles: Sequence[Pile], room: int) -> list[Pile]:
    taken: list[Pile] = []
    for pile in piles:
        if pile.rows <= room:
            taken.append(pile)
            room -= pile.rows
    return taken


def _packed(
    piles: Sequence[Pile], requirement: Requirement, beliefs: Mapping[int, Belief]
) -> list[list[Pile]]:
    """Give, for each total that can be reached, the sheets with most expected to pass.

    Totals below the required number are kept only when nothing reaches it.
    """
    worth: list[float | None] = [0.0, *([None] * requirement.maximum)]
    # What was taken hangs together backwards, so that taking one more copies nothing.
    taken: list[_Taken | None] = [None] * (requirement.maximum + 1)
    for place, pile in enumerate(piles):
        gain = _expected(pile, beliefs)
        for total in range(requirement.maximum, pile.rows - 1, -1):
            before = worth[total - pile.rows]
            now = worth[total]
            if before is not None and (now is None or before + gain > now + 1e-12):
                worth[total] = before + gain
                taken[total] = (place, taken[total - pile.rows])
    reached = [total for total in range(1, requirement.maximum + 1) if worth[total] is not None]
    enough = [total for total in reached if total >= requirement.required]
    return [
        [piles[place] for place in _places(taken[total])]
        for total in _spread(enough or reached[-1:])
    ]


def _places(taken: _Taken | None) -> Iterator[int]:
    while taken is not None:
        place, taken = taken
        yield place


@lru_cache(maxsize=512)
def _pmf(rows: int, belief: Belief) -> list[float]:
    """Give how likely 0..rows refused ones are."""
    a, b = belief.alpha, belief.beta
    base = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    tail = math.lgamma(rows + 1) - math.lgamma(rows + a + b)
    return [
        math.exp(
            base
            + tail
            + math.lgamma(k + a)
            + math.lgamma(rows - k + b)
            - math.lgamma(k + 1)
            - math.lgamma(rows - k + 1)
        )
        for k in range(rows + 1)
    ]


def _convolve(left: Sequence[float], right: Sequence[float], longest: int) -> list[float]:
    """Give the sum's distribution up to ``longest``: what lies beyond is a failed check."""
    size = min(len(left) + len(right) - 1, longest + 1)
    found = [0.0] * size
    for i, p in enumerate(left[:size]):
        for j, q in enumerate(right[: size - i]):
            found[i + j] += p * q
    return found


def _normal(rows: Mapping[int, int], beliefs: Mapping[int, Belief], spare: int) -> float:
    mean = variance = 0.0
    for collector_id, count in rows.items():
        belief = beliefs[collector_id]
        strength = belief.alpha + belief.beta
        mean += count * belief.mean
        variance += count * belief.mean * (1 - belief.mean) * (strength + count) / (strength + 1)
    if variance == 0:
        return float(mean <= spare)
    return 0.5 * math.erfc((mean - spare - 0.5) / math.sqrt(2 * variance))
