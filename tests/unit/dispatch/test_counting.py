"""Counting: who stands where, who is in red, what is at risk, who is silent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from quests.dispatch.rules.counting import (
    AT_RISK_WITHIN,
    AtRisk,
    AtStation,
    Seen,
    Sieve,
    at_risk,
    at_stations,
    silent,
)
from quests.dispatch.rules.pace import SILENT_AFTER, STUCK_AFTER
from quests.dispatch.rules.reckoning import Kept

NOW = datetime(2026, 6, 24, 9, 0, tzinfo=UTC)
TODAY = NOW.date().toordinal()
MOMENT = timedelta(seconds=1)


def seen(
    number: int = 1,
    *,
    station: str | None = "a1",
    stood: timedelta = MOMENT,
    quiet: timedelta = MOMENT,
    overdue: bool = False,
    is_open: bool = True,
    waiting: bool = False,
    dues: str = "",
    organisation: int = 1,
    district: int = 1,
    pack: str = "p",
) -> Seen:
    kept = Kept(
        basis="",
        good_until=TODAY + 1,
        station=station,
        starts_on=None,
        is_by_law=True,
        done=0,
        total=9,
        is_overdue=overdue,
        is_open=is_open,
        is_waiting=waiting,
        moved_at=NOW - stood,
        dues=dues,
    )
    return Seen(number, organisation, district, pack, TODAY, NOW - quiet, kept)


def test_each_station_counts_those_who_stand_there_and_those_in_red() -> None:
    found = at_stations(
        [
            seen(1),
            seen(2, stood=STUCK_AFTER),
            seen(3, overdue=True),
            seen(4, station="b2"),
            seen(5, pack="q"),
            seen(6, station=None, is_open=False),
        ],
        NOW,
    )
    assert set(found) == {
        AtStation(pack_id="p", step="a1", standing=3, stuck=2, late=1),
        AtStation(pack_id="p", step="b2", standing=1, stuck=0, late=0),
        AtStation(pack_id="q", step="a1", standing=1, stuck=0, late=0),
        AtStation(pack_id="p", step=None, standing=1, stuck=0, late=0),
    }


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (seen(stood=STUCK_AFTER - MOMENT), False),
        (seen(stood=STUCK_AFTER), True),
        (seen(stood=STUCK_AFTER, waiting=True), False),
        (seen(stood=STUCK_AFTER, is_open=False), False),
        (seen(overdue=True, waiting=True), True),
        (seen(stood=STUCK_AFTER, quiet=SILENT_AFTER), True),
    ],
)
def test_red_is_a_week_at_a_station_or_late_by_law(one: Seen, expected: bool) -> None:
    assert one.is_stuck(NOW) is expected


def test_the_longest_silent_come_first_also_when_they_are_late() -> None:
    found = silent(
        [
            seen(1, quiet=SILENT_AFTER),
            seen(2, quiet=SILENT_AFTER + MOMENT, overdue=True),
            seen(3, quiet=SILENT_AFTER - MOMENT),
            seen(4, quiet=SILENT_AFTER, is_open=False),
        ],
        NOW,
    )
    assert [one.id for one in found] == [2, 1]


def test_near_days_of_the_law_count_those_who_are_not_there() -> None:
    near, last = TODAY + 3, TODAY + AT_RISK_WITHIN.days
    found = at_risk(
        [
            seen(1, dues=f"file={near} bank={last}"),
            seen(2, dues=f"file={near} bank={last}"),
            seen(3, dues=f"file={near + 2} later={last + 1} gone={TODAY - 1}"),
            seen(4, dues=f"today={TODAY}"),
        ]
    )
    assert found == (
        AtRisk(pack_id="p", step="today", first_day=TODAY, last_day=TODAY, missing=1),
        AtRisk(pack_id="p", step="file", first_day=near, last_day=near + 2, missing=3),
        AtRisk(pack_id="p", step="bank", first_day=last, last_day=last, missing=2),
    )


def test_a_count_at_risk_is_of_those_who_await_the_step() -> None:
    everybody = [seen(1, dues=f"file={TODAY + 3}"), seen(2), seen(3, dues=f"file={TODAY + 99}")]
    assert [one.id for one in everybody if one.awaits("file")] == [1]


@pytest.mark.parametrize(
    ("sieve", "expected"),
    [
        (Sieve(), [1, 2, 3]),
        (Sieve(organisation_id=2), [2]),
        (Sieve(pack_id="q"), [3]),
        (Sieve(council="Harbour"), [1, 3]),
        (Sieve(line="money"), [2]),
        (Sieve(organisation_id=2, line="voice"), []),
    ],
)
def test_filters_let_through_what_fits_all_of_them(sieve: Sieve, expected: list[int]) -> None:
    everybody = [seen(1), seen(2, organisation=2, district=2, station="b2"), seen(3, pack="q")]
    councils = {1: "Harbour", 2: "Hill"}
    lines: dict[tuple[str, str | None], str] = {("p", "a1"): "voice", ("p", "b2"): "money"}
    assert [one.id for one in sieve.of(everybody, councils, lines)] == expected
