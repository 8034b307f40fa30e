"""Who collects well and who badly, and how sure one can be of it after so few signatures."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Z_95 = 1.959963984540054
PRIOR_STRENGTH = 10
"""The coalition's own assumption: a newcomer weighs as ten signatures of the campaign's average."""


class Judgement(StrEnum):
    """What the numbers of one collector say beside everybody's."""

    TOO_FEW = "too_few"
    WORSE = "worse"
    LIKE_OTHERS = "like_others"
    BETTER = "better"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Signatures somebody brought and how many of them have a defect."""

    signed: int
    defective: int

    def __add__(self, other: Tally) -> Tally:
        return Tally(signed=self.signed + other.signed, defective=self.defective + other.defective)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share of defects with the interval in which it lies 19 times of 20; each in 0..1."""

    value: float
    low: float
    high: float


NOTHING = Tally(signed=0, defective=0)


def share_of(tally: Tally) -> Share | None:
    """Give the share of defects with Wilson's interval, None when nothing was signed.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference,
    JASA 22 (1927).
    """
    n = tally.signed
    if n == 0:
        return None
    p, z2 = tally.defective / n, Z_95**2
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z_95 * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return Share(value=p, low=max(0.0, middle - half), high=min(1.0, middle + half))


def judge(mine: Tally, everybody: Tally) -> Judgement:
    """Compare one collector with all the others; only a whole interval on one side decides."""
    others = Tally(
        signed=everybody.signed - mine.signed, defective=everybody.defective - mine.defective
    )
    own, rest = share_of(mine), share_of(others)
    if own is None or rest is None:
        return Judgement.TOO_FEW
    if own.low > rest.value:
        return Judgement.WORSE
    if own.high < rest.value:
        return Judgement.BETTER
    return Judgement.TOO_FEW if own.high - own.low > 0.5 else Judgement.LIKE_OTHERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """A share that is not known, as a beta distribution."""

    alpha: float
    beta: float

    @property
    def mean(self) -> float:
        """The share one expects."""
        return self.alpha / (self.alpha + self.beta)


def beliefs(tallies: Mapping[int, Tally], *, missed: float) -> dict[int, Belief]:
    """Give for each collector what share of the rows we call good the commission may refuse.

    ``missed`` says how many defects our own check overlooks for each one it finds (a house
    assumption, shown as such): somebody with many found defects has more hidden ones.
    """
    everybody = sum(tallies.values(), NOTHING)
    average = (everybody.defective + 1) / (everybody.signed + PRIOR_STRENGTH)
    return {key: _belief(tally, average, missed) for key, tally in tallies.items()}


def _belief(tally: Tally, average: float, missed: float) -> Belief:
    strength = PRIOR_STRENGTH + tally.signed
    found = (average * PRIOR_STRENGTH + tally.defective) / strength
    hidden = min(0.99, max(0.0001, found * missed))
    return Belief(alpha=hidden * strength, beta=(1 - hidden) * strength)
