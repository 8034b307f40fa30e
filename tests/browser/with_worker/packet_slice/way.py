"""One candidate on the way to the desk, and whoever decides about the papers."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

from app.access import Role
from tests import builders
from tests.browser.conftest import PHONE, BrowserOf
from tests.browser.live import LiveServer
from tests.browser.travelling import press, review
from tests.browser.watching import assert_fits
from tests.browser.with_worker.candidates import PROVED_BY_PAPERS
from tests.browser.with_worker.packet_slice.words import Told
from tests.browser.world import World

PACKET = "packets/nomination"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The candidate's phone, the desks of the reviewers, and what was issued so far."""

    told: Told
    world: World
    live: LiveServer
    whose: str
    phone: Page
    desks: dict[str, Page]
    issued: dict[str, bytes] = field(default_factory=dict)
    """The newest file of each printed paper."""
    numbers: dict[str, str] = field(default_factory=dict)

    @property
    def campaign_id(self) -> int:
        """The campaign's number."""
        return self.world.campaigns[self.whose]

    def go(self, path: str) -> Page:
        """Open a page of the campaign on the phone; it has to fit."""
        self.phone.goto(self.world.at(path, self.whose))
        assert_fits(self.phone)
        return self.phone

    def accept(self, desk: str) -> None:
        """Let a reviewer accept the one paper that waits for them."""
        review(self.desks[desk], "", self.told.name)
        press(self.desks[desk], "/accept")

    def open(self, kind: str) -> None:
        """Find a paper in the list and open it."""
        self.go("documents")
        with self.phone.expect_navigation():
            self.row(kind).locator("a").first.click()
        assert_fits(self.phone)

    def row(self, kind: str) -> Locator:
        """Give the line of a paper in a table of papers."""
        return self.phone.locator(
            "main tr", has=self.phone.locator(f"a[href$='/documents/{kind}']")
        )


def a_way(live: LiveServer, world: World, open_page: BrowserOf, told: Told) -> Way:
    """Plant a candidate who was let in and has come as far as the papers."""
    whose = world.a_candidate(told.language, told.name)
    with world.database.writing() as session:
        campaign = session.get_one(builders.Campaign, world.campaigns[whose])
        lawyer = builders.an_assignment(session, campaign, role=Role.LAWYER).person_id
    world.let_the_poll_be_in(told.days_ahead, whose)
    world.prove(PROVED_BY_PAPERS[told.language], whose)
    world.prove_on_the_step(told.steps, whose, answers=told.answers)
    helpers = {"lawyer": lawyer, "coordinator": world.a_coordinator(whose)}
    return Way(
        told=told,
        world=world,
        live=live,
        whose=whose,
        phone=open_page(world.people[whose], language=told.language, width=PHONE),
        desks={
            desk: open_page(helpers[desk], language=told.language)
            for desk in {paper.desk for paper in told.papers}
        },
    )
