"""Carriages: as many as stand there, red ones at the bottom, the highest stack fits."""

from __future__ import annotations

import pytest

from app.ui.carriages import HEIGHT, TALLEST, Platform, Stand, unit_of


def stand(count: int, red: int = 0) -> Stand:
    return Stand(
        title="S",
        full_title="Station",
        line="money",
        line_title="Money",
        count=count,
        href=None,
        red=red,
    )


@pytest.mark.parametrize(
    ("counts", "unit"),
    [([], 1), ([6], 1), ([7], 2), ([143], 50), ([10**9], -(-(10**9) // TALLEST))],
)
def test_a_carriage_stands_for_as_many_as_make_the_highest_stack_fit(
    counts: list[int], unit: int
) -> None:
    assert unit_of(counts) == unit


@pytest.mark.parametrize("count", [1, 5, 6, 7, 143, 5_000])
def test_no_piece_leaves_the_drawing(count: int) -> None:
    ((_, pieces),) = Platform(stands=(stand(count, count // 2),)).stacks()
    assert pieces and all(0 <= float(piece.y) <= HEIGHT for piece in pieces)


def test_heights_are_shares_of_the_count_and_red_comes_first() -> None:
    ((_, pieces),) = Platform(stands=(stand(6, 2),)).stacks()
    assert [piece.is_red for piece in pieces] == [True, True, False, False, False, False]
    ys = [float(piece.y) for piece in pieces]
    assert ys == sorted(ys, reverse=True)


def test_an_empty_station_has_no_carriage() -> None:
    ((_, pieces),) = Platform(stands=(stand(0),)).stacks()
    assert pieces == ()


def test_more_red_than_there_are_is_all_red() -> None:
    ((_, pieces),) = Platform(stands=(stand(3, 9),)).stacks()
    assert all(piece.is_red for piece in pieces)
