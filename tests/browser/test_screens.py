"""Every kind of page: for everybody, on a phone and a desk, by day and by night, and light."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Page

from app import clock
from app.access import Role
from app.mail.models import StoredLetter
from quests.route.library import PackLibrary
from tests import builders
from tests.browser.axe import grave_findings
from tests.browser.conftest import DESK, PHONE, BrowserOf
from tests.browser.reaching import too_low
from tests.browser.watching import assert_fits
from tests.browser.world import World
from tests.canvassing_world import a_contact, a_house, a_turf
from tests.fund_world import a_public_page, fund_packs
from tests.web.portal import EN, RU

HEAVIEST_PAGE_BYTES = 30_000
VISITOR = (
    "/",
    "/join",
    "/join?election={election}&place={place}",
    "/join/{district}",
    "/sign-in",
    "/reset",
    "/reset/sent",
    "/demo/mailbox",
    "/demo/mailbox/{letter}",
    "/demo/sign-ins",
    "/support/{support}",
    "/invitations/nobody",
    "/gallery",
    "/nowhere",
)
CANDIDATE = (
    "/campaigns",
    "/campaigns/{campaign}/route",
    "/campaigns/{campaign}/steps/{now}",
    "/campaigns/{campaign}/steps/{returned}",
    "/campaigns/{campaign}/steps/{locked}",
    "/campaigns/{campaign}/papers",
    "/campaigns/{campaign}/team",
    "/campaigns/{campaign}/calendar",
    "/campaigns/{campaign}/questions",
    "/campaigns/{campaign}/questions?q={place}",
    "/settings",
    "/second-factor/set-up",
    "/desk/queue",
    "/league",
    *(f"/campaigns/{{campaign}}/{page}" for page in ("documents", "flyers", "fund", "fund/page")),
    "/campaigns/{campaign}/field",
    "/campaigns/{campaign}/field/buildings/{building}",
)
WRITER = (
    *(f"/campaigns/{{writer}}/{page}" for page in ("documents", "packets", "clerk")),
    "/campaigns/{writer}/documents/{paper}",
    "/campaigns/{writer}/documents/{paper}/questions/{questions}",
    "/campaigns/{writer}/documents/{second}",
    "/campaigns/{writer}/packets/nomination",
    "/campaigns/{writer}/packets/nomination/rehearsal/1",
)
COLLECTING = (
    "/campaigns/{writer}/signatures",
    *(f"/campaigns/{{writer}}/signatures/{page}" for page in ("plan", "batches", "sheets")),
    *(f"/campaigns/{{writer}}/signatures/{page}" for page in ("collectors", "give", "hand-in")),
)
"""Only where the law wants voters' signatures on sheets."""
CANVASSER = (
    "/campaigns/{campaign}/field/walk",
    "/campaigns/{campaign}/field/entrances/{entrance}",
    "/campaigns/{campaign}/field/doors/{door}",
)
CHIEF = (
    "/desk/queue",
    "/desk/campaigns",
    "/desk/people",
    "/desk/invitations",
    "/desk/organisations",
    "/desk/organisations/{organisation}",
    "/desk/coalitions/{coalition}/organisations/add",
    "/desk/questions",
    "/desk/elections",
    "/desk/elections/{election}",
    "/desk/elections/{election}/districts",
    "/desk/elections/{election}/districts/add",
    "/desk/elections/{election}/districts/table",
    "/desk/elections/{election}/districts/{district}",
    "/desk/coalitions/{coalition}/elections/add",
    "/desk/audit",
    "/desk",
    "/desk/forms",
    "/desk/papers",
    "/desk/papers/people",
    "/desk/papers/bulk?pack={pack}&kind={paper}",
    "/league",
    "/settings",
    "/campaigns/{campaign}/route",
)
STEPS = {
    "ru": {
        "paper": "consent",
        "questions": "name",
        "second": "income/tables/flats/f867bd20-4dd9-4992-8216-18516b711dd7",
        "done": "a1_can_i",
        "returned": "a2_district",
        "now": "a4_papers",
        "locked": "e1_count",
    },
    "en": {
        "paper": "nomination_paper",
        "questions": "where",
        "second": "nomination_paper/questions/subscribers",
        "done": "pick_ward",
        "returned": "eligibility",
        "now": "meet_ro",
        "locked": "money_close",
    },
}
OPENING = {"ru": {"a1_can_i.nomination": "self"}, "en": {}}
BEHIND = {"ru": "b1_watch", "en": "register_get"}
"""The step up to which everything is done for whoever writes papers."""
PACKS = {"ru": RU, "en": EN}
# Pages whose whole sense is to say no; every other one has to be there.
SAYS_NO = {
    ("visitor", "/nowhere"): 404,
    ("visitor", "/invitations/nobody"): 409,
    ("candidate", "/campaigns/{campaign}/steps/{locked}"): 403,
    ("candidate", "/desk/queue"): 403,
}
PATHS = {
    "visitor": VISITOR,
    "candidate": CANDIDATE,
    "writer": WRITER,
    "canvasser": CANVASSER,
    "chief": CHIEF,
}
LOOKS = [
    ("ru", PHONE, False),
    ("en", DESK, True),
    *(
        pytest.param(look, marks=pytest.mark.slow)
        for look in (("en", DESK, False), ("en", PHONE, True), ("ru", DESK, True))
    ),
]
"""Each language, width and scheme at every run; each with each of the others in all tests."""


@pytest.fixture(scope="session")
def places(world: World, library: PackLibrary) -> dict[str, dict[str, str]]:
    """Give what the addresses of each language are filled with."""
    found = {}
    for language, place in (("ru", "Берёзовая"), ("en", "Birch")):
        steps = STEPS[language]
        world.prove([steps["done"]], language)
        world.answer(OPENING[language], language)
        world.prove([steps["returned"]], language, state="returned")
        campaign = world.campaigns[language]
        rows = {
            name: str(world.one(f"select {name}_id from campaign where id = :id", id=campaign))
            for name in ("election", "district", "organisation", "coalition")
        }
        rows["letter"] = str(a_letter(world, language))
        rows["writer"] = str(a_writer(world, library, language))
        rows |= a_field_and_a_page(world, language)
        found[language] = {
            "campaign": str(campaign),
            "place": place,
            "pack": PACKS[language],
            **rows,
            **steps,
        }
    return found


def a_writer(world: World, library: PackLibrary, language: str) -> int:
    """Plant a candidate whose papers are open; give the campaign's number."""
    whose = world.a_candidate(language, "Ива" if language == "ru" else "Willow Brook")
    steps = [step.key for step in library[PACKS[language]].steps]
    world.prove(steps[: steps.index(BEHIND[language]) + 1], whose)
    world.answer(OPENING[language], whose)
    world.people[f"{language}-writer"] = world.people[whose]
    return world.campaigns[whose]


def a_letter(world: World, language: str) -> int:
    """Put a letter with a link into the mailbox; give its number."""
    with world.database.writing() as session:
        letter = StoredLetter(
            token=f"seen-{language}",
            to_address=f"{language}@example.org",
            language=language,
            subject="Маршрут открыт" if language == "ru" else "Your route is open",
            text="https://mandat.example.org/campaigns/1/route",
            created_at=clock.now(),
            sent_at=clock.now(),
        )
        session.add(letter)
        session.flush()
        return letter.id


def a_field_and_a_page(world: World, language: str) -> dict[str, str]:
    """Plant a house that a canvasser walks and a page for supporters; give their addresses."""
    with world.database.writing() as session:
        campaign = session.get_one(builders.Campaign, world.campaigns[language])
        canvasser = builders.a_member(session, campaign, role=Role.CANVASSER)
        world.people[f"{language}-canvasser"] = canvasser.person_id
        building, entrance, doors = a_house(session, campaign.id)
        a_contact(session, campaign.id, doors[3])
        a_turf(session, campaign.id, canvasser.person_id, entrance, now=clock.now())
        page = a_public_page(session, campaign, fund_packs(), slug=f"seen-{language}")
        return {
            "building": str(building),
            "entrance": str(entrance),
            "door": str(doors[3]),
            "support": page.slug,
        }


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("who", PATHS)
def test_pages_fit_are_accessible_and_light(
    browser_of: BrowserOf,
    world: World,
    places: dict[str, dict[str, str]],
    who: str,
    look: tuple[str, int, bool],
) -> None:
    language, width, dark = look
    person = {"visitor": "", "candidate": language}.get(who, f"{language}-{who}")
    page = browser_of(
        world.people[person] if person else None, language=language, width=width, dark=dark
    )
    wrong = []
    collecting = COLLECTING if (who, language) == ("writer", "ru") else ()
    for template in (*PATHS[who], *collecting):
        path = template.format(**places[language])
        weigh(page, path, SAYS_NO.get((who, template), 200))
        assert_fits(page)
        if width == PHONE and path != "/gallery":
            wrong += [f"{path}: {low}" for low in too_low(page)]
        wrong += [f"{path}: {finding}" for finding in grave_findings(page)]
    assert not wrong, "\n".join(wrong)


def weigh(page: Page, path: str, status: int) -> None:
    """Open a page and demand that it is the one asked for and that a slow phone gets it soon.

    The gallery is for its makers and may be heavier.
    """
    answered = page.goto(path)
    assert answered is not None, path
    assert answered.request.redirected_from is None, f"{path} leads to {page.url}"
    assert answered.status == status, f"{path}: {answered.status}"
    size = len(gzip.compress(answered.body()))
    assert size <= HEAVIEST_PAGE_BYTES or path == "/gallery", f"{path}: {size} bytes"
