"""What belongs to somebody else never occurs in any answered byte, nor in the log."""

from __future__ import annotations

import re

import pytest

from app.access import HELPER_ROLES, PERMISSIONS, Viewer
from app.access import Permission as P
from app.reviews.rules import Queue, may_decide_in
from tests.guards.browsing import Answer, World
from tests.guards.test_access_matrix import PRINCIPALS
from tests.guards.world import QUEUES, Place, Principal

CANARY = re.compile(rb"canary[0-9a-f]{12}")
WORK = (P.STEP_WORK, P.EVIDENCE_READ)
FLYERS = (
    *("flyer_page_bytes", "flyer_draft", "flyer_sent", "flyer_bytes", "flyer_note"),
    *("imprint_draft", "imprint_sent"),
)
FIELD_FILES = (
    *("phone", "obtained_from", "consent_source", "quarantined"),
    *("staged_resident", "staged_phone", "import_file", "import_from", "import_consent"),
)
SHEETS = ("signature_head", "sheet_bytes", "cover_bytes", "protocol_bytes")
PACKETS = (
    *("receipt_taker", "receipt_photo", "receipt_photo_name"),
    *("clerk_note", "packet_order", "packet_bytes", "packet_zip"),
)
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
    "surname": (P.PAPER_READ, P.PAPER_WORK),
    "passport": (P.SEALED_READ,),
    "inn": (P.SEALED_READ,),
    "row_what": (P.PAPER_READ, P.PAPER_WORK),
    "row_bank": (P.SEALED_READ,),
    # The note says with which official form ours was compared: whoever prints one reads it.
    "compared": (P.PAPER_READ, P.FORM_APPROVE, P.SIGNATURES_READ),
    "signature_plan": (P.SIGNATURES_READ,),
    "collector_name": (P.SIGNATURES_READ,),
    **dict.fromkeys(("collector_address", "collector_passport"), (P.SIGNATURES_WORK,)),
    **dict.fromkeys(SHEETS, (P.SIGNATURES_READ,)),
    "receipt_number": (P.PAPER_READ,),
    **dict.fromkeys(PACKETS, (P.PAPER_WORK,)),
    **dict.fromkeys(("scan", "scan_bytes", "issue_bytes"), (P.PAPER_WORK,)),
    **dict.fromkeys(("preview_bytes", "unsent_bytes"), (P.PAPER_WORK,)),
    **dict.fromkeys(FLYERS, (P.FLYER_READ,)),
    "support_page": (P.PAGE_WRITE, P.FUND_READ),
    "support_draft": (P.PAGE_WRITE,),
    "support_handed_in": (P.PAGE_WRITE, P.FUND_READ),
    # A receipt is its giver's alone; the link that leads to it is the giver's secret.
    "receipt_bytes": (),
    "limit_source": (P.FUND_READ,),
    **dict.fromkeys(("giver", "giver_mail", "giver_passport"), (P.FUND_MANAGE,)),
    "street": (P.FIELD_READ, P.DOORS_WORK),
    "street_of_nobody": (P.FIELD_READ,),
    **dict.fromkeys(("resident", "visit_note"), (P.DOORS_WORK,)),
    **dict.fromkeys(FIELD_FILES, (P.FIELD_MANAGE,)),
    **{f"{what}_{queue}": WORK for what in ("note", "file", "bytes") for queue in QUEUES},
}
"""Who reads what inside their own scope: whoever holds one of these permissions there."""
ON_A_LAWYERS_DESK = {"scan", "scan_bytes", "issue_bytes"}
"""What was handed in to a lawyer: read by whose it is, and by whoever sits at that desk."""
FOR_THE_COALITION = {"article"}
OF_AN_ELECTION = {"compared"}
"""What all campaigns of an election share: for the readers of any of them."""
PUBLISHED = {
    **dict.fromkeys(("support.show", "support.give"), frozenset({"candidate", "support_page"})),
    # Whoever holds a gift's link is its giver; that page names neither them nor their papers.
    **dict.fromkeys(("support.gift", "support.answer", "support.back"), frozenset({"candidate"})),
    "support.receipt": frozenset({"receipt_bytes"}),
    **dict.fromkeys(("demo_pay.show", "demo_pay.choose"), frozenset({"support_page"})),
    # Whoever finds a paper learns that it was issued here, and nothing of whose it is.
    **dict.fromkeys(("paperwork.check", "paperwork.check_page"), frozenset[str]()),
}
"""What the public pages of a campaign show to everybody, and no more of it."""
LEAGUES = {"ranking.league", "ranking.journal"}
"""Pages that name everybody who plays in a coalition to whoever plays there too."""


def may_read(viewer: Viewer, place: Place, what: str) -> bool:
    """Say whether a canary may be shown to a viewer."""
    if what in FOR_THE_COALITION:
        return any(grant.coalition_id == place.scope.coalition_id for grant in viewer.grants)
    if what in OF_AN_ELECTION:
        return any(
            grant.coalition_id == place.scope.coalition_id
            and PERMISSIONS[grant.role] & set(READERS[what])
            for grant in viewer.grants
        )
    if what in ON_A_LAWYERS_DESK and may_decide_in(viewer, place.scope, Queue.LAWYER):
        return True
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
        found = set(CANARY.findall(answer.raw)) - known - _shown_beyond(world, who, answer)
        leaks += [f"{name}: {answer}: {names.get(word, 'a sealed answer')}" for word in found]
    assert not leaks, "\n".join(leaks)


def _shown_beyond(world: World, who: Principal, answer: Answer) -> set[bytes]:
    """Give what an answer may show to those who may not read it everywhere."""
    endpoint, place = answer.route.endpoint, answer.place
    if endpoint in LEAGUES:
        inside = {
            grant.coalition_id
            for grant in who.viewer.grants
            if P.LEAGUE_READ in PERMISSIONS[grant.role]
        }
        places = [each for each in world.places.values() if each.scope.coalition_id in inside]
        return {each.canaries["candidate"].encode() for each in places}
    if endpoint in PUBLISHED:
        return {place.canaries[what].encode() for what in PUBLISHED[endpoint]}
    # Whoever holds another secret link reads what it leads to.
    linked = "token" in answer.route.rule.arguments
    return {word.encode() for word in place.canaries.values()} if linked else set()


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
    # Everybody here sits at the organisation's desk or at a helper's own; sealed answers are
    # opened one by one, and givers' never; of imports and of what phones sent wrongly the screens
    # say how much it is; what was sent to be checked is read in its review, and a version that
    # was not sent by nobody else (both: test_subjects_of_reviews.py).
    unasked = {"inn", "giver_passport", "imprint_sent", "quarantined"}
    unasked |= {"support_handed_in", "unsent_bytes"}
    unasked |= {"staged_phone", "import_from", "import_consent"}
    # What a packet or a sheet was made of is sealed for the worker; what was compared is shown
    # beside the warning it was about, and this world's warnings are others.
    unasked |= {"packet_order", "signature_head", "clerk_note"}
    assert hidden <= {"bytes_coalition", *unasked}
