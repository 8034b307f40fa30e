"""The board: who sees whom, counts that lead to the people, filters in the address, its cost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from markupsafe import Markup
from sqlalchemy.orm import Session

from app import clock
from app.access import Viewer
from app.accounts.models import Campaign, District, Election, Organisation
from app.web.kernel import EXTENSION
from quests.dispatch.board_views import section
from quests.dispatch.keeping import keep_standings
from quests.dispatch.teasers import Teasers
from quests.route.library import PackLibrary
from tests import builders
from tests.page import Page
from tests.web.portal import EN, RU, Portal, a_portal, counted

HOME, LIST = "/desk", "/desk/campaigns"

assert section.name == "dispatch", "importing it gives the program the board"


@pytest.fixture(params=[False, True], ids=["reckoned", "kept"])
def portal(
    request: pytest.FixtureRequest, program: Flask, library: PackLibrary
) -> Iterator[Portal]:
    """A portal whose standings are reckoned when asked for, and one that keeps them."""
    database = program.extensions[EXTENSION].database
    found_hooks = list(database.before_commit)
    if request.param:
        database.before_commit.append(
            lambda session: keep_standings(session, library, now=moment_of(session))
        )
    found = a_portal(program, library)
    yield found
    database.before_commit[:] = found_hooks
    found.database.dispose()


def moment_of(session: Session) -> datetime:
    """Give the moment at which the portal was planted."""
    first = session.get(Campaign, 1)
    return first.created_at if first is not None else clock.now()


def names(page: Page) -> list[str]:
    return sorted(link.get_text() for link in page.soup.select("tbody th a[href$='/route']"))


def stations(page: Page) -> dict[str, int]:
    """Give the numbers on the map by the station's full name."""
    return {link.span["title"]: int(link.b.get_text()) for link in page.soup.select("a.stand-name")}


def more(portal: Portal, count: int, *, silent_days: int = 0, who: str = "anna") -> None:
    with portal.database.writing() as session:
        first = session.get_one(Campaign, portal.campaigns[who])
        for number in range(count):
            builders.a_campaign(
                session,
                candidate=builders.a_person(session, name=f"Candidate {number:03}"),
                organisation=session.get_one(Organisation, first.organisation_id),
                election=session.get_one(Election, first.election_id),
                district=session.get_one(District, first.district_id),
                now=portal.now - timedelta(days=silent_days),
            )


@pytest.mark.parametrize(("who", "count"), [("vera", 1), ("boris", 1), ("chief", 2)])
def test_each_sees_the_campaigns_they_coordinate(portal: Portal, who: str, count: int) -> None:
    page = portal.browser(who).page(HOME)
    assert page.h1 == f"{count} candidate{'s' if count > 1 else ''} on the way"
    assert sum(stations(page).values()) == count


def test_a_coordinator_of_another_coalition_sees_nobody(portal: Portal) -> None:
    page = portal.browser("stranger").page(HOME)
    assert stations(page) == {} and page.says("Nobody is on the way here")
    for name in ("Anna", "Pavel", "First", "Second", "Тихая Гавань"):
        assert name not in page.html


@pytest.mark.parametrize("who", ["anna", "lawyer", "canvasser"])
def test_others_have_no_board(portal: Portal, who: str) -> None:
    portal.browser(who).page(HOME, 403)


def test_every_count_leads_to_as_many_people(portal: Portal) -> None:
    more(portal, 2, silent_days=20)
    portal.prove(["a1_can_i"], "pavel")
    client = portal.browser("chief")
    page = client.page(HOME)
    links = page.soup.select("a.stand-name")
    assert len(links) == 2
    for link in links:
        there = client.page(link["href"])
        assert len(names(there)) == int(link.b.get_text())
    red = page.soup.select("a.stand-red")
    assert [link.contents[0] for link in red] == ["2 in red"]
    assert names(client.page(red[0]["href"])) == ["Candidate 000", "Candidate 001"]
    silent = client.page(f"{LIST}?only=silent")
    assert names(silent) == names(client.page(red[0]["href"]))


def test_the_map_is_said_again_as_a_table(portal: Portal) -> None:
    page = portal.browser("chief").page(HOME)
    rows = page.soup.select(".behind tbody tr")
    assert [row.th.get_text() for row in rows] == list(stations(page))
    assert [cell.get_text() for cell in rows[0].select("td.num")] == ["2", "0"]


def test_near_days_of_the_law_lead_to_those_who_are_not_there(
    program: Flask, library: PackLibrary
) -> None:
    portal = a_portal(program, library, pack_id=EN, days=30)
    client = portal.browser("chief")
    page = client.page(HOME)
    link = page.soup.select_one("td.num a[href*='due=']")
    assert link is not None, page.text
    there = client.page(link["href"])
    assert len(names(there)) == int(str(link.contents[0]))
    assert there.says("not there yet:")
    assert there.soup.select_one(".narrowed a") is not None


def test_what_waits_comes_with_its_age_and_a_link_to_all_of_it(portal: Portal) -> None:
    page = portal.browser("chief").page(HOME)
    assert page.says("Waiting for your check: 0") and page.says("Nothing waits")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2),
        ("line=documents", None),
        ("council=Nowhere", 0),
        ("pack=gb-eng-local", 0),
        ("organisation=999999", 0),
        ("line=%00&pack='", None),
        ("organisation=x&line=y", 2),
        ("council=" + "x" * 500, 0),
    ],
)
def test_filters_are_kept_in_the_address(portal: Portal, query: str, count: int | None) -> None:
    page = portal.browser("chief").page(f"{HOME}?{query}")
    if count is not None:
        assert sum(stations(page).values()) == count


def test_a_count_under_a_filter_leads_to_the_people_under_it(portal: Portal) -> None:
    with portal.database.reading() as session:
        second = session.get_one(Campaign, portal.campaigns["pavel"]).organisation_id
    client = portal.browser("chief")
    page = client.page(f"{HOME}?organisation={second}")
    (link,) = page.soup.select("a.stand-name")
    assert f"organisation={second}" in link["href"]
    assert names(client.page(link["href"])) == ["Pavel"]
    chosen = page.soup.select_one("#organisation option[selected]")
    assert chosen is not None and chosen["value"] == str(second)


def test_two_packs_are_two_maps(portal: Portal) -> None:
    with portal.database.writing() as session:
        first = session.get_one(Campaign, portal.campaigns["anna"])
        organisation = session.get_one(Organisation, first.organisation_id)
        coalition = session.get_one(builders.Coalition, first.coalition_id)
        election = builders.an_election(session, coalition, pack_id=EN)
        builders.a_campaign(session, organisation=organisation, election=election)
    page = portal.browser("vera").page(HOME)
    titles = {portal.library[pack].words_in("en").pack.short for pack in (RU, EN)}
    assert titles <= {heading.get_text() for heading in page.soup.select("h2.card-title")}
    assert len(page.soup.select("ol.stands")) == 2
    assert page.soup.find(id="pack") is not None
    one = portal.browser("vera").page(f"{HOME}?pack={EN}")
    assert len(one.soup.select("ol.stands")) == 1


def test_the_board_follows_a_change_at_once(portal: Portal) -> None:
    client = portal.browser("vera")
    before = stations(client.page(HOME))
    portal.prove(["a1_can_i"])
    after = stations(client.page(HOME))
    assert sum(after.values()) == sum(before.values()) == 1 and after != before


def test_a_feature_may_put_its_card_on_the_board(portal: Portal) -> None:
    def league(session: Session, viewer: Viewer, now: datetime) -> Markup:
        return Markup("<section class='card'><h2>League</h2></section>")

    portal.app.extensions[EXTENSION].provide(Teasers(league=league))
    assert portal.browser("chief").page(HOME).says("League")


def test_the_board_speaks_russian(portal: Portal) -> None:
    page = portal.browser("chief", "ru").page(HOME)
    assert page.h1 == "2 кандидата в пути"
    assert page.says("На каждой станции")


def test_the_board_costs_as_many_queries_for_five_as_for_five_hundred(portal: Portal) -> None:
    client = portal.browser("vera")
    more(portal, 4, silent_days=20)
    client.page(HOME)
    with counted(portal.database) as few:
        client.page(HOME)
    more(portal, 495, silent_days=20)
    with counted(portal.database) as many:
        page = client.page(HOME)
    assert page.h1 == "500 candidates on the way"
    assert len(many) == len(few) <= 16
