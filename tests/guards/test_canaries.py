"""What belongs to somebody else never occurs in any answered byte, nor in the log."""

from __future__ import annotations

import re

import pytest

from app.access import HELPER_ROLES, Viewer
from app.access import Permission as P
from tests.guards.browsing import World
from tests.guards.test_access_matrix import PRINCIPALS
from tests.guards.world import QUEUES, Place, Principal

CANARY = re.compile(rb"canary[0-9a-f]{12}")
WORK = (P.STEP_WORK, P.EVIDENCE_READ)
READERS: dict[str, tuple[P, ...]] = {
    "candidate": (P.ROUTE_READ,),
    "member": (P.TEAM_READ, P.STEP_WORK),
    "helper": (P.TEAM_READ, P.PEOPLE_MANAGE, P.REVIEW_DECIDE),
    "applicant": (P.INTERVIEW_DECIDE,),
    "guest": (P.TEAM_MANAGE,),
    "desk_guest": (P.PEOPLE_MANAGE,),
    "question": (P.QUESTION_ASK, P.QUESTION_ANSWER),
    "answer_True": (P.QUESTION_ASK, P.QUESTION_ANSWER),
    "answer_False": (P.QUESTION_ASK, P.QUESTION_ANSWER),
    "article": (P.ROUTE_READ, P.QUESTION_ANSWER),
    "note": WORK,
    "typed": WORK,
    **{f"{what}_{queue}": WORK for what in ("note", "file", "bytes") for queue in QUEUES},
}
"""Who reads what inside their own scope: whoever holds one of these permissions there."""
FOR_THE_COALITION = {"article"}


def may_read(viewer: Viewer, place: Place, what: str) -> bool:
    """Say whether a canary may be shown to a viewer."""
    if what in FOR_THE_COALITION:
        return any(grant.coalition_id == place.scope.coalition_id for grant in viewer.grants)
    roles = viewer.roles_in(place.scope)
    helping = roles & set(HELPER_ROLES)
    if READERS[what] is WORK and roles and roles == helping:
        return any(what.endswith(f"_{role.value}") for role in helping)
    return any(viewer.may(each, place.scope) for each in READERS[what])


def known_to(world: World, who: Principal) -> set[bytes]:
    return {
        word.encode()
        for place in world.places.values()
        for what, word in place.canaries.items()
        if may_read(who.viewer, place, what)
    }


@pytest.mark.parametrize("name", PRINCIPALS)
def test_nobody_is_answered_with_what_is_not_theirs(world: World, name: str) -> None:
    who = world.principals[name]
    known = known_to(world, who)
    names = {
        word.encode(): f"{what} of {place.name}"
        for place in world.places.values()
        for what, word in place.canaries.items()
    }
    leaks = []
    for answer in world.sweep(who).answers:
        # Whoever holds a secret link reads what it leads to.
        linked = "token" in answer.route.rule.arguments
        allowed = known | (
            {w.encode() for w in answer.place.canaries.values()} if linked else set()
        )
        found = set(CANARY.findall(answer.raw)) - allowed
        leaks += [f"{name}: {answer}: {names.get(word, 'a sealed answer')}" for word in found]
    assert not leaks, "\n".join(leaks)


SEARCHES = (
    "/desk/campaigns?q=canary",
    "/desk/queue?queue=organisation",
    "/desk/queue?queue=lawyer",
    "/desk/questions?state=answered",
    "/demo/mailbox?to=example.org",
)


@pytest.mark.parametrize("name", PRINCIPALS)
def test_no_search_or_filter_finds_what_is_not_theirs(world: World, name: str) -> None:
    who = world.principals[name]
    known = known_to(world, who)
    places = world.places.values()
    paths = [
        *SEARCHES,
        *(f"/desk/campaigns?organisation={each.ids['organisation_id']}" for each in places),
        *(f"/desk/queue?organisation={each.ids['organisation_id']}" for each in places),
        *(f"/campaigns/{each.ids['campaign_id']}/questions?q=вопрос" for each in places),
        *(f"/join?election={number}&place=canary" for number in (1, 2)),
    ]
    for path in paths:
        found = set(CANARY.findall(world.ask(who, "GET", path).get_data()))
        assert not found - known, path


@pytest.mark.parametrize("name", PRINCIPALS)
def test_the_log_tells_nothing_about_anybody(world: World, name: str) -> None:
    log = world.sweep(world.principals[name]).log
    assert log
    assert not CANARY.findall(log.encode())
    assert "example.org" not in log
    tokens = {word for place in world.places.values() for word in place.tokens.values()}
    assert not {token for token in tokens if token in log}


def test_the_canaries_can_be_found_by_those_they_are_for(world: World) -> None:
    """A guard that looks for what is never shown would always be content."""
    shown = {
        word
        for name in ("candidate", "coordinator", "chief", "lawyer", "designer")
        for answer in world.sweep(world.principals[name]).answers
        for word in CANARY.findall(answer.raw)
    }
    own = world.places["own"]
    hidden = {what for what, word in own.canaries.items() if word.encode() not in shown}
    # Everybody here sits at the organisation's desk or at a helper's own.
    assert hidden <= {"bytes_coalition"}
