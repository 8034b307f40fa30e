"""How a campaign is doing, from its signs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from quests.dispatch.rules import Pace, Signs, pace

NOW = datetime(2026, 6, 24, 9, 0, tzinfo=UTC)


def the_pace(
    *,
    moved: int | None = 1,
    active: int = 1,
    overdue: bool = False,
    has_open: bool = True,
    left: bool = True,
    waits: bool = False,
) -> Pace:
    signs = Signs(
        last_step_at=None if moved is None else NOW - timedelta(days=moved),
        last_active_at=NOW - timedelta(days=active),
        is_overdue=overdue,
        has_open_step=has_open,
        has_steps_left=left,
        waits_for_us=waits,
    )
    return pace(signs, NOW)


def test_a_campaign_that_reached_a_station_lately_moves() -> None:
    assert the_pace(moved=6) is Pace.MOVING


def test_a_week_without_a_station_is_stuck() -> None:
    assert the_pace(moved=7) is Pace.STUCK


def test_what_waits_for_a_coordinator_is_not_called_stuck() -> None:
    assert the_pace(moved=30, waits=True) is Pace.MOVING


def test_a_newcomer_without_any_station_is_measured_from_their_last_visit() -> None:
    assert the_pace(moved=None, active=6) is Pace.MOVING
    assert the_pace(moved=None, active=8) is Pace.STUCK


def test_two_weeks_without_a_visit_is_silent() -> None:
    assert the_pace(active=13, moved=13) is Pace.STUCK
    assert the_pace(active=14, moved=14) is Pace.SILENT


def test_a_day_of_the_law_that_passed_undone_is_late_whatever_else_is_said() -> None:
    assert the_pace(overdue=True) is Pace.LATE
    assert the_pace(overdue=True, active=40, moved=40) is Pace.LATE


def test_only_a_whole_route_is_finished() -> None:
    assert the_pace(has_open=False, left=False, active=40) is Pace.FINISHED


def test_what_waits_for_a_day_to_come_is_neither_finished_nor_stuck() -> None:
    assert the_pace(has_open=False, active=40) is Pace.MOVING
    assert the_pace(has_open=False, waits=True, active=40) is Pace.MOVING
