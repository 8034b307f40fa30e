"""What becomes of each campaign of a coalition: some fast, many stuck, some silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from app.demo.deeds import Life
from app.demo.lives import live
from app.demo.plot import Featured, Plot
from app.demo.stage import Ending, Fate, Stage, way_to

LEAST_STEPS, MOST_STEPS = 7, 24
"""How far those have come whom a lawyer helps."""
MOST_LIVES = 900
"""Lives of one kind played for one coalition; a larger coalition lives them more than once."""
REACHES = ((0, 2, 6), (2, 5, 8), (5, 9, 14), (9, 13, 30), (13, 17, 30), (17, 24, 12))
"""How many steps a campaign has done, from and below, in how many of a hundred."""
ENDINGS = (
    (Ending.FRESH, 9),
    (Ending.MOVING, 51),
    (Ending.STUCK, 19),
    (Ending.SILENT, 13),
    (Ending.RETURNED, 8),
)
DAY = timedelta(days=1)
LONG_WAY = 40 * DAY
"""How long ago the featured campaigns began."""
TRIES = 60
HELPERS_SHARE = (("lawyer", 7),)
"""One in so many of those who wait waits for this helper, where the route asks for one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The lives of a coalition's campaigns, in the order of the campaigns."""

    fresh: Life
    middle: Life
    others: Sequence[Life]


def cast(stage: Stage, now: datetime, *, campaigns: int, waiting: int, random: Random) -> Cast:
    """Give so many lives, of which just so many have one review waiting.

    The first two are those of the people one can sign in as; one review of the second waits.
    """
    take = stage.supply.take
    fresh = live(stage, _fate(Ending.FRESH, 0, 1.0, now, random), random)
    middle = take(_middle(stage, now, random))
    left = max(0, campaigns - 2)
    patient = min(max(0, waiting - middle.waiting), left)
    kept = stage.supply.set_apart()
    waiting_lives = [
        take(_waiting_life(stage, now, random, _helper(stage, place)))
        for place in range(min(patient, MOST_LIVES))
    ]
    stage.supply.give_back(kept)
    other_lives = [
        take(_other_life(stage, now, random)) for _ in range(min(left - patient, MOST_LIVES))
    ]
    others = _repeated(waiting_lives, patient) + _repeated(other_lives, left - patient)
    random.shuffle(others)
    return Cast(fresh=fresh, middle=middle, others=others)


def featured_life(stage: Stage, one: Featured, now: datetime, random: Random) -> Life:
    """Give the life of a featured campaign: its goals are reached, and nothing beyond them.

    Raises ValueError when chance and the calendar never let it come so far.
    """
    stage = replace(stage, plot=_answering(stage.plot, one))
    only = way_to(stage.pack, one.goals)
    ends_at = now - one.rests
    fate = Fate(
        ending=Ending.ARRIVED,
        steps=len(only),
        starts_at=ends_at - LONG_WAY,
        ends_at=ends_at,
        only=only,
    )
    for _ in range(TRIES):
        life = live(stage, fate, random)
        if only <= life.milestones.keys():
            return life
    raise ValueError(f"{one.place.council}: {one.goals} can't be reached by {ends_at}")


def _answering(plot: Plot, one: Featured) -> Plot:
    own = {step: {**plot.answers.get(step, {}), **said} for step, said in one.answers.items()}
    return replace(plot, answers={**plot.answers, **own})


def _repeated(lives: list[Life], count: int) -> list[Life]:
    return [lives[index % len(lives)] for index in range(count)] if lives else []


def _middle(stage: Stage, now: datetime, random: Random) -> Life:
    steps = 3 * len(stage.pack.steps) // 10
    for fewer in range(steps):
        fate = Fate(
            ending=Ending.MIDDLE,
            steps=steps - fewer,
            starts_at=now - 45 * DAY,
            ends_at=now - timedelta(hours=5),
        )
        life = live(stage, fate, random)
        if life.waiting == 1 and any(piece.state == "returned" for piece in life.pieces):
            return life
    return life


def _helper(stage: Stage, place: int) -> str:
    asked = {one.review for step in stage.pack.steps for one in step.evidence}
    helpers = (queue for queue, share in HELPERS_SHARE if queue in asked and not place % share)
    return next(helpers, "")


def _waiting_life(stage: Stage, now: datetime, random: Random, queue: str) -> Life:
    if queue:
        for steps in range(MOST_STEPS, LEAST_STEPS, -1):
            vigour = _vigour(random)
            fate = replace(_fate(Ending.WAITING, steps, vigour, now, random), queue=queue)
            life = live(stage, fate, random)
            if life.waiting == 1:
                return life
    wanted = _reach(random)
    for steps in range(wanted, -1, -1):
        life = live(stage, _fate(Ending.WAITING, steps, _vigour(random), now, random), random)
        if life.waiting == 1:
            return life
    raise ValueError(f"{stage.pack.id} has no review to wait for at the start of its route")


def _other_life(stage: Stage, now: datetime, random: Random) -> Life:
    ending = random.choices([e for e, _ in ENDINGS], [weight for _, weight in ENDINGS])[0]
    steps = 0 if ending is Ending.FRESH else max(1, _reach(random))
    return live(stage, _fate(ending, steps, _vigour(random), now, random), random)


def _vigour(random: Random) -> float:
    return random.uniform(0.8, 1.3)


def _reach(random: Random) -> int:
    low, high, _ = random.choices(REACHES, [weight for _, _, weight in REACHES])[0]
    return random.randrange(low, high)


def _fate(ending: Ending, steps: int, vigour: float, now: datetime, random: Random) -> Fate:
    ends_at = now - _age(ending, random)
    travelled = 1.5 + steps * random.uniform(1.8, 3.8) / vigour
    return Fate(ending=ending, steps=steps, starts_at=ends_at - travelled * DAY, ends_at=ends_at)


def _age(ending: Ending, random: Random) -> timedelta:
    """Give how long ago a campaign's last deed was."""
    match ending:
        case Ending.FRESH:
            return random.uniform(0.2, 8) * DAY
        case Ending.MOVING:
            return random.uniform(0.1, 4.5) * DAY
        case Ending.STUCK:
            return random.uniform(7.5, 13) * DAY
        case Ending.SILENT:
            return random.uniform(15, 40) * DAY
        case Ending.RETURNED:
            return random.uniform(0.8, 5) * DAY
        case Ending.WAITING | Ending.MIDDLE | Ending.ARRIVED:
            low, high = random.choices(((0.05, 1.2), (1.2, 3), (3, 7)), (58, 30, 12))[0]
            return random.uniform(low, high) * DAY
