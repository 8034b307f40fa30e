"""Places, indexes and shares of leagues."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quests.ranking.rules.places import competition_places, fair_index, is_shown, shares

SCORES = st.lists(st.integers(1, 30), max_size=60).map(lambda found: sorted(found, reverse=True))


def test_equals_share_a_place_and_the_next_one_counts_them() -> None:
    assert competition_places([9, 5, 5, 2]) == (1, 2, 2, 4)


def test_a_page_from_the_middle_goes_on_counting() -> None:
    # Two equals of the first row stand on the page before.
    assert competition_places([5, 5, 2], place=2, position=4) == (2, 2, 6)


def test_an_empty_league_has_no_places() -> None:
    assert competition_places([]) == ()


def test_scores_that_rise_are_refused() -> None:
    with pytest.raises(ValueError, match="from the highest"):
        competition_places([1, 2])


@given(SCORES)
def test_a_place_is_one_more_than_those_who_have_more(scores: list[int]) -> None:
    expected = tuple(1 + sum(other > score for other in scores) for score in scores)
    assert competition_places(scores) == expected


@given(SCORES, st.integers(0, 60))
def test_pages_give_the_places_of_the_whole(scores: list[int], cut: int) -> None:
    whole, tail = competition_places(scores), scores[cut:]
    if tail:
        found = competition_places(tail, place=whole[cut], position=cut + 1)
        assert whole[:cut] + found == whole


def test_an_index_has_one_decimal() -> None:
    assert fair_index(20, 6) == Decimal("3.3")
    assert fair_index(25, 100) == Decimal("0.3")
    assert fair_index(0, 6) == Decimal("0.0")


def test_nobody_has_no_index() -> None:
    assert fair_index(20, 0) is None


def test_a_small_organisation_can_stand_above_a_large_one() -> None:
    small, large = fair_index(300, 6), fair_index(9000, 200)
    assert small is not None and large is not None and small > large


def test_figures_of_fewer_than_five_people_are_hidden() -> None:
    assert [is_shown(count) for count in (0, 4, 5)] == [False, False, True]


@given(st.lists(st.integers(0, 10_000), min_size=4, max_size=4))
def test_shares_sum_to_a_hundred_and_stay_within_one_of_the_truth(values: list[int]) -> None:
    found, whole = shares(values), sum(values)
    assert sum(found) == (100 if whole else 0)
    assert all(
        abs(share - 100 * value / whole) < 1
        for share, value in zip(found, values, strict=True)
        if whole
    )
