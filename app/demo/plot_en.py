"""The English coalition of the demo: invented councils, wards and streets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from app.demo.answering import between, days, mostly
from app.demo.names import english_people
from app.demo.plot import Asked, Club, Featured, Place, Plot, Poll, Said
from app.demo.sign_ins import NOMINATING

_WARDS = {
    "Merrowdale District Council": ("Old Quay", "Fuller’s Green", "Station", "Highfield", "Weir"),
    "Ashby Vale Borough Council": ("Market", "Lockside", "Kiln Hill", "Priory Meadow", "Saltpan"),
    "Thornmere City Council": ("Castle Gate", "Ropewalk", "Sallow Park", "Beacon", "Tannery"),
}
_STREETS = ("Cooper Lane", "Orchard Row", "Dyer Street", "Lantern Way", "Mill Bank", "Teasel Close")
PLACES = tuple(
    Place(
        council=council,
        number=str(index + 1),
        name=ward,
        seats=3,
        electors=5400 + 310 * index,
        places_text="; ".join(
            f"{_STREETS[(index + step) % len(_STREETS)]}, {ward}" for step in range(3)
        ),
    )
    for council, wards in _WARDS.items()
    for index, ward in enumerate(wards)
)
ANSWERS: Mapping[str, Mapping[str, Said]] = {
    "pick_ward": {
        "postcode": "ZZ9 9ZZ",
        "council": "{council}",
        "area_kind": "ward",
        "ward": "{ward}",
        "seats": "{seats}",
        "poll_date": "{polling}",
    },
    "eligibility": {
        "citizenship": ("british", "british", "british", "irish", "commonwealth"),
        "work": ("yes", "no"),
        "ways": ("several", "one_other"),
        "council_job": "no",
        "sexual_offences": "no",
    },
    "independent_or_party": {
        "route": mostly("independent", "party", percent=85),
        "why": (
            "Our bus was cut without anyone asking us. I want the next decision made in the open.",
            "I have run the allotments for six years and know how the budget works.",
            "Two flats on my stair were mouldy for a year. Somebody has to read the reports.",
        ),
        "hours": between(6, 15),
    },
    "meet_ro": {
        "office": "Electoral services, {council}",
        "place": "Town hall, Lantern Way, ground floor",
        "hours": "Monday to Friday, as in the notice of election",
        "check_booked": "yes",
        "form_version": "Pack of this year, downloaded from the council’s site",
    },
    "bank_ledger": {
        "opened_on": days(-2),
        "keeper": "{agent}",
        "first_entry": "Own money paid in to open the account",
        "own_money": "no",
        "gifts": mostly("yes", "no", percent=85),
    },
    "privacy_setup": {
        "controller": "{candidate}",
        "opinions": "aggregate_only",
        "requests_to": "privacy@example.org",
    },
    "imprint_ready": {
        "printed": "Printed by Quill Press, 9 Mill Bank. Promoted by {agent}, 4 Cooper Lane, "
        "on behalf of {candidate}, same address.",
        "digital": "Promoted by {agent} on behalf of {candidate}, both of 4 Cooper Lane.",
        "address_kind": "office",
    },
    "forms_fill": {
        "title_inside": "no",
        "form_version": "Pack of this year",
    },
    "candidate_day": {"how": "declared", "date": days(0)},
    "register_get": {
        "requested_on": days(-3),
        "received_on": days(0),
        "format": "data",
        "keeper": "{agent}",
        "purge_on": days(90),
    },
    "consent_sign": {"signed_on": days(0)},
    "party_cert": {"description": "As registered", "signed_by": "delegate", "emblem": "no"},
    "informal_check": {"checked_by": "office", "checked_on": days(0), "closed": "fixed"},
    "submit": {
        "delivered_by": "{agent}",
        "papers": "three_agent",
    },
    "sopn": {"candidates": between(4, 11), "contested": "contested"},
    "limit": {
        "electors": "{electors}",
        "electors_from": "The electoral services office, by email",
        "joint": "alone",
        "limit": between(1100, 1600),
    },
    "register_drive": {"posts": between(3, 12)},
    "agents_appoint": {
        "mode": "appointed",
        "polling": between(1, 4),
        "counting": between(1, 3),
        "acknowledged": "By email from electoral services",
    },
}
QUESTIONS = (
    Asked(
        step="pick_ward",
        words="My street is on the edge of two wards. How do I find out which one I am in?",
        answer="Ask electoral services with your full address, and keep their answer. The map on "
        "the council’s site is drawn for other purposes.",
        days_ago=20,
        article="Which ward is my street in",
    ),
    Asked(
        step="eligibility",
        words="I work ten hours a week for a school. Does that stop me?",
        answer="It depends on who your employer is. Send us the name on your payslip and we will "
        "look at it before you spend any money.",
        public=False,
        days_ago=15,
    ),
    Asked(
        step="choose_agent",
        words="May I be my own agent to begin with and change later?",
        answer="Yes, many do. Tell electoral services in writing when you change, and tell us the "
        "same day so that the imprint changes too.",
        follow_up="Thank you, that settles it.",
        days_ago=9,
        article="Being your own agent at first",
    ),
    Asked(
        step="bank_ledger",
        words="The bank wants three weeks for a new account. Is a second personal account enough?",
        days_ago=1.4,
    ),
    Asked(
        step="imprint_ready",
        words="Does a window poster I printed at home need an imprint?",
        days_ago=0.5,
    ),
    Asked(
        step="subscribers",
        words="My proposer’s number in the register changed this month. Which one do I write?",
        answer="The one in the register the office tells you to use for these nominations: phone "
        "them and write down who told you.",
        days_ago=3,
    ),
    Asked(
        step="privacy_setup",
        words="Can I note in my phone who promised to vote for me?",
        answer="Please do not. Write the tally of the street on the sheet and nothing about "
        "persons until privacy is set up; this step shows how.",
        days_ago=6,
    ),
    Asked(
        step="register_drive",
        words="Is it fine to bring spare registration forms to the market stall?",
        days_ago=2.3,
    ),
)
REASONS: Mapping[str, tuple[str, ...]] = {
    "meeting": ("This does not show yet that you met: say with whom and what came of it.",),
    "upload": (
        "The photo is blurred at the bottom. Take it again in daylight, the whole sheet.",
        "The second page is missing. Add every page, empty ones too.",
    ),
    "checklist": (
        "All is ticked, but on the phone you named one thing still to do. Finish it, then send.",
        "Go through the list again with your agent: one line means more than you read in it.",
    ),
    "form": ("One figure does not fit the register. Check it against the sheet and send again.",),
    "designer:upload": (
        "The text runs closer than 5 mm to the edge, where it will be cut. Move it in.",
    ),
    "imprint_ready:checklist": (
        "The office address differs from the one in your imprint. Make them the same.",
    ),
    "forms_fill:checklist": (
        "Your name is not written as on the register. Correct the form, then send.",
    ),
}
_BOROUGH = "Engleston Borough Council"
_INDEPENDENT: Mapping[str, Mapping[str, Said]] = {
    "eligibility": {"citizenship": "british", "ways": "several"},
    "independent_or_party": {"route": "independent"},
    "informal_check": {"checked_by": "office", "closed": "none"},
}
_READY_WITH = ("informal_check", "meet_ro", "bank_ledger", "privacy_setup", "imprint_ready")
_NOMINATING = Featured(
    spot=NOMINATING,
    poll=Poll.OPEN,
    place=Place(
        council=_BOROUGH,
        number="",
        name="Engleston West",
        seats=1,
        electors=5210,
        places_text="Cooper Lane, Engleston; Mill Bank, Engleston; Quarry Street, Engleston",
    ),
    goals=_READY_WITH,
    rests=timedelta(hours=5),
    answers=_INDEPENDENT,
    papers={"council": _BOROUGH, "ward": "Engleston West"},
)
_NOMINATED = Featured(
    spot="",
    poll=Poll.NEAR,
    place=Place(
        council=_BOROUGH,
        number="",
        name="Engleston Harbour",
        seats=1,
        electors=4870,
        places_text="Saddler’s Yard, Engleston; Market Square, Engleston",
    ),
    goals=(*_READY_WITH, "submit", "sopn", "limit", "register_drive", "agents_appoint"),
    rests=timedelta(hours=27),
    answers={**_INDEPENDENT, "submit": {"delivered_by": "{candidate}"}},
    papers={
        "council": _BOROUGH,
        "ward": "Engleston Harbour",
        "proposer": "Joyce Penny",
        "proposer_prefix": "EH2",
        "proposer_number": "58",
        "seconder": "Malik Dawes",
        "seconder_prefix": "EH2",
        "seconder_number": "311",
        "home_address": "5 Saddler’s Yard\nEngleston\nAB12 6JK",
        "witness_name": "Ellen Marie Rudge",
        "witness_address": "2 Market Square\nEngleston\nAB12 1AA",
        "birth_date": "1979-02-23",
        "qual_b": "no",
    },
)
ENGLISH = Plot(
    slug="open-chairs",
    name="The Open Chairs",
    language="en",
    pack_id="gb-eng-local",
    election="Local elections",
    timezone="Europe/London",
    clubs=(
        Club(
            name="Merrowdale Neighbours",
            short_name="Neighbours",
            capacity=70,
            share=0.45,
            vigour=1.1,
        ),
        Club(name="Ashby Vale Together", short_name="Together", capacity=40, share=0.3, vigour=1.0),
        Club(
            name="Thornmere Open Council",
            short_name="Open Council",
            capacity=35,
            share=0.25,
            vigour=0.85,
        ),
    ),
    places=PLACES,
    people=english_people,
    answers=ANSWERS,
    earliest={
        "candidate_day": ("notice_of_election_latest", -2),
        "limit": ("notice_of_election_latest", -1),
        "register_get": ("notice_of_election_latest", -1),
        "subscribers": ("notice_of_election_latest", -1),
        "consent_sign": ("consent_earliest_signature", 0),
        "informal_check": ("notice_of_election_latest", -1),
        "submit": ("notice_of_election_latest", 1),
        "sopn": ("statement_of_persons_nominated", 0),
        "agents_appoint": ("statement_of_persons_nominated", 0),
        "leaflet_canvass": ("notice_of_election_latest", 0),
        "count": ("poll", 1),
        "money_close": ("poll", 14),
        "after": ("poll", 7),
    },
    reasons=REASONS,
    questions=QUESTIONS,
    declined=(
        "You live outside the area and would not qualify there. Ask about your own ward.",
        "We did not manage to talk: three appointments passed. Apply again when you have time.",
        "You already stand for another organisation in this election.",
    ),
    meetings=(
        (
            "The Ropewalk café",
            "Knows the ward and the budget. Agreed to stand; the first evening is on Thursday.",
        ),
        ("Video call", "Forty minutes on why, on time at home and on what the role asks."),
    ),
    phone="01632 96{:02d}{:02d}",
    papers_say={"council": "{council}", "ward": "{ward}"},
    featured=(_NOMINATING, _NOMINATED),
    by_election="By-election, {}",
    nominations=("notice_of_election_latest", "nominations_close"),
)
