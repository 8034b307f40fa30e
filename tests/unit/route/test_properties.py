"""What must hold of every route and every set of facts, not only of those we thought of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from app.facts import Fact, FactState
from quests.route import rules
from quests.route.pack import RoutePack
from quests.route.position import Route, Status
from quests.route.shape import Condition
from tests.unit.route.given import TODAY, a_pack, a_step, decided, statuses

OPTIONS = ("x", "y", "z")
FIELD = {"key": "as", "type": "choice", "options": list(OPTIONS), "required": True}
KEYS = ("s0", "s1", "s2", "s3", "s4", "s5")
DEADLINES = ("published", "polling_day", "close")
AT = datetime(2026, 3, 1, tzinfo=UTC)

fast = settings(max_examples=40, deadline=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    pack: RoutePack
    facts: Mapping[str, Fact]
    deadlines: Mapping[str, date | None]


@cache
def conditions(
    earlier: tuple[str, ...], *, with_not: bool, depth: int = 2
) -> st.SearchStrategy[dict[str, object]]:
    leaves: list[st.SearchStrategy[dict[str, object]]] = [
        st.builds(lambda n: {"fact": "team.size", "at_least": n}, st.integers(1, 4)),
        st.builds(
            lambda key, days: {"reached": {"deadline": key, "days": days}},
            st.sampled_from(DEADLINES),
            st.integers(-5, 5),
        ),
    ]
    if earlier:
        keys = st.sampled_from(earlier)
        leaves += [
            st.builds(lambda key: {"step": key}, keys),
            st.builds(
                lambda key, value: {"answer": f"{key}.as", "is": value},
                keys,
                st.sampled_from(OPTIONS),
            ),
        ]
    leaf = st.one_of(leaves)
    if depth == 0:
        return leaf
    inner = st.lists(
        conditions(earlier, with_not=with_not, depth=depth - 1), min_size=1, max_size=3
    )
    ways = [
        leaf,
        st.builds(lambda parts: {"all": parts}, inner),
        st.builds(lambda parts: {"any": parts}, inner),
        st.builds(lambda parts: {"count": parts, "at_least": (len(parts) + 1) // 2}, inner),
    ]
    if with_not:
        ways.append(st.builds(lambda parts: {"not": parts[0]}, inner))
    return st.one_of(ways)


@st.composite
def worlds(draw: st.DrawFn, *, with_not: bool = True) -> World:
    keys = KEYS[: draw(st.integers(1, len(KEYS)))]
    steps = []
    for index, key in enumerate(keys):
        made = a_step(key, field=[FIELD], days=draw(st.integers(0, 9)))
        for name in ("opens", "applies"):
            if draw(st.booleans()):
                made[name] = draw(conditions(keys[:index], with_not=with_not))
        if draw(st.booleans()):
            made["due"] = {"deadline": draw(st.sampled_from(DEADLINES))}
        made["side"] = draw(st.booleans())
        steps.append(made)
    steps = draw(st.permutations(steps))
    return World(pack=a_pack(*steps), facts=draw(facts_about(keys)), deadlines=draw(days()))


@cache
def facts_about(keys: tuple[str, ...]) -> st.SearchStrategy[dict[str, Fact]]:
    names = [f"evidence:{key}:form" for key in keys]
    forms = st.dictionaries(
        st.sampled_from(names), st.builds(Fact, state=st.sampled_from(FactState))
    )
    answers = st.dictionaries(
        st.sampled_from([f"answer:{key}:as" for key in keys]),
        st.builds(Fact, value=st.sampled_from(OPTIONS)),
    )
    team = st.dictionaries(st.just("team.size"), st.builds(Fact, count=st.integers(0, 5)))
    return st.builds(lambda a, b, c: {**a, **b, **c}, forms, answers, team)


@cache
def days() -> st.SearchStrategy[dict[str, date | None]]:
    day = st.integers(-9, 9).map(lambda n: TODAY + timedelta(days=n))
    return st.fixed_dictionaries({key: st.none() | day for key in DEADLINES})


def route_of(world: World) -> Route:
    return decided(world.pack, world.facts, deadlines=world.deadlines)


def holds(condition: Condition, world: World, route: Route) -> bool:
    """A second, slow and plain reading of conditions that hold without any `not`."""
    if condition.all is not None:
        return all(holds(part, world, route) for part in condition.all)
    if condition.any is not None:
        return any(holds(part, world, route) for part in condition.any)
    if condition.count is not None:
        met = sum(holds(part, world, route) for part in condition.count)
        return met >= (condition.at_least or 0)
    if condition.step is not None:
        return route.by_key[condition.step].status.is_satisfied
    if condition.reached is not None:
        day = world.deadlines[condition.reached.deadline]
        return day is not None and day + timedelta(days=condition.reached.days) <= TODAY
    if condition.answer is not None:
        step, _, name = condition.answer.partition(".")
        if route.by_key[step].status is Status.NOT_APPLICABLE:
            return False
        fact = world.facts.get(f"answer:{step}:{name}")
        return fact is not None and fact.value in condition.wanted
    fact = world.facts.get(condition.fact or "")
    return fact is not None and fact.count >= (condition.at_least or 0)


@fast
@given(worlds(with_not=False))
def test_a_step_whose_needs_are_unmet_never_opens(world: World) -> None:
    found = route_of(world)
    for step in found.steps:
        if step.status in (Status.LOCKED, Status.NOT_APPLICABLE):
            continue
        for condition in (step.step.opens, step.step.applies):
            assert condition is None or holds(condition, world, found)


@fast
@given(worlds(with_not=False))
def test_a_step_whose_needs_are_met_is_never_locked(world: World) -> None:
    found = route_of(world)
    for step in found.steps:
        needs = [c for c in (step.step.opens, step.step.applies) if c is not None]
        if all(holds(condition, world, found) for condition in needs):
            assert step.status is not Status.LOCKED


@fast
@given(worlds())
def test_every_locked_step_says_what_opens_it(world: World) -> None:
    for step in route_of(world).steps:
        assert (step.status is Status.LOCKED) == bool(step.needs)
        for need in step.needs:
            assert 1 <= need.at_least <= len(need.blockers)


@fast
@given(worlds(with_not=False), st.data())
def test_more_facts_never_take_anything_away(world: World, data: st.DataObject) -> None:
    names = sorted(world.facts)
    kept = data.draw(st.sets(st.sampled_from(names)) if names else st.just(set()))
    before = statuses(
        route_of(
            World(
                pack=world.pack,
                facts={name: world.facts[name] for name in kept},
                deadlines=world.deadlines,
            )
        )
    )
    after = statuses(route_of(world))
    for key, status in before.items():
        if status is Status.DONE or status is Status.NOT_APPLICABLE:
            assert after[key] is status
        elif status is not Status.LOCKED:
            assert after[key] is not Status.LOCKED
            assert after[key] is not Status.NOT_APPLICABLE


@fast
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_facts_does_not_matter(world: World, random: Random) -> None:
    names = list(world.facts)
    random.shuffle(names)
    shuffled = World(
        pack=world.pack,
        facts={name: world.facts[name] for name in names},
        deadlines=dict(reversed(list(world.deadlines.items()))),
    )
    assert route_of(world) == route_of(shuffled)


@fast
@given(worlds(), worlds())
def test_a_new_pack_never_loses_a_milestone(old: World, new: World) -> None:
    reached = {step.key: AT for step in rules.newly_reached(route_of(old), ())}
    found = decided(new.pack, old.facts, deadlines=new.deadlines, reached=reached)
    shown = {step.key: step.reached_at for step in found.steps if step.reached_at}
    assert shown | dict(found.former) == reached
    assert not reached.keys() & {step.key for step in rules.newly_reached(found, reached)}


@fast
@given(worlds())
def test_lists_and_pages_are_decided_alike(world: World) -> None:
    whole = route_of(world)
    brief = rules.standing(world.pack, world.facts, TODAY, deadlines=world.deadlines)
    assert brief.statuses == tuple(step.status for step in whole.steps)
    assert brief.now == whole.now
    assert (brief.done, brief.total) == (whole.total.done, whole.total.total)
    if whole.now is not None:
        assert brief.slack_days == whole.by_key[whole.now.step.key].slack_days


@fast
@given(worlds())
def test_there_is_something_now_whenever_a_step_is_workable(world: World) -> None:
    found = route_of(world)
    if any(step.status.is_workable for step in found.steps):
        assert found.now is not None
        assert found.by_key[found.now.step.key].status.is_workable


@fast
@given(worlds(with_not=False))
def test_doing_what_is_open_comes_to_an_end(world: World) -> None:
    facts = dict(world.facts)
    for _ in range(len(world.pack.steps) + 1):
        found = decided(world.pack, facts, deadlines=world.deadlines)
        todo = [step.key for step in found.steps if step.status not in _SETTLED]
        if not todo:
            break
        facts |= {f"evidence:{key}:form": Fact(state=FactState.PRESENT) for key in todo}
    assert not todo


_SETTLED = (Status.DONE, Status.LOCKED, Status.NOT_APPLICABLE)
