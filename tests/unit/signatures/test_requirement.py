"""How many signatures a district needs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.signatures.rules.requirement import Rate, Requirement, Surplus, requirement

RATE = Rate(per_mille=5, least=10, per_mandate=True)
SURPLUS = Surplus(percent=10, small_below=40, small_extra=4)


def numbers(voters: int | None, mandates: int, published: int | None = None) -> Requirement:
    found = requirement(
        rate=RATE, surplus=SURPLUS, voters=voters, mandates=mandates, published=published
    )
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("voters", "mandates", "required", "maximum"),
    [
        (7_216_076, 1, 36_081, 39_689),
        (25_000, 5, 25, 29),
        (12_000, 5, 12, 16),
        (9_000, 1, 45, 49),
        (100, 5, 10, 14),
    ],
)
def test_published_numbers_come_out(
    voters: int, mandates: int, required: int, maximum: int
) -> None:
    found = numbers(voters, mandates)
    assert (found.required, found.maximum) == (required, maximum)


def test_the_number_of_the_commission_wins() -> None:
    found = numbers(25_000, 5, published=30)
    assert (found.required, found.maximum, found.published) == (30, 34, True)


def test_nothing_is_said_while_nothing_is_known() -> None:
    assert requirement(rate=RATE, surplus=SURPLUS, voters=None, mandates=5) is None


@given(st.integers(1, 10_000_000), st.integers(1, 40))
def test_the_required_number_is_the_smallest_that_is_enough(voters: int, mandates: int) -> None:
    found = numbers(voters, mandates).required
    assert found * 1000 * mandates >= voters * 5 or found == 10
    assert found == 10 or (found - 1) * 1000 * mandates < voters * 5


@given(st.integers(10, 100_000))
def test_the_maximum_is_never_a_tenth_more(required: int) -> None:
    found = numbers(None, 1, published=required)
    most = found.required + 4 if required < 40 else required * 11 / 10
    assert required < found.maximum <= most
