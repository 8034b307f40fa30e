"""What is still needed, and how many that is a day."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from documents.signatures.rules.quality import NOTHING, Tally, share_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How the collecting goes."""

    target: int
    good: int
    days_left: int | None
    """Counting today; None while the last day is not known."""
    to_collect: int
    """Signatures still to be collected, with those that will turn out bad."""
    per_day: int | None
    """Today's share of them; None without a last day, or after it."""

    @property
    def is_enough(self) -> bool:
        """Whether the target is reached."""
        return self.good >= self.target


def pace(*, target: int, good: int, tally: Tally = NOTHING, today: date, last: date | None) -> Pace:
    """Give what is left to collect of ``target`` good signatures until ``last``, that day included.

    Some of what comes in will have defects: the count grows by the share seen so far.
    """
    missing = max(0, target - good)
    share = share_of(tally)
    bad = min(0.9, share.value) if share else 0.0
    to_collect = math.ceil(missing / (1 - bad)) if missing else 0
    days = None if last is None else max(0, (last - today).days + 1)
    return Pace(
        target=target,
        good=good,
        days_left=days,
        to_collect=to_collect,
        per_day=math.ceil(to_collect / days) if days else None,
    )
