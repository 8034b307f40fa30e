"""Every kind of step once, in each pack: a paper, a gift, a flyer, doors, a place in the league.

Ordinary steps between them, which test_journey walks, are taken as done.
"""

from __future__ import annotations

from collections import Counter

import pytest

from app.access import Role
from tests import builders
from tests.browser.conftest import BrowserOf
from tests.browser.travelling import admit, sign_up
from tests.browser.watching import assert_fits
from tests.browser.with_worker.whole_slice.field import doors
from tests.browser.with_worker.whole_slice.money import gift, support_page
from tests.browser.with_worker.whole_slice.papers import filing, flyer, paper
from tests.browser.with_worker.whole_slice.trip import Trip, standing
from tests.browser.with_worker.whole_slice.words import ENGLAND, PETERSBURG, Told
from tests.browser.world import World, give_second_factor

KINDS_OF_WORK = 5
"""What both packs give points for: steps, papers, flyers, gifts, doors."""
OWN_WORDS = """found => found.map(
  (e) => [...e.childNodes].find((node) => node.nodeType === 3).textContent.trim())"""


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "told",
    [
        # In make test St Petersburg is travelled by the packet instead.
        pytest.param(PETERSBURG, id="petersburg", marks=pytest.mark.slow),
        pytest.param(ENGLAND, id="england"),
    ],
)
def test_every_kind_of_step_is_done_once(browser_of: BrowserOf, world: World, told: Told) -> None:
    trip = let_in(browser_of, world, told)
    paper(trip)
    filing(trip)
    support_page(trip)
    gift(trip)
    flyer(trip)
    doors(trip)
    places(trip)


def let_in(browser_of: BrowserOf, world: World, told: Told) -> Trip:
    """Sign up, and be let in after the interview; Dispatch counts one candidate more."""
    candidate = browser_of(language=told.language, width=told.width)
    campaign_id = sign_up(candidate, world, told.language)
    chief = browser_of(world.people[f"{told.language}-chief"], language=told.language)
    assert standing(chief).total() == 1
    admit(chief, campaign_id)
    assert standing(chief).total() == 2
    trip = Trip(
        told=told,
        world=world,
        open=browser_of,
        candidate=candidate,
        chief=chief,
        campaign_id=campaign_id,
    )
    world.campaigns[trip.whose] = campaign_id
    with world.database.writing() as session:
        campaign = session.get_one(builders.Campaign, campaign_id)
        for role in (Role.MANAGER, Role.PRESS, Role.TREASURER, Role.CANVASSER):
            member = builders.a_member(session, campaign, role=role)
            trip.helpers[role.value] = member.person_id
        for role in (Role.LAWYER, Role.DESIGNER):
            helper = builders.an_assignment(session, campaign, role=role)
            trip.helpers[role.value] = helper.person_id
        give_second_factor(session.get_one(builders.Person, trip.helpers["treasurer"]))
    trip.helpers["coordinator"] = world.a_coordinator(trip.whose)
    return trip


def places(trip: Trip) -> None:
    """Every kind of work has lines in the journal, and the league shows their sum."""
    page = trip.candidate
    page.goto("/league")
    assert_fits(page)
    row = page.locator("table.league tbody tr", has_text=trip.name)
    points = int(row.locator(".league-points").inner_text())
    row.locator("a").first.click()
    assert_fits(page)
    wanted = set(page.locator(".league-rule-list dt").evaluate_all(OWN_WORDS))
    assert len(wanted) == KINDS_OF_WORK
    found: Counter[str] = Counter()
    older = page.locator("main p > a.button-quiet")
    while True:
        lines = page.locator("table.league tbody tr")
        titles = lines.locator("th").evaluate_all(OWN_WORDS)
        sums = lines.locator(".league-points").all_inner_texts()
        for title, each in zip(titles, sums, strict=True):
            found[title] += int(each)
        if not older.count():
            break
        with page.expect_navigation():
            older.click()
    assert set(found) == wanted
    assert found.total() == points
