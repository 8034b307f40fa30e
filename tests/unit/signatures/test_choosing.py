"""Which sheets to hand in, and what the chance is."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.signatures.rules.choosing import (
    Choice,
    Pile,
    Refusal,
    chance_of,
    choose,
    needed_of,
)
from documents.signatures.rules.quality import Belief, Judgement, Tally, beliefs, judge, share_of
from documents.signatures.rules.requirement import Requirement

SURE = Belief(alpha=0.5, beta=99.5)
CARELESS = Belief(alpha=6, beta=14)
BOTH = {1: SURE, 2: CARELESS}
FEW = Requirement(required=12, maximum=16)
REFUSAL = Refusal(bad_percent=5, from_required=200)


def pile(sheet_id: int, rows: int, collector_id: int = 1) -> Pile:
    return Pile(sheet_id=sheet_id, rows=rows, collector_id=collector_id)


def chosen(*piles: Pile, requirement: Requirement = FEW) -> Choice:
    found = choose(piles, requirement=requirement, beliefs=BOTH, refusal=REFUSAL)
    assert found is not None
    return found


def test_never_more_than_the_maximum() -> None:
    assert chosen(*(pile(n, 5) for n in range(6))).total == 15


def test_the_careful_hand_goes_before_the_careless_one() -> None:
    found = chosen(pile(1, 5, 2), pile(2, 5), pile(3, 5), pile(4, 5), pile(5, 5, 2))
    assert found.sheets == (2, 3, 4)


def test_what_is_too_little_is_offered_with_no_chance() -> None:
    found = chosen(pile(1, 5), pile(2, 5))
    assert (found.total, found.needed, found.chance) == (10, 12, 0)


def test_nothing_is_chosen_from_nothing() -> None:
    assert choose([], requirement=FEW, beliefs=BOTH) is None


def test_the_share_of_bad_ones_counts_only_from_two_hundred() -> None:
    assert needed_of(132, 120, REFUSAL) == 120
    assert needed_of(220, 200, REFUSAL) == 210
    assert needed_of(219, 200, REFUSAL) == 209


def test_the_share_is_below_five_in_a_hundred_and_not_at_it() -> None:
    bad = 220 - needed_of(220, 200, REFUSAL)
    assert bad * 20 < 220 <= (bad + 1) * 20


def test_one_hand_alone_follows_the_beta_binomial_distribution() -> None:
    rows, belief = 4, Belief(alpha=2, beta=3)

    def beta(a: float, b: float) -> float:
        return math.gamma(a) * math.gamma(b) / math.gamma(a + b)

    refused = [math.comb(rows, k) * beta(k + 2, rows - k + 3) / beta(2, 3) for k in range(5)]
    for required in range(5):
        found = chance_of([pile(1, rows)], required=required, beliefs={1: belief})
        assert found == pytest.approx(sum(refused[: rows - required + 1]))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 6), st.integers(1, 2)), min_size=1, max_size=7),
    st.integers(3, 12),
)
def test_the_choice_is_as_good_as_trying_every_set(
    sizes: list[tuple[int, int]], required: int
) -> None:
    piles = [pile(n, rows, who) for n, (rows, who) in enumerate(sizes)]
    requirement = Requirement(required=required, maximum=required + 4)
    best = 0.0
    for count in range(1, len(piles) + 1):
        for some in itertools.combinations(piles, count):
            if sum(one.rows for one in some) <= requirement.maximum:
                best = max(best, chance_of(some, required=required, beliefs=BOTH))
    found = choose(piles, requirement=requirement, beliefs=BOTH)
    if found is not None:
        # The most expected to pass is not always the likeliest to: a little may lie between.
        assert found.chance >= best - 0.06


def test_the_normal_curve_meets_the_exact_count_where_one_takes_over() -> None:
    belief = {n: Belief(alpha=3, beta=97) for n in range(30)}
    small = [pile(n, 49, n) for n in range(30)]
    large = [pile(n, 51, n) for n in range(30)]
    exact = chance_of(small, required=1420, beliefs=belief)
    curve = chance_of(large, required=1478, beliefs=belief)
    assert exact == pytest.approx(curve, abs=0.05)


def test_thousands_of_sheets_are_chosen_at_once() -> None:
    piles = [pile(n, 5, 1 + n % 2) for n in range(9_000)]
    requirement = Requirement(required=36_081, maximum=39_689)
    found = chosen(*piles, requirement=requirement)
    # The careless hand's sheets beyond the required number would only lower the chance.
    assert 36_081 <= found.total <= 39_689
    careful_first = sorted(piles, key=lambda one: one.collector_id)[: 39_685 // 5]
    full = chance_of(careful_first, required=36_081, beliefs=BOTH, refusal=REFUSAL)
    assert found.chance > full


def test_all_of_one_good_hand_are_handed_in_up_to_the_maximum() -> None:
    piles = [pile(n, 5) for n in range(9_000)]
    requirement = Requirement(required=36_081, maximum=39_689)
    assert chosen(*piles, requirement=requirement).total > 39_000


def test_an_interval_holds_its_share() -> None:
    found = share_of(Tally(signed=20, defective=5))
    assert found is not None
    assert (round(found.low, 3), round(found.high, 3)) == (0.112, 0.469)
    assert share_of(Tally(signed=0, defective=0)) is None


@pytest.mark.parametrize(
    ("defective", "signed", "said"),
    [
        (12, 30, Judgement.WORSE),
        (0, 150, Judgement.BETTER),
        (1, 2, Judgement.TOO_FEW),
        (8, 80, Judgement.LIKE_OTHERS),
    ],
)
def test_a_hand_is_judged_only_when_its_whole_interval_lies_aside(
    defective: int, signed: int, said: Judgement
) -> None:
    mine = Tally(signed=signed, defective=defective)
    assert judge(mine, mine + Tally(signed=300, defective=30)) is said


def test_a_newcomer_is_believed_to_be_like_everybody() -> None:
    found = beliefs(
        {1: Tally(signed=200, defective=20), 2: Tally(signed=0, defective=0)}, missed=0.5
    )
    assert found[2].mean == pytest.approx(21 / 210 * 0.5)
    assert found[1].alpha + found[1].beta > found[2].alpha + found[2].beta
