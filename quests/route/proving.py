"""How far the evidence of an unlocked step has come."""

from __future__ import annotations

from app.facts import Fact, FactState
from quests.route.conditions import YES, World
from quests.route.course import ProofRule, Station
from quests.route.position import Status

_COMPLETE = (Status.DONE, Status.WAITING)


def worked(station: Station, world: World) -> Status:
    """How far the evidence of an unlocked step is."""
    facts = world.facts
    if not station.proofs:
        return Status.OPEN
    worst = Status.DONE
    for rule in station.proofs:
        if rule.place >= 0:
            if world.days[rule.place] > world.today and worst is Status.DONE:
                worst = Status.WAITING
            continue
        fact = facts.get(rule.fact)
        if fact is not None and is_complete(rule, fact):
            continue
        if rule.spared is not None and rule.spared(world) == YES:
            continue
        if fact is None:
            if worst is not Status.RETURNED:
                worst = Status.OPEN
        elif fact.state is FactState.RETURNED:
            worst = Status.RETURNED
        elif fact.state is FactState.WAITING:
            if worst is Status.DONE:
                worst = Status.WAITING
        elif worst is not Status.RETURNED:
            worst = Status.OPEN
    if worst in _COMPLETE and station.stops and is_stopped(station, world):
        return Status.OPEN
    return worst


def is_complete(rule: ProofRule, fact: Fact) -> bool:
    """Whether a fact is all that this piece of evidence asks for."""
    return fact.count >= rule.need and (rule.counts_only or fact.state is FactState.PRESENT)


def is_stopped(station: Station, world: World) -> bool:
    """Whether an answer given says that this form can't prove anything."""
    for stop in station.stops:
        fact = world.facts.get(stop.fact)
        if fact is not None and fact.value in stop.values:
            return True
    return False
