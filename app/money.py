"""Money: whole minor units and a currency, never a fraction of a kopeck or a penny."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import total_ordering

MINOR_PER_MAJOR = 100
MOST_MINOR = 10**15
"""No sum of ours comes near; it keeps every sum of sums inside the database's integers."""
_TYPED = re.compile(r"(\d{1,13})(?:[.,](\d{1,2}))?")
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]")
_SIGNS = re.compile(r"^[£₽]|(?:₽|р\.?|руб\.?)$")


class OtherCurrency(ValueError):
    """Sums of different currencies were put together."""


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """A sum; ``amount_minor`` counts kopecks or pence and may be negative in a ledger."""

    amount_minor: int
    currency: str

    def __post_init__(self) -> None:
        """Refuse what is no whole number of minor units of a known-looking currency."""
        if isinstance(self.amount_minor, bool) or not isinstance(self.amount_minor, int):
            raise TypeError("money is counted in whole minor units")
        if abs(self.amount_minor) > MOST_MINOR:
            raise ValueError("no sum is that large")
        if len(self.currency) != 3 or not (self.currency.isascii() and self.currency.isupper()):
            raise ValueError(f"not a currency: {self.currency!r}")

    def __add__(self, other: Money) -> Money:
        """Give the sum of two amounts of one currency."""
        return Money(self.amount_minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        """Give the difference of two amounts of one currency."""
        return Money(self.amount_minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        """Give the same sum with the other sign: the other side of an entry."""
        return Money(-self.amount_minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        """Compare amounts of one currency."""
        return self.amount_minor < self._same(other)

    def __bool__(self) -> bool:
        """Say whether there is any."""
        return self.amount_minor != 0

    def _same(self, other: Money) -> int:
        if self.currency != other.currency:
            raise OtherCurrency(f"{self.currency} and {other.currency}")
        return other.amount_minor


def total(sums: Iterable[Money], currency: str) -> Money:
    """Give the sum of sums of one currency; nothing of it when there are none."""
    found = Money(0, currency)
    for each in sums:
        found += each
    return found


def read_amount(typed: str, currency: str) -> Money | None:
    """Give the sum a person typed ("1 000", "12,50", "£5"), or None when it is not one."""
    bare = _SIGNS.sub("", _SPACES.sub("", typed)).strip()
    found = _TYPED.fullmatch(bare)
    if found is None or not bare.isascii():
        return None
    whole, part = found[1], (found[2] or "").ljust(2, "0")
    return Money(int(whole) * MINOR_PER_MAJOR + int(part), currency)


def typed_amount(amount_minor: int) -> str:
    """Give minor units as a person types them into a field: without sign or spaces."""
    whole, part = divmod(amount_minor, MINOR_PER_MAJOR)
    return f"{whole}.{part:02d}" if part else str(whole)
