"""A place opens to its lines; a candidate chooses whether others find them."""

from __future__ import annotations

import pytest

from app.accounts.models import Campaign, Organisation
from app.db import record
from quests.ranking.models import LeagueAbsence
from quests.ranking.queries import ENTRIES
from quests.route.events import StepReached
from tests.web.portal import Portal
from tests.web.ranking.conftest import Earn
from tests.web.ranking.test_leagues import CLUBS, COALITION, crowd, rows


def address(portal: Portal, who: str = "anna") -> str:
    return f"/league/campaigns/{portal.campaigns[who]}"


def reach(portal: Portal, who: str = "anna") -> str:
    """Reach the pack's first step that has points; give its title."""
    step = next(step for step in portal.library[portal.pack_id].steps if step.points)
    with portal.database.writing() as session:
        record(session, StepReached(campaign_id=portal.campaigns[who], step_key=step.key))
    return portal.library.step_title(portal.pack_id, step.key, "en")


def test_each_line_says_what_it_was_for(portal: Portal, earn: Earn) -> None:
    title = reach(portal)
    earn(portal.campaigns["anna"], 2)
    page = portal.browser("anna").page(address(portal))
    assert page.h1 == "Points: Anna"
    assert len(rows(page)) == 3
    assert rows(page)[0].startswith("Verified door") and rows(page)[0].endswith("+1")
    assert rows(page)[2].startswith(f"Station of the route {title}")


def test_the_sum_is_that_of_the_lines(portal: Portal, earn: Earn) -> None:
    reach(portal)
    earn(portal.campaigns["anna"], 4)
    page = portal.browser("anna").page(f"{address(portal)}?period=all")
    whole = sum(int(row.rsplit("+", 1)[1]) for row in rows(page))
    assert page.says(f"{whole} points")


def test_who_may_open_the_source_is_led_to_it(portal: Portal) -> None:
    title = reach(portal)
    for who, linked in (("anna", True), ("vera", True), ("boris", False)):
        page = portal.browser(who).page(address(portal))
        link = page.soup.find("a", string=title)
        assert (link is not None and "/steps/" in str(link["href"])) is linked
        assert page.says(title)


def test_a_long_journal_comes_in_pages(portal: Portal, earn: Earn) -> None:
    earn(portal.campaigns["anna"], ENTRIES + 7)
    browser = portal.browser("pavel")
    page = browser.page(address(portal))
    assert len(rows(page)) == ENTRIES
    older = next(
        str(link["href"]) for link in page.soup.find_all("a") if "before=" in str(link["href"])
    )
    assert len(rows(browser.page(older))) == 7


def test_a_journal_without_lines_says_how_one_comes(portal: Portal) -> None:
    assert portal.browser("anna", "ru").page(address(portal)).says("Здесь нет строк")


def test_who_chose_not_to_be_named_is_found_by_nobody_else(portal: Portal, earn: Earn) -> None:
    earn(portal.campaigns["anna"], 3)
    browser = portal.browser("anna")
    browser.send(f"{address(portal)}/choice", {"named": "no"}, start=address(portal))
    for who in ("pavel", "boris"):
        assert rows(portal.browser(who).page(COALITION)) == []
        portal.browser(who).page(address(portal), 404)
    page = browser.page(COALITION)
    assert rows(page) == [] and page.says("Only you see this: you would be in place 1")
    assert browser.page(address(portal)).says("3 points")


def test_who_comes_back_is_named_again(portal: Portal, earn: Earn) -> None:
    earn(portal.campaigns["anna"], 3)
    browser = portal.browser("anna")
    for named in ("no", "yes", "yes"):
        browser.send(f"{address(portal)}/choice", {"named": named}, start=address(portal))
    assert len(rows(portal.browser("pavel").page(COALITION))) == 1


def leave(portal: Portal) -> None:
    portal.browser("anna").send(f"{address(portal)}/choice", {"named": "no"}, start=address(portal))


def test_the_unnamed_are_in_no_figure_of_their_organisation(portal: Portal, earn: Earn) -> None:
    for campaign_id in crowd(portal, 5):
        earn(campaign_id, 3)
    earn(portal.campaigns["anna"], 9)
    assert rows(portal.browser("pavel").page(CLUBS))[0].endswith(" 4")
    leave(portal)
    # 15 points, for 5 candidates and 50 people.
    assert rows(portal.browser("pavel").page(CLUBS))[0].endswith(" 3")
    assert rows(portal.browser("pavel").page(f"{CLUBS}&by=capacity"))[0].endswith("0.3")
    # Whatever is done now moves no figure by which it could be reckoned.
    shown = portal.browser("pavel").page(CLUBS).text
    earn(portal.campaigns["anna"], 8)
    assert portal.browser("pavel").page(CLUBS).text == shown


def test_an_organisation_left_with_few_in_the_league_shows_no_figures(
    portal: Portal, earn: Earn
) -> None:
    crowd(portal, 4)
    earn(portal.campaigns["anna"], 10)
    assert rows(portal.browser("anna").page(CLUBS))[0].endswith("2")
    leave(portal)
    page = portal.browser("anna").page(CLUBS)
    assert rows(page) == [] and page.says("Too few candidates in the league")


@pytest.mark.parametrize("who", ["canvasser", "vera", "chief", "pavel", "stranger"])
def test_nobody_chooses_for_a_candidate(portal: Portal, earn: Earn, who: str) -> None:
    earn(portal.campaigns["anna"], 3)
    browser = portal.browser(who)
    browser.send(f"{address(portal)}/choice", {"named": "no"}, status=404, start="/league")
    with portal.database.reading() as session:
        assert session.get(LeagueAbsence, portal.campaigns["anna"]) is None


def test_a_withdrawn_campaign_has_no_journal_for_others(portal: Portal, earn: Earn) -> None:
    earn(portal.campaigns["anna"], 3)
    with portal.database.writing() as session:
        session.get_one(Campaign, portal.campaigns["anna"]).state = "withdrawn"
    portal.browser("pavel").page(address(portal), 404)


def test_an_organisation_keeps_its_name_in_every_journal(portal: Portal, earn: Earn) -> None:
    earn(portal.campaigns["anna"], 1)
    with portal.database.reading() as session:
        campaign = session.get_one(Campaign, portal.campaigns["anna"])
        organisation = session.get_one(Organisation, campaign.organisation_id)
    assert portal.browser("pavel").page(address(portal)).says(organisation.short_name)
