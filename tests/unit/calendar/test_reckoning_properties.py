"""What holds for every polling day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.calendar import Anchors, Reckoning, RuleKind, WorkingDays
from app.calendar.reckoning import months_later, reckon
from tests.unit.calendar.places import ENGLAND, days

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
assert ENGLAND.working_days is not None
WORKING_DAYS: WorkingDays = ENGLAND.working_days


def rule(kind: RuleKind, count: int) -> Reckoning:
    return Reckoning(kind=kind, anchors=("declared",), count=count, not_before=None)


@settings(max_examples=60, deadline=None)
@given(day=DAYS, count=st.integers(1, 40))
def test_exactly_so_many_working_days_lie_between(day: date, count: int) -> None:
    found = WORKING_DAYS.before(day, count)
    between = [found + timedelta(days=step) for step in range((day - found).days)]
    assert sum(WORKING_DAYS.counts(each) for each in between) == count
    assert WORKING_DAYS.counts(found)


@settings(max_examples=60, deadline=None)
@given(day=DAYS, count=st.integers(1, 40))
def test_forward_and_back_end_where_they_began(day: date, count: int) -> None:
    start = WORKING_DAYS.on_or_after(day)
    assert WORKING_DAYS.before(WORKING_DAYS.after(start, count), count) == start


@settings(max_examples=60, deadline=None)
@given(day=DAYS, count=st.integers(8, 60))
def test_a_long_period_never_ends_early_nor_on_a_day_that_does_not_count(
    day: date, count: int
) -> None:
    due = reckon(rule(RuleKind.DAYS_AFTER_ROLLING, count), day, WORKING_DAYS, 7)
    assert due >= day + timedelta(days=count)
    assert WORKING_DAYS.counts(due)
    assert (due - day).days - count <= 6


@settings(max_examples=60, deadline=None)
@given(day=DAYS, count=st.integers(1, 120))
def test_days_before_leave_exactly_that_many_full_days(day: date, count: int) -> None:
    found = reckon(rule(RuleKind.NOT_LATER_THAN_DAYS_BEFORE, count), day, None, 0)
    assert (day - found).days - 1 == count


@settings(max_examples=60, deadline=None)
@given(day=DAYS, months=st.integers(-24, 24))
def test_months_keep_the_day_of_the_month_or_take_its_last(day: date, months: int) -> None:
    found = months_later(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found + timedelta(days=1)).day == 1


@settings(max_examples=40, deadline=None)
@given(poll=DAYS)
def test_the_english_timetable_keeps_its_order(poll: date) -> None:
    found = days(ENGLAND, Anchors(polling_day=poll))
    in_order = [
        "consent_earliest_signature",
        "nominations_close",
        "statement_of_persons_nominated",
        "register_to_vote",
        "postal_vote_application",
        "proxy_application",
        "polling_counting_agents",
        "lost_postal_replacement_from",
        "poll",
    ]
    reached = [found[key] for key in in_order]
    assert reached == sorted(day for day in reached if day is not None)
    assert len(set(reached)) == len(reached)


@settings(max_examples=40, deadline=None)
@given(poll=DAYS, later=st.integers(1, 10))
def test_a_later_poll_never_brings_a_deadline_forward(poll: date, later: int) -> None:
    first = days(ENGLAND, Anchors(polling_day=poll))
    second = days(ENGLAND, Anchors(polling_day=poll + timedelta(days=later)))
    for key, day in first.items():
        moved = second[key]
        assert day is None or (moved is not None and moved >= day)
