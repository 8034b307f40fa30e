"""Web and worker die at fifty random points: nothing is lost, nothing doubled, the books sound.

``--randomly-seed`` gives the points again; what else happens at them is up to the machine.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from app.config import Settings
from quests.route.library import PackLibrary
from tests.db.killed import proof
from tests.db.killed.flows import DOORS, GIFT, PAPER, Crowd, Giver, Walker, Writer
from tests.db.killed.ground import WALKERS, WRITERS, Ground, a_ground
from tests.db.killed.killing import Killer, chosen
from tests.web.paperwork.program import KIND
from tests.web.portal import RU

POINTS = 50
GIVERS = 3
LEAST_CUT_OFF = 5

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500)]


@pytest.fixture
def ground(settings: Settings, library: PackLibrary) -> Iterator[Ground]:
    """The portal with its processes running."""
    found = a_ground(settings, library)
    found.start()
    yield found
    found.stop()
    found.database.dispose()


def test_fifty_deaths_lose_and_double_nothing(ground: Ground) -> None:
    seed = random.getrandbits(32)
    print(f"seed {seed}")
    killer = Killer(ground=ground)
    killer.wait_until_up()
    writers = {who: a_writer(ground, who, seed) for who in WRITERS}
    givers = [a_giver(ground, number, seed) for number in range(GIVERS)]
    walkers = [a_walker(ground, who, seed) for who in WALKERS]
    with Crowd() as crowd:
        for number, person in enumerate([*writers.values(), *givers, *walkers]):
            crowd.add(f"{type(person).__name__} {number}", person.once)
        for point in chosen(seed, POINTS):
            killer.carry_out(point)
            assert not crowd.errors, crowd.errors
        killer.wait_until_up()
        crowd.finish()
    assert not crowd.errors, crowd.errors
    assert not ground.watch.wrong, ground.watch.wrong
    prove_it_hit(ground, killer)
    proof.wait_until_nothing_is_left(ground)
    for who, writer in writers.items():
        proof.prove_papers(ground, who, writer)
    proof.prove_gifts(ground, givers)
    proof.prove_visits(ground, walkers)
    proof.prove_the_whole(ground)


def prove_it_hit(ground: Ground, killer: Killer) -> None:
    """Refuse a run in which processes only died while nobody needed them."""
    cut_off = ground.watch.cut_off
    print(f"killed {dict(killer.killed)}; requests {dict(ground.watch.sent)}")
    print(f"cut off {dict(cut_off)} and {killer.jobs_cut_off} jobs")
    print(f"killed {killer.after_a_commit} times after a commit")
    print(f"told on the second try that it was done: {dict(ground.watch.done_before)}")
    assert killer.killed.total() == POINTS
    assert set(cut_off) == {PAPER, GIFT, DOORS}
    assert cut_off.total() >= LEAST_CUT_OFF
    assert killer.jobs_cut_off >= LEAST_CUT_OFF
    assert killer.after_a_commit >= LEAST_CUT_OFF


def a_writer(ground: Ground, who: str, seed: int) -> Writer:
    """Give a candidate who has answered every question."""
    writer = Writer(
        browser=ground.browser(PAPER, who),
        at=ground.portal.at(f"documents/{KIND[RU]}", who),
        rnd=random.Random(f"{seed} {who}"),
    )
    writer.begin()
    return writer


def a_giver(ground: Ground, number: int, seed: int) -> Giver:
    """Give a stranger."""
    return Giver(
        browser=ground.browser(GIFT, None),
        ground=ground,
        number=number,
        rnd=random.Random(f"{seed} giver {number}"),
    )


def a_walker(ground: Ground, who: str, seed: int) -> Walker:
    """Give a canvasser whose page of doors is open."""
    walker = Walker(
        browser=ground.browser(DOORS, who),
        ground=ground,
        rnd=random.Random(f"{seed} {who}"),
    )
    walker.browser.open(ground.field.at("/walk"))
    return walker
