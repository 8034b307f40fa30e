from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from app.jobs.rules import LONGEST_DELAY, MAX_ATTEMPTS, Periodic, delay_after


def test_pauses_double_from_ten_seconds_up_to_six_hours() -> None:
    pauses = [delay_after(attempt) for attempt in range(1, MAX_ATTEMPTS)]
    assert pauses[:4] == [timedelta(seconds=s) for s in (10, 20, 40, 80)]
    assert pauses == sorted(pauses)
    assert max(pauses) == LONGEST_DELAY


def test_all_attempts_together_outlast_a_day_without_a_mail_server() -> None:
    assert sum(map(delay_after, range(1, MAX_ATTEMPTS)), timedelta()) > timedelta(days=1)


def test_spread_lengthens_a_pause_by_at_most_a_quarter() -> None:
    assert delay_after(1, spread=1.0) == timedelta(seconds=12.5)


@pytest.mark.parametrize(
    ("hour", "start"),
    [(2, datetime(2026, 6, 23, 3, tzinfo=UTC)), (3, datetime(2026, 6, 24, 3, tzinfo=UTC))],
)
def test_a_daily_period_begins_at_its_hour(hour: int, start: datetime) -> None:
    daily = Periodic(kind="calendar.remind", at=time(3))
    assert daily.period_start(datetime(2026, 6, 24, hour, tzinfo=UTC)) == start


def test_one_period_has_one_key_and_the_next_another() -> None:
    hourly = Periodic(kind="x.y", every=timedelta(hours=1))
    first = datetime(2026, 6, 24, 9, 0, tzinfo=UTC)
    assert hourly.unique_key(first) == hourly.unique_key(first + timedelta(minutes=59))
    assert hourly.unique_key(first) != hourly.unique_key(first + timedelta(hours=1))
