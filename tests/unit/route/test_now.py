from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.facts import FactState
from quests.route.position import Because, Now
from quests.route.rules import NEAR
from tests.unit.route.given import TODAY, a_pack, a_step, decided, in_state

CLOSE = {"deadline": "close"}
DAYS = {"close": date(2026, 3, 20), "past": date(2026, 3, 1), "soon": date(2026, 3, 12)}


def now_of(*steps: dict[str, object], role: str = "candidate", **states: FactState) -> Now | None:
    facts = {k: v for step, state in states.items() for k, v in in_state(step, state).items()}
    return decided(a_pack(*steps), facts, deadlines=DAYS, role=role).now


def test_what_came_back_goes_before_everything() -> None:
    late = a_step("late", due={"deadline": "past"})
    found = now_of(late, a_step("back"), back=FactState.RETURNED)
    assert found is not None
    assert (found.step.key, found.because) == ("back", Because.RETURNED)


def test_what_is_overdue_goes_before_what_is_only_open() -> None:
    found = now_of(a_step("open"), a_step("late", due={"deadline": "past"}))
    assert found is not None
    assert (found.step.key, found.because) == ("late", Because.OVERDUE)


def test_the_step_that_must_start_first_goes_first() -> None:
    found = now_of(a_step("easy", due=CLOSE, days=1), a_step("long", due=CLOSE, days=8))
    assert found is not None
    assert (found.step.key, found.because) == ("long", Because.NEXT)


def test_the_law_goes_before_advice_of_the_same_day() -> None:
    found = now_of(a_step("advice", goal=CLOSE), a_step("law", due=CLOSE))
    assert found is not None
    assert found.step.key == "law"


def test_a_day_of_the_law_that_is_near_goes_before_advice_that_has_passed() -> None:
    behind = a_step("behind", goal={"deadline": "past"})
    found = now_of(behind, a_step("law", due={"deadline": "soon"}))
    assert found is not None
    assert (found.step.key, found.because) == ("law", Because.NEXT)


@pytest.mark.parametrize(
    ("ahead", "key"), [(NEAR, "law"), (NEAR + 1, "behind")], ids=["near", "not near"]
)
def test_the_law_is_near_by_the_day_on_which_one_has_to_begin(ahead: int, key: str) -> None:
    days = {"past": DAYS["past"], "law": TODAY + timedelta(days=ahead + 5)}
    steps = (
        a_step("behind", goal={"deadline": "past"}),
        a_step("law", due={"deadline": "law"}, days=5),
    )
    found = decided(a_pack(*steps), deadlines=days).now
    assert found is not None
    assert found.step.key == key


def test_what_opens_a_near_day_of_the_law_goes_before_advice_too() -> None:
    before = a_step("before", goal={"deadline": "soon"})
    law = a_step("law", due={"deadline": "soon"}, opens={"step": "before"})
    found = now_of(a_step("behind", goal={"deadline": "past"}), before, law)
    assert found is not None
    assert found.step.key == "before"


def test_advice_that_has_passed_goes_before_a_day_of_the_law_that_is_far() -> None:
    found = now_of(a_step("law", due=CLOSE), a_step("behind", goal={"deadline": "past"}))
    assert found is not None
    assert found.step.key == "behind"


def test_a_near_day_of_the_law_of_a_side_step_still_comes_after_the_way_itself() -> None:
    extra = a_step("extra", side=True, due={"deadline": "soon"})
    found = now_of(extra, a_step("behind", goal={"deadline": "past"}))
    assert found is not None
    assert found.step.key == "behind"


def test_the_order_of_the_route_decides_what_nothing_else_does() -> None:
    found = now_of(a_step("one"), a_step("two"))
    assert found is not None
    assert found.step.key == "one"


def test_a_side_step_comes_after_the_way_itself() -> None:
    found = now_of(a_step("extra", side=True, due={"deadline": "soon"}), a_step("way"))
    assert found is not None
    assert found.step.key == "way"


def test_waiting_is_said_only_when_there_is_nothing_to_do() -> None:
    found = now_of(a_step("sent"), a_step("open"), sent=FactState.WAITING)
    assert found is not None
    assert found.step.key == "open"
    alone = now_of(a_step("sent"), sent=FactState.WAITING)
    assert alone is not None
    assert (alone.step.key, alone.because) == ("sent", Because.WAITING)


def test_a_treasurer_is_given_a_step_of_the_treasurer() -> None:
    steps = (a_step("paper"), a_step("fund", who=["treasurer"]))
    found = now_of(*steps, role="treasurer")
    assert found is not None
    assert found.step.key == "fund"
    assert now_of(*steps, role="press") is None
