"""Where a door stands, whether a pace is possible, what a phone still owes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from app.packs import load_pack
from canvassing.doors.observations import Malformed, Noted, Unreadable, read_batch, read_item
from canvassing.doors.rules import (
    LATEST_ARRIVAL,
    DoorState,
    Observation,
    cell_of,
    fold,
    is_worth_a_knock,
    missing_between,
    opinion_kept,
    plausible_paces,
)
from canvassing.pack import DoorRules, Keep, load_doors

PACKS = Path(__file__).resolve().parents[3] / "quests" / "packs"
START = datetime(2026, 6, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def rules() -> DoorRules:
    return load_doors(load_pack(PACKS / "ru-spb-municipal"))


def seen(number: int, outcome: str = "talked", **values: Any) -> Observation:
    return Observation(
        **{
            "id": number,
            "observation": UUID(int=number),
            "door_id": 1,
            "person_id": 7,
            "kind": "visit",
            "of": None,
            "outcome": outcome,
            "support": None,
            "marks": (),
            "at": START + timedelta(minutes=number),
            **values,
        }
    )


def test_a_door_nobody_was_at_is_fresh(rules: DoorRules) -> None:
    state = fold([], rules)
    assert not state.visited and cell_of(state, (), rules).look == "fresh"


def test_the_latest_visit_says_the_outcome_and_the_last_opinion_stays(rules: DoorRules) -> None:
    state = fold([seen(1, support=4), seen(2, "out")], rules)
    assert (state.outcome, state.support, state.visits, state.talked) == ("out", 4, 2, True)


def test_the_phone_s_time_decides_and_not_the_order_of_arrival(rules: DoorRules) -> None:
    state = fold([seen(2, "refused", at=START), seen(1, "out", at=START - timedelta(1))], rules)
    assert state.outcome == "refused"


def test_a_correction_stands_in_the_place_of_its_visit(rules: DoorRules) -> None:
    corrected = seen(2, "refused", kind="correction", of=UUID(int=1))
    state = fold([seen(1, marks=("signed",)), corrected], rules)
    assert (state.outcome, state.marks, state.visits) == ("refused", frozenset(), 1)


def test_a_retraction_takes_the_visit_away(rules: DoorRules) -> None:
    assert not fold([seen(1), seen(2, "", kind="retraction", of=UUID(int=1))], rules).visited


def test_a_retraction_of_nothing_changes_nothing(rules: DoorRules) -> None:
    assert fold([seen(1), seen(2, "", kind="retraction", of=UUID(int=9))], rules).visits == 1


def test_the_order_in_which_rows_are_read_does_not_matter(rules: DoorRules) -> None:
    rows = [
        seen(1),
        seen(2, "out", kind="correction", of=UUID(int=3)),
        seen(3, "refused", kind="correction", of=UUID(int=1)),
        seen(4, "talked"),
    ]
    assert len({fold(order, rules) for order in permutations(rows)}) == 1


def test_a_flag_comes_before_a_signature_and_a_signature_before_support(rules: DoorRules) -> None:
    state = fold([seen(1, support=1, marks=("signed",))], rules)
    assert cell_of(state, {"do_not_contact"}, rules).key == "flag:do_not_contact"
    assert cell_of(state, (), rules).key == "mark:signed"
    assert cell_of(fold([seen(1, support=1)], rules), (), rules).look == "closed"


def test_nobody_knocks_where_they_were_asked_not_to(rules: DoorRules) -> None:
    assert is_worth_a_knock(DoorState(), ())
    assert not is_worth_a_knock(DoorState(), {"do_not_contact"})


def test_an_opinion_without_consent_loses_its_door() -> None:
    kept = opinion_kept(Keep.WRITTEN_CONSENT, 4, agreed=False)
    assert (kept.at_door, kept.counted) == (None, 4)
    kept = opinion_kept(Keep.WRITTEN_CONSENT, 4, agreed=True)
    assert (kept.at_door, kept.counted) == (4, None)
    assert opinion_kept(Keep.AGGREGATE_ONLY, 4, agreed=True).at_door is None


def paces(moments: list[datetime], known: list[datetime] | None = None) -> list[bool]:
    return plausible_paces(
        moments, known or [], most=3, within=timedelta(minutes=10), now=START + timedelta(1)
    )


def test_a_burst_passes_up_to_what_a_person_can_walk() -> None:
    assert paces([START + timedelta(seconds=n) for n in range(5)]) == [True] * 3 + [False] * 2


def test_one_moment_for_all_doors_is_a_burst_too() -> None:
    assert paces([START] * 5).count(True) == 3


def test_what_came_earlier_counts_in_a_burst() -> None:
    assert paces([START + timedelta(minutes=1)], [START] * 3) == [False]
    assert paces([START + timedelta(minutes=11)], [START] * 3) == [True]


def test_a_visit_in_the_future_is_not_plausible() -> None:
    assert paces([START + timedelta(days=2)]) == [False]


def test_a_visit_is_believed_for_three_days_and_no_longer() -> None:
    moments = [START, START + timedelta(seconds=1)]
    found = plausible_paces(
        moments,
        [],
        most=3,
        within=timedelta(minutes=10),
        now=START + LATEST_ARRIVAL + timedelta(seconds=1),
    )
    assert found == [False, True]


def test_what_is_missing_is_named_up_to_a_bound() -> None:
    assert missing_between([(1, 118), (120, 120)], most=9) == [119]
    assert missing_between([(10**12, 10**12)], most=3) == [1, 2, 3]
    assert missing_between([], most=3) == []


def test_an_item_is_read(rules: DoorRules) -> None:
    item = {
        "id": "11111111-1111-4111-8111-111111111111",
        "seq": 3,
        "door": 9,
        "at": 1_780_000_000_000,
        "outcome": "talked",
        "support": 4,
        "agreed": True,
        "marks": ["signed", "signed"],
    }
    noted = read_item(item, rules)
    assert isinstance(noted, Noted) and noted.marks == ("signed",) and noted.agreed


def test_a_malformed_item_keeps_its_number(rules: DoorRules) -> None:
    found = read_item({"seq": 5, "outcome": "\ud800"}, rules)
    assert isinstance(found, Malformed) and found.seq == 5 and found.sent.isascii()


@pytest.mark.parametrize("body", [None, [], {}, {"device": 1}, {"device": "x" * 36}])
def test_what_is_no_batch_is_refused(rules: DoorRules, body: object) -> None:
    with pytest.raises(Unreadable):
        read_batch(body, rules)
