"""What is still needed today."""

from __future__ import annotations

from datetime import date

from documents.signatures.rules.pace import pace
from documents.signatures.rules.quality import Tally

TODAY = date(2026, 7, 10)


def test_what_is_missing_is_spread_over_the_days_that_are_left() -> None:
    found = pace(target=29, good=9, today=TODAY, last=date(2026, 7, 13))
    assert (found.days_left, found.to_collect, found.per_day) == (4, 20, 5)


def test_bad_ones_are_reckoned_with() -> None:
    found = pace(target=30, good=10, tally=Tally(signed=20, defective=10), today=TODAY, last=TODAY)
    assert (found.to_collect, found.per_day) == (40, 40)


def test_nothing_is_needed_once_there_is_enough() -> None:
    found = pace(target=29, good=29, today=TODAY, last=date(2026, 7, 13))
    assert (found.is_enough, found.to_collect, found.per_day) == (True, 0, 0)


def test_after_the_last_day_no_daily_number_is_given() -> None:
    assert pace(target=29, good=9, today=TODAY, last=date(2026, 7, 9)).per_day is None
    assert pace(target=29, good=9, today=TODAY, last=None).per_day is None
