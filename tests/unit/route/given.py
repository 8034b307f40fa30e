"""Small routes and facts for the tests of the route's rules."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from app.facts import Fact, FactState
from app.packs import Pack, PackHeader
from quests.route import rules
from quests.route.pack import RoutePack
from quests.route.position import Route, Status
from quests.route.shape import RouteShape

TODAY = date(2026, 3, 10)

STEP_DEFAULTS: Mapping[str, object] = {
    "stage": "way",
    "line": "documents",
    "minutes": 10,
    "days": 1,
}
FORM: Mapping[str, object] = {"kind": "form", "key": "form"}


def a_step(key: str, **given: object) -> dict[str, object]:
    """A step proved by a form unless evidence is given; lists are those of route.toml."""
    return {**STEP_DEFAULTS, "key": key, "evidence": [FORM], **given}


def a_pack(*steps: Mapping[str, object]) -> RoutePack:
    """A pack with these steps and no words."""
    header = PackHeader.model_validate(
        {
            "id": "test",
            "version": date(2026, 1, 1),
            "country": "GB",
            "timezone": "Europe/London",
            "currency": "GBP",
            "languages": ["en"],
            "default_language": "en",
        }
    )
    shape = RouteShape.model_validate({"stage": [{"key": "way"}], "step": list(steps)})
    return RoutePack(pack=Pack(folder=Path("test"), header=header), shape=shape, words={})


def a_written_pack(text: str) -> RoutePack:
    """A pack from the text of its steps, as a pack author writes them."""
    steps = tomllib.loads(text)["step"]
    return a_pack(*[{**STEP_DEFAULTS, "evidence": [FORM], **step} for step in steps])


def proved(*steps: str, **others: Fact) -> dict[str, Fact]:
    """Facts that complete the forms of these steps, and others by name with dots for colons."""
    facts = {f"evidence:{step}:form": Fact(state=FactState.PRESENT) for step in steps}
    return facts | others


def answered(**answers: str) -> dict[str, Fact]:
    """Answers by step__field."""
    return {
        f"answer:{name.replace('__', ':')}": Fact(state=FactState.PRESENT, value=value)
        for name, value in answers.items()
    }


def in_state(step: str, state: FactState, evidence: str = "form") -> dict[str, Fact]:
    """One piece of evidence in one state."""
    return {f"evidence:{step}:{evidence}": Fact(state=state)}


def decided(
    pack: RoutePack,
    facts: Mapping[str, Fact] | None = None,
    *,
    today: date = TODAY,
    deadlines: Mapping[str, date | None] | None = None,
    reached: Mapping[str, datetime] | None = None,
    snoozed: Mapping[str, date] | None = None,
    role: str = "candidate",
) -> Route:
    """What the rules say."""
    return rules.route(
        pack,
        facts or {},
        today,
        deadlines=deadlines or {},
        reached=reached,
        snoozed=snoozed,
        role=role,
    )


def statuses(found: Route) -> dict[str, Status]:
    """Status of each step by its key."""
    return {step.key: step.status for step in found.steps}
