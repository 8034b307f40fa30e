"""One's own campaign in the address never opens a thing of another one."""

from __future__ import annotations

from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from tests.guards.browsing import OF_A_CAMPAIGN, Route, World, normal
from tests.guards.world import Principal

WORKERS = (
    *("candidate", "manager", "treasurer", "canvass_lead", "canvasser", "press"),
    *("coordinator", "chief", "lawyer", "designer", "two-hats"),
)
FOREIGN = ("sibling", "cousin", "stranger")
NAMED_BY_WHO_BEGINS = {"paperwork.edit_row", "paperwork.save_row", "paperwork.remove_row"}
"""Routes that begin or leave out what is not there yet: they tell nothing of other campaigns."""


def mixed(world: World) -> list[Route]:
    """Give the routes that name a campaign and a thing of it."""
    return [
        route
        for route in world.routes
        if "campaign_id" in route.names and len(route.names & OF_A_CAMPAIGN) > 1
    ]


@pytest.mark.parametrize("name", WORKERS)
@pytest.mark.parametrize("foreign", FOREIGN)
def test_a_foreign_thing_under_ones_own_campaign_is_absent(
    world: World, name: str, foreign: str
) -> None:
    who = world.principals[name]
    wrong = []
    for route in mixed(world):
        if route.permission is None or not who.viewer.holds(route.permission):
            continue
        before = world.version()
        path = _path(world, route, who, foreign)
        answer = _ask(world, who, route, path)
        empty = _path(world, route, who, None)
        absent = _ask(world, who, route, empty)
        if world.version() != before:
            wrong.append(f"{route.method} {path}: something was written")
            world.restore()
        if _is_ours_to_name(who, world, foreign, route):
            continue
        # Some forms are looked through before the thing is; then both are refused alike.
        begins = route.endpoint in NAMED_BY_WHO_BEGINS
        if answer.status_code not in (404, 409, 422) and not begins:
            wrong.append(f"{route.method} {path}: {answer.status_code}")
        elif normal(answer, path) != normal(absent, empty):
            wrong.append(f"{route.method} {path}: differs from the answer about nothing")
    assert not wrong, "\n".join(wrong)


def _ask(world: World, who: Principal, route: Route, path: str) -> TestResponse:
    """Send what would be good enough, were the thing one's own."""
    if route.method == "GET":
        return world.ask(who, "GET", path)
    number = path.split("/")[-2]
    filled = {
        "csrf_token": world.csrf,
        "answer": "Words of an answer",
        "useful": "yes",
        "outcome": "talked",
        "observation": str(uuid4()),
        "reason": "Words of a reason",
        "version": "1",
        "colour": "documents",
        "passed": "yes",
        f"m{number}-role": "press",
    }
    return world.ask(who, "POST", path, data=filled)


def _path(world: World, route: Route, who: Principal, foreign: str | None) -> str:
    place = world.places[foreign or "own"]
    values = route.values(place, who, absent=foreign is None)
    return world.path(route, {**values, "campaign_id": world.places["own"].ids["campaign_id"]})


def _is_ours_to_name(who: Principal, world: World, foreign: str, route: Route) -> bool:
    """Those above several campaigns may open a question of theirs under another of theirs."""
    assert route.permission is not None
    return who.viewer.may(route.permission, world.places[foreign].scope)


def test_there_are_such_routes(world: World) -> None:
    assert {route.endpoint for route in mixed(world)} >= {
        "evidence.download",
        "evidence.withdraw",
        "help.question",
        "accounts.team_role",
        "paperwork.issued_file",
        "paperwork.scan",
        "paperwork.show_preview",
        "paperwork.edit_row",
        "paperwork.show_row",
        "flyers.version_file",
        "flyers.withdraw",
        "fund.gift",
        "fund.refund",
        "field.door",
        "field.retract",
        "field.forget",
        "field.apply",
        "field.end",
    }


@pytest.mark.parametrize("name", ["candidate", "coordinator"])
def test_a_foreign_row_among_many_chosen_is_left_alone(world: World, name: str) -> None:
    chosen = [world.places[place].by_queue["organisation"]["review_id"] for place in FOREIGN[1:]]
    before = world.version()
    world.ask(
        world.principals[name],
        "POST",
        "/desk/queue/accept",
        data={"csrf_token": world.csrf, "chosen": [str(number) for number in chosen]},
    )
    assert world.version() == before


def test_a_candidate_admits_nobody_into_a_foreign_organisation(world: World) -> None:
    place = world.places["own"]
    before = world.version()
    answer = world.ask(
        world.principals["coordinator"],
        "POST",
        f"/desk/people/{place.ids['applied_id']}/admit",
        data={
            "csrf_token": world.csrf,
            "organisation": str(world.places["cousin"].ids["organisation_id"]),
        },
    )
    assert answer.status_code == 422
    assert world.version() == before


def test_a_coordinator_invites_nobody_into_a_foreign_organisation(world: World) -> None:
    other = world.places["cousin"].scope
    before = world.version()
    for target in (f"{other.coalition_id}:{other.organisation_id}", f"{other.coalition_id}:"):
        answer = world.ask(
            world.principals["coordinator"],
            "POST",
            "/desk/invitations",
            data={
                "csrf_token": world.csrf,
                "name": "Guest",
                "email": "guest@example.org",
                "role": "coordinator",
                "place": target,
            },
        )
        assert answer.status_code == 422
    assert world.version() == before


def test_a_manager_makes_nobody_a_coordinator(world: World) -> None:
    place = world.places["own"]
    prefix = f"m{place.ids['member_id']}-"
    before = world.version()
    for role in ("coordinator", "chief", "candidate", "auditor"):
        answer = world.ask(
            world.principals["manager"],
            "POST",
            f"/campaigns/{place.ids['campaign_id']}/team/{place.ids['member_id']}/role",
            data={"csrf_token": world.csrf, f"{prefix}role": role},
        )
        assert answer.status_code == 422
    assert world.version() == before
