"""Every route, asked by everybody about everybody's things, answers as its policy says."""

from __future__ import annotations

import pytest

from app.access import PERMISSIONS, Public, Role, Scope, SignedIn, Viewer
from app.access import Permission as P
from app.reviews.rules import Queue, may_decide_in
from tests.guards.browsing import OWN_ACCOUNT, Answer, Route, World
from tests.guards.world import Place, Principal

ROLES = (
    *("candidate", "manager", "treasurer", "canvass_lead", "canvasser", "press"),
    *("coordinator", "chief", "auditor", "lawyer", "designer"),
)
PRINCIPALS = ("visitor", "nobody", "suspended", "owing", *ROLES, "two-hats")
SIGN_IN, SECOND_FACTOR = "/sign-in", "/second-factor"

OPEN = frozenset({200, 303, 403, 404, 409, 422})
UNHEALTHY = {
    # No worker runs here, and the health page says so.
    "operations.show_health": frozenset({503}),
    # Nobody here can sign as a payment provider does.
    "hooks.receive": frozenset({400}),
}
SIGNED_BY_THE_SENDER = {"hooks.receive"}
"""Routes that machines send to: what stands for the token of a form is their signature."""
ALLOWED = {"GET": frozenset({200, 303}), "POST": frozenset({200, 303, 403, 409, 422})}
NARROWER = {
    # A file is for those who read all evidence and for the helper it was sent to; of the others
    # in the team only those whose own step it belongs to, and this world's step is nobody's else.
    "evidence.download": (P.EVIDENCE_READ, P.REVIEW_DECIDE),
    "evidence.withdraw": (P.EVIDENCE_READ,),
    # One's own visit, or anybody's for who leads; this world's visits are the candidate's.
    "field.retract": (P.FIELD_MANAGE,),
}
"""Routes that inside a viewer's scope ask for one of these permissions too."""
ON_A_DESK = dict.fromkeys(
    (
        *("paperwork.issued_file", "paperwork.issued_picture", "paperwork.editable_file"),
        *("paperwork.scan", "paperwork.scan_picture"),
    ),
    Queue.LAWYER,
)
"""Routes to what was handed in: open to whose work it is, and to the desk it lies on."""
NOTHING_OFF_THE_DESK = {"paperwork.compare": Queue.LAWYER}
"""Routes to all that was handed in, of which nothing is there for who may open none of it."""
CANDIDATES_ONLY = {"ranking.choose"}
"""Routes for a decision that is nobody's but the candidate's own."""
WHOLE_COALITION = {"ranking.journal", "paperwork.approve", "paperwork.revoke"}
"""Routes about a league or an election: for whoever holds the permission anywhere in it."""


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
    if not _within(route, who, place):
        return "absent", frozenset({404})
    narrower = NARROWER.get(route.endpoint)
    if narrower and not any(viewer.may(each, route.scope(place)) for each in narrower):
        return "absent", frozenset({404})
    desk = ON_A_DESK.get(route.endpoint)
    if desk and not opens_on_the_desk(viewer, route.scope(place), desk):
        return "on another desk", frozenset({403})
    desk = NOTHING_OFF_THE_DESK.get(route.endpoint)
    if desk and not opens_on_the_desk(viewer, route.scope(place), desk):
        return "absent", frozenset({404})
    return "own", ALLOWED[route.method]


def opens_on_the_desk(viewer: Viewer, scope: Scope, desk: Queue) -> bool:
    """Say whether a handed-in paper is open to a viewer."""
    return viewer.may(P.PAPER_WORK, scope) or may_decide_in(viewer, scope, desk)


def _within(route: Route, who: Principal, place: Place) -> bool:
    scope, viewer = route.scope(place), who.viewer
    assert route.permission is not None
    if route.endpoint in CANDIDATES_ONLY and Role.CANDIDATE not in viewer.roles_in(scope):
        return False
    if route.endpoint in WHOLE_COALITION:
        return any(
            grant.coalition_id == scope.coalition_id and route.permission in PERMISSIONS[grant.role]
            for grant in viewer.grants
        )
    return viewer.may(route.permission, scope)


@pytest.mark.parametrize("name", PRINCIPALS)
def test_every_route_answers_as_its_policy_says(world: World, name: str) -> None:
    sweep = world.sweep(world.principals[name])
    wrong = [
        f"{name}: {answer}: {problem}"
        for answer in sweep.answers
        for problem in _problems(answer, sweep.who)
    ]
    assert not wrong, "\n".join(wrong)


def _problems(answer: Answer, who: Principal) -> list[str]:
    kind, statuses = expected(answer.route, who, answer.place)
    target = {"sign in": SIGN_IN, "second factor": SECOND_FACTOR}.get(kind, "")
    found = []
    # A form may be looked through before the thing is, when that tells nothing about the thing.
    same = answer.status == 422 and answer.normal == answer.about_nothing
    if answer.status not in statuses and not (kind == "absent" and same):
        found.append(f"{answer.status}, {kind} allows {sorted(statuses)}")
    if not answer.location.startswith(target):
        found.append(f"leads to {answer.location}, not {target}")
    if answer.wrote and kind not in ("public", "signed in", "own"):
        found.append("refused, and something was written")
    if answer.written_abroad and kind == "own":
        found.append(f"changed rows of a foreign campaign in {answer.written_abroad}")
    # In their own campaign's addresses people see their own menu, which tells them nothing new.
    known = answer.place.scope.campaign_id in who.viewer.campaign_ids
    if kind == "absent" and not known and answer.normal != answer.about_nothing:
        found.append("differs from the answer about nothing")
    return found


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
                refused = 400 if route.endpoint in SIGNED_BY_THE_SENDER else 403
                if status != refused:
                    taken.append(f"{path}: {status}")
    assert not taken, "\n".join(taken)
    assert world.version() == before


def test_every_role_is_asked(world: World) -> None:
    assert set(world.principals) == set(PRINCIPALS)
