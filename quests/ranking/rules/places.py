"""Places in a league: equals share a place, and the next one is as far as there are people."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

FEWEST_SHOWN = 5
"""An organisation of fewer candidates shows no figures: they would be figures of single people."""
_TENTH = Decimal("0.1")


def competition_places(
    scores: Iterable[int | Decimal], *, place: int = 1, position: int = 1
) -> tuple[int, ...]:
    """Give the places of scores that fall: 1, 2, 2, 4.

    A page from the middle says the ``place`` of its first score, and which row of the whole league
    it is (``position``): the two differ when equals stand on the page before.
    Raises ValueError when a score is higher than the one before it.
    """
    places: list[int] = []
    before: int | Decimal | None = None
    for order, score in enumerate(scores):
        if before is not None and score > before:
            raise ValueError("places are given from the highest score down")
        if before is None:
            places.append(place)
        else:
            places.append(places[-1] if score == before else position + order)
        before = score
    return tuple(places)


def fair_index(points: int, divisor: int) -> Decimal | None:
    """Give points for each of ``divisor`` people to one decimal; None when there is nobody.

    It is rounded before places are given, so that equal figures on the screen share a place.
    """
    if divisor <= 0:
        return None
    return (Decimal(points) / divisor).quantize(_TENTH, rounding=ROUND_HALF_UP)


def is_shown(candidates: int) -> bool:
    """Say whether an organisation of so many active candidates may show its figures."""
    return candidates >= FEWEST_SHOWN


def shares(parts: Iterable[int]) -> tuple[int, ...]:
    """Give whole per cent that sum to 100, by the largest remainder; zeros for nothing at all."""
    values = tuple(parts)
    whole = sum(values)
    if not whole:
        return tuple(0 for _ in values)
    floors = [100 * value // whole for value in values]
    behind = [-(100 * value % whole) for value in values]
    # Equal remainders stay in their order.
    by_remainder = sorted(range(len(values)), key=behind.__getitem__)
    for at in by_remainder[: 100 - sum(floors)]:
        floors[at] += 1
    return tuple(floors)
