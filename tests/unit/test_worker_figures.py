"""What the bench reckons from packets made one after another."""

from __future__ import annotations

import pytest

from app.cli.worker_figures import ManyPackets

MADE = ManyPackets(
    seconds_each=1.5, cpu_seconds_each=2.0, first_mb=250.0, last_mb=251.0, most_mb=260.0
)


def test_a_night_of_packets_takes_as_long_as_each_of_them() -> None:
    assert MADE.minutes(800) == pytest.approx(20)


def test_with_a_core_for_each_thread_it_takes_half_of_the_work() -> None:
    assert MADE.least_minutes(800) == pytest.approx(800 * 2.0 / 2 / 60)
