from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from pydantic import ValidationError

from app.facts import Fact
from quests.route.conditions import BlockerKind
from quests.route.position import RouteStep, Status
from quests.route.shape import Condition
from tests.unit.route.given import TODAY, a_pack, a_step, answered, decided, proved

FIELD = {"key": "as", "type": "choice", "options": ["x", "y"], "required": True}


def goal(
    opens: Mapping[str, object],
    facts: dict[str, Fact] | None = None,
    deadlines: dict[str, date | None] | None = None,
) -> RouteStep:
    pack = a_pack(a_step("a", field=[FIELD]), a_step("b"), a_step("c"), a_step("goal", opens=opens))
    return decided(pack, facts, deadlines=deadlines).by_key["goal"]


STEPS = [{"step": "a"}, {"step": "b"}, {"step": "c"}]


def test_all_needs_every_part() -> None:
    assert goal({"all": STEPS}, proved("a", "b")).status is Status.LOCKED
    assert goal({"all": STEPS}, proved("a", "b", "c")).status is Status.OPEN


def test_all_is_explained_by_what_is_still_missing() -> None:
    needs = goal({"all": STEPS}, proved("a")).needs
    assert [need.blockers[0].step for need in needs] == ["b", "c"]
    assert not any(need.is_choice for need in needs)


def test_any_needs_one_part_and_offers_the_choice() -> None:
    assert goal({"any": STEPS}, proved("c")).status is Status.OPEN
    (need,) = goal({"any": STEPS}).needs
    assert need.is_choice
    assert [blocker.step for blocker in need.blockers] == ["a", "b", "c"]


def test_count_needs_so_many_and_says_how_many_more() -> None:
    two = {"count": STEPS, "at_least": 2}
    assert goal(two, proved("a", "c")).status is Status.OPEN
    (need,) = goal(two, proved("a")).needs
    assert (need.at_least, [blocker.step for blocker in need.blockers]) == (1, ["b", "c"])


def test_not_opens_while_the_thing_has_not_happened() -> None:
    assert goal({"not": {"step": "a"}}).status is Status.OPEN
    locked = goal({"not": {"step": "a"}}, proved("a"))
    assert locked.status is Status.LOCKED
    assert locked.needs[0].blockers[0].is_negated


def test_not_of_an_answer_waits_for_the_answer() -> None:
    other = {"not": {"answer": "a.as", "is": "x"}}
    assert goal(other).status is Status.LOCKED
    assert goal(other, answered(a__as="y")).status is Status.OPEN
    assert goal(other, answered(a__as="x")).needs[0].blockers[0].is_final


def test_not_of_several_is_explained_by_those_that_hold() -> None:
    (need,) = goal({"not": {"all": STEPS}}, proved("a", "b", "c")).needs
    assert need.at_least == 1
    assert len(need.blockers) == 3
    assert len(goal({"not": {"any": STEPS}}, proved("a", "b")).needs) == 2


def test_a_fact_says_how_many_of_how_many() -> None:
    condition = {"fact": "team.size", "at_least": 3}
    assert goal(condition, {"team.size": Fact(count=3)}).status is Status.OPEN
    blocker = goal(condition, {"team.size": Fact(count=2)}).needs[0].blockers[0]
    assert (blocker.kind, blocker.have, blocker.need) == (BlockerKind.FACT, 2, 3)


def test_an_answer_says_what_was_given_and_what_is_wanted() -> None:
    condition = {"answer": "a.as", "in": ["y"]}
    assert goal(condition, answered(a__as="y")).status is Status.OPEN
    blocker = goal(condition, answered(a__as="x")).needs[0].blockers[0]
    assert (blocker.given, blocker.wanted, blocker.is_final) == ("x", ("y",), True)
    assert not goal(condition).needs[0].blockers[0].is_final


def test_a_day_opens_when_it_comes_and_not_before() -> None:
    condition = {"reached": {"deadline": "published", "days": 1}}
    assert goal(condition, deadlines={"published": date(2026, 3, 9)}).status is Status.OPEN
    blocker = goal(condition, deadlines={"published": TODAY}).needs[0].blockers[0]
    assert blocker.on == date(2026, 3, 11)


def test_a_day_not_known_yet_is_named() -> None:
    blocker = goal({"reached": {"deadline": "published"}}).needs[0].blockers[0]
    assert (blocker.kind, blocker.deadline, blocker.on) == (BlockerKind.DATE, "published", None)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"step": "a", "fact": "b", "at_least": 1},
        {"fact": "a"},
        {"step": "a", "at_least": 2},
        {"answer": "a.b"},
        {"answer": "a.b", "is": "x", "in": ["y"]},
        {"answer": "nodot", "is": "x"},
        {"all": []},
        {"unknown": 1},
    ],
)
def test_a_condition_says_exactly_one_thing(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Condition.model_validate(wrong)
