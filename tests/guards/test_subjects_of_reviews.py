"""Papers, flyers and support pages on the desk: open to whose desk it is, and to nobody else."""

from __future__ import annotations

import pytest

from app.access import Permission as P
from app.reviews.rules import Queue, may_decide_in
from tests.guards.browsing import World
from tests.guards.test_access_matrix import PRINCIPALS
from tests.guards.test_canaries import CANARY, known_to
from tests.guards.world import KIND, SUBJECT_REVIEWS, Place, Principal

TOLD = {
    "document_review_id": "scan",
    "flyer_review_id": "flyer_sent",
    "support_page_review_id": "support_handed_in",
}
"""What a reviewer has to find on the page of each."""
DECISIONS = ("accept", "return", "undo")


def of_the_desk(who: Principal, place: Place, queue: str) -> int:
    """Give the status with which a page of the desk answers."""
    if who.token is None or who.dead or who.owing:
        return 303
    if not who.viewer.holds(P.REVIEW_DECIDE):
        return 403
    return 200 if may_decide_in(who.viewer, place.scope, Queue(queue)) else 404


@pytest.mark.parametrize("name", PRINCIPALS)
@pytest.mark.parametrize("kind", SUBJECT_REVIEWS)
def test_a_review_opens_on_its_desk_and_tells_nobody_more_than_is_theirs(
    world: World, name: str, kind: str
) -> None:
    who, known = world.principals[name], known_to(world, world.principals[name])
    for place in world.places.values():
        expected = of_the_desk(who, place, SUBJECT_REVIEWS[kind])
        answer = world.ask(who, "GET", f"/desk/reviews/{place.ids[kind]}")
        assert answer.status_code == expected, f"{place.name}: {answer.status_code}"
        found = set(CANARY.findall(answer.get_data()))
        assert not found - known, place.name
        told = place.canaries[TOLD[kind]].encode()
        assert (told in found) is (expected == 200), place.name


@pytest.mark.parametrize("name", PRINCIPALS)
def test_nobody_decides_from_another_desk(world: World, name: str) -> None:
    who, before = world.principals[name], world.version()
    for kind, queue in SUBJECT_REVIEWS.items():
        for place in world.places.values():
            expected = of_the_desk(who, place, queue)
            if expected == 200:
                continue
            for decision in DECISIONS:
                path = f"/desk/reviews/{place.ids[kind]}/{decision}"
                filled = {"csrf_token": world.csrf, "reason": "Words of a reason"}
                answer = world.ask(who, "POST", path, data=filled)
                assert answer.status_code == expected, path
    assert world.version() == before


@pytest.mark.parametrize("name", PRINCIPALS)
def test_a_version_nobody_was_sent_opens_for_those_who_work_on_it(world: World, name: str) -> None:
    who = world.principals[name]
    for place in world.places.values():
        number = place.ids["unsent_issue_id"]
        path = f"/campaigns/{place.ids['campaign_id']}/documents/{KIND}/issued/{number}"
        answer = world.ask(who, "GET", path)
        works = who.viewer.may(P.PAPER_WORK, place.scope)
        assert (answer.status_code == 200) is works, f"{place.name}: {answer.status_code}"
        shown = place.canaries["unsent_bytes"].encode() in answer.get_data()
        assert shown is works, place.name
        if who.viewer.may(P.PAPER_READ, place.scope) and not works:
            assert answer.status_code == 403, place.name


def test_a_receipt_is_given_to_whoever_holds_its_link(world: World) -> None:
    visitor, place = world.principals["visitor"], world.places["own"]
    answer = world.ask(visitor, "GET", f"/support/gifts/{place.tokens['support']}/receipt")
    assert answer.status_code == 200
    assert place.canaries["receipt_bytes"].encode() in answer.get_data()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    foreign = world.places["stranger"].tokens["support"]
    mixed = f"{place.tokens['support'].partition('-')[0]}-{foreign.partition('-')[2]}"
    assert world.ask(visitor, "GET", f"/support/gifts/{mixed}/receipt").status_code == 404
