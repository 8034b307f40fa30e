"""How many signatures are needed, and how many may be handed in at most."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """The share of voters that a law asks for; whole thousandths, so that nothing is rounded."""

    per_mille: int
    least: int
    per_mandate: bool
    """Whether the voters are divided by the number of mandates first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surplus:
    """How many signatures beyond the required number may be handed in."""

    percent: int
    small_below: int
    """Below this required number the surplus is ``small_extra`` instead of a share."""
    small_extra: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """The two numbers of a district."""

    required: int
    maximum: int
    published: bool = False
    """Whether the required number is the commission's own."""


def requirement(
    *,
    rate: Rate,
    surplus: Surplus,
    voters: int | None,
    mandates: int,
    published: int | None = None,
    published_maximum: int | None = None,
) -> Requirement | None:
    """Give the numbers for a district; None while neither voters nor a published number is known.

    A number the commission has published wins over the formula. Required numbers are rounded up
    and surpluses down. Raises ValueError for counts below one.
    """
    if mandates < 1 or (voters is not None and voters < 1):
        raise ValueError("a district has at least one mandate and one voter")
    if published is not None:
        required = published
    elif voters is not None:
        required = _required(rate, voters, mandates)
    else:
        return None
    return Requirement(
        required=required,
        maximum=published_maximum or required + extra(surplus, required),
        published=published is not None,
    )


def extra(surplus: Surplus, required: int) -> int:
    """Give how many signatures beyond the required number may be handed in."""
    if required < surplus.small_below:
        return surplus.small_extra
    return required * surplus.percent // 100


def _required(rate: Rate, voters: int, mandates: int) -> int:
    divisor = 1000 * (mandates if rate.per_mandate else 1)
    return max(rate.least, -(-voters * rate.per_mille // divisor))
