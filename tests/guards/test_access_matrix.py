"""Every route, asked by everybody about everybody's things, answers as its policy says."""

from __future__ import annotations

import pytest

from app.access import Public, SignedIn
from tests.guards.browsing import OWN_ACCOUNT, Route, World, normal, scoped
from tests.guards.world import Place, Principal

ROLES = (
    *("candidate", "manager", "treasurer", "canvass_lead", "canvasser", "press"),
    *("coordinator", "chief", "auditor", "lawyer", "designer"),
)
PRINCIPALS = ("visitor", "nobody", "suspended", "owing", *ROLES, "two-hats")
SIGN_IN, SECOND_FACTOR = "/sign-in", "/second-factor"

OPEN = frozenset({200, 303, 403, 404, 409, 422})
UNHEALTHY = {"operations.show_health": frozenset({503})}
"""No worker runs here, and the health page says so."""
ALLOWED = {"GET": frozenset({200, 303}), "POST": frozenset({200, 303, 403, 409, 422})}
NARROWER: dict[str, frozenset[str]] = {
    # Files are for those who work on the steps, for desks, and for the helper they were sent to.
    "evidence.download": frozenset({"canvasser", "two-hats"}),
    # Those who answer read a question on their own desk, and only theirs.
    "evidence.withdraw": frozenset(),
}
"""Routes that inside a viewer's own scope are closed to some of those who hold the permission."""


def expected(route: Route, who: Principal, place: Place) -> tuple[str, frozenset[int]]:
    """Give the rule that decides, and the statuses it allows. This is the whole table."""
    access, viewer = route.access, who.viewer
    if isinstance(access, Public):
        return "public", OPEN | UNHEALTHY.get(route.endpoint, frozenset())
    if who.token is None or who.dead:
        return "sign in", frozenset({303})
    if who.owing and not (isinstance(access, SignedIn) and access.half):
        return "second factor", frozenset({303})
    if isinstance(access, SignedIn):
        foreign = bool(route.names & OWN_ACCOUNT)
        return ("absent", frozenset({404})) if foreign else ("signed in", OPEN - {404})
    if not viewer.holds(access.permission):
        return "forbidden", frozenset({403})
    if not route.names:
        return "own", ALLOWED[route.method]
    if not viewer.may(access.permission, route.scope(place)):
        return "absent", frozenset({404})
    if who.name in NARROWER.get(route.endpoint, ()):
        return "absent", frozenset({404})
    return "own", ALLOWED[route.method]


@pytest.mark.parametrize("name", PRINCIPALS)
def test_every_route_answers_as_its_policy_says(world: World, name: str) -> None:
    who = world.principals[name]
    wrong = [
        problem
        for route in world.routes
        for place in scoped(world, route)
        for problem in _problems(world, route, who, place)
    ]
    assert not wrong, "\n".join(wrong)


def _problems(world: World, route: Route, who: Principal, place: Place) -> list[str]:
    path = world.path(route, route.values(place, who))
    kind, statuses = expected(route, who, place)
    before = world.version()
    answer = world.ask(who, route.method, path)
    changed = world.version() != before
    said = f"{who.name}: {route.method} {path} ({route.endpoint}, {place.name})"
    found = []
    if answer.status_code not in statuses:
        found.append(f"{said}: {answer.status_code}, {kind} allows {sorted(statuses)}")
    target = {"sign in": SIGN_IN, "second factor": SECOND_FACTOR}.get(kind)
    if target and not answer.headers.get("Location", "").startswith(target):
        found.append(f"{said}: leads to {answer.headers.get('Location')}, not {target}")
    if changed and kind not in ("public", "signed in", "own"):
        found.append(f"{said}: refused, and something was written")
    if kind == "absent":
        found += _differences(world, route, who, place, normal(answer, path), said)
    if changed:
        if kind == "own":
            found += _changed_abroad(world, route, who, said)
        world.restore()
    return found


def _differences(
    world: World, route: Route, who: Principal, place: Place, answered: bytes, said: str
) -> list[str]:
    """A foreign thing and one that is nowhere can't be told apart."""
    path = world.path(route, route.values(place, who, absent=True))
    absent = normal(world.ask(who, route.method, path), path)
    return [] if absent == answered else [f"{said}: differs from the answer about nothing"]


def _changed_abroad(world: World, route: Route, who: Principal, said: str) -> list[str]:
    assert route.permission is not None
    after = world.rows()
    world.restore()
    before = world.rows()
    foreign = {
        place.ids[key]
        for place in world.places.values()
        if not who.viewer.may(route.permission, place.scope)
        for key in ("campaign_id", "applied_id")
    }
    return [
        f"{said}: rows of a foreign campaign changed in {table}"
        for table in before
        if {row for row in before[table] ^ after[table] if row[0] in foreign}
    ]


@pytest.mark.parametrize("name", ["visitor", "nobody", "candidate", "chief"])
def test_no_form_is_taken_without_its_token(world: World, name: str) -> None:
    who = world.principals[name]
    before = world.version()
    taken = []
    for route in world.routes:
        if route.method == "POST":
            path = world.path(route, route.values(world.places["own"], who))
            for data in ({}, {"csrf_token": "forged"}):
                status = world.ask(who, "POST", path, proof=False, data=data).status_code
                if status != 403:
                    taken.append(f"{path}: {status}")
    assert not taken, "\n".join(taken)
    assert world.version() == before


def test_every_role_is_asked(world: World) -> None:
    assert set(world.principals) == set(PRINCIPALS)
