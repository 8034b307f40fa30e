"""Leagues on the screen: places, pages, one's own place, and who sees what."""

from __future__ import annotations

import pytest

from app import clock
from app.access import Role
from app.accounts.events import OrganisationChanged
from app.accounts.models import Campaign, Organisation
from app.db import record
from quests.ranking.queries import PAGE
from quests.ranking.teaser import organisations_card
from tests import builders
from tests.page import Page
from tests.web.portal import Portal, counted
from tests.web.ranking.conftest import Earn

COALITION = "/league?scope=coalition"
CLUBS = "/league?scope=organisations"


def crowd(portal: Portal, count: int, who: str = "anna") -> list[int]:
    """Add candidates to somebody's organisation."""
    with portal.database.writing() as session:
        model = session.get_one(Campaign, portal.campaigns[who])
        organisation = session.get_one(Organisation, model.organisation_id)
        return [
            builders.a_campaign(
                session,
                candidate=builders.a_person(session, name=f"Runner {number:03}"),
                organisation=organisation,
                now=portal.now,
            ).id
            for number in range(count)
        ]


def switch(portal: Portal, who: str, *, game_on: bool) -> None:
    with portal.database.writing() as session:
        campaign = session.get_one(Campaign, portal.campaigns[who])
        organisation = session.get_one(Organisation, campaign.organisation_id)
        organisation.game_on = game_on
        record(
            session,
            OrganisationChanged(
                coalition_id=organisation.coalition_id,
                organisation_id=organisation.id,
                added=False,
                by=None,
                at=portal.now,
            ),
        )


def rows(page: Page) -> list[str]:
    """Give the rows of the league as text."""
    return [" ".join(row.get_text(" ").split()) for row in page.soup.select(".league tbody tr")]


def follow(page: Page, words: str) -> str:
    """Give where the link with these words leads."""
    return next(
        str(link["href"]) for link in page.soup.find_all("a") if words in link.get_text(" ")
    )


def test_candidates_stand_by_points_and_equals_share_a_place(portal: Portal, earn: Earn) -> None:
    first, second, third = crowd(portal, 3)
    for campaign_id, doors in ((first, 5), (second, 9), (third, 5), (portal.campaigns["anna"], 2)):
        earn(campaign_id, doors)
    page = portal.browser("anna").page("/league")
    assert [row.split()[0] for row in rows(page)] == ["1", "2", "2", "4"]
    assert rows(page)[0] == "1 Runner 001 9"
    assert rows(page)[3] == "4 Anna you 2"
    assert page.says("Place 4 of 4")


def test_ones_own_place_is_shown_on_every_page(portal: Portal, earn: Earn) -> None:
    for campaign_id in crowd(portal, PAGE + 5):
        earn(campaign_id, 3)
    earn(portal.campaigns["anna"], 1)
    browser = portal.browser("anna")
    head = browser.page("/league")
    assert len(rows(head)) == PAGE and head.says(f"Place {PAGE + 6} of {PAGE + 6}")
    lower = browser.page(follow(head, "Lower"))
    assert [row.split()[0] for row in rows(lower)] == ["1"] * 5 + [str(PAGE + 6)]
    assert lower.says(f"{PAGE + 1}–{PAGE + 6} of {PAGE + 6}")
    assert rows(browser.page(follow(lower, "Higher"))) == rows(head)


def test_the_link_to_oneself_leads_to_the_page_with_ones_own_row(
    portal: Portal, earn: Earn
) -> None:
    for campaign_id in crowd(portal, PAGE + 5):
        earn(campaign_id, 3)
    earn(portal.campaigns["anna"], 1)
    browser = portal.browser("anna")
    link = follow(browser.page("/league"), "Show me in the league")
    assert rows(browser.page(link)) == [f"{PAGE + 6} Anna you 1"]


def test_the_coalition_names_the_organisation_of_each(portal: Portal, earn: Earn) -> None:
    earn(portal.campaigns["anna"], 1)
    earn(portal.campaigns["pavel"], 4)
    found = rows(portal.browser("anna").page(COALITION))
    assert [row.split()[1] for row in found] == ["Pavel", "Anna"]
    assert "Org" in found[0]


def test_one_may_look_at_the_league_of_another_organisation(portal: Portal, earn: Earn) -> None:
    earn(portal.campaigns["pavel"], 4)
    with portal.database.reading() as session:
        other = session.get_one(Campaign, portal.campaigns["pavel"]).organisation_id
    assert rows(portal.browser("anna").page(f"/league?organisation={other}")) == ["1 Pavel 4"]


@pytest.mark.parametrize("who", ["anna", "canvasser", "vera", "chief"])
@pytest.mark.parametrize("address", ["/league", COALITION, CLUBS])
def test_everybody_of_a_coalition_reads_the_leagues(portal: Portal, who: str, address: str) -> None:
    for period in ("week", "all"):
        portal.browser(who, "ru").page(f"{address}{'&' if '?' in address else '?'}period={period}")


def test_a_visitor_is_asked_to_sign_in(portal: Portal) -> None:
    portal.browser(None).page("/league", 303)


def test_a_lawyer_has_no_league(portal: Portal) -> None:
    portal.browser("lawyer").page("/league", 403)


def test_a_foreign_coalition_is_not_there(portal: Portal, earn: Earn) -> None:
    earn(portal.campaigns["anna"], 2)
    with portal.database.reading() as session:
        mine = session.get_one(Campaign, portal.campaigns["anna"])
    stranger = portal.browser("stranger")
    for address in (
        f"/league?coalition={mine.coalition_id}",
        f"/league?organisation={mine.organisation_id}",
        f"/league/campaigns/{mine.id}",
    ):
        stranger.page(address, 404)
    assert rows(stranger.page(COALITION)) == []


@pytest.mark.parametrize(
    "query",
    ["from=1-", "from=-1-2", "before=x", "from=999999999999-1", "coalition=abc", "scope=%3Cb%3E"],
)
def test_a_senseless_address_still_shows_a_league(portal: Portal, earn: Earn, query: str) -> None:
    earn(portal.campaigns["anna"], 2)
    assert len(rows(portal.browser("anna").page(f"/league?{query}"))) == 1


def test_past_the_end_of_a_league_one_is_led_back_to_its_head(portal: Portal, earn: Earn) -> None:
    earn(portal.campaigns["anna"], 2)
    assert portal.browser("anna").page("/league?from=1-1").says("The league ends above")


def test_organisations_stand_by_points_per_candidate(portal: Portal, earn: Earn) -> None:
    for campaign_id in crowd(portal, 5, "anna"):
        earn(campaign_id, 4)
    small = crowd(portal, 4, "pavel")
    for campaign_id in small:
        earn(campaign_id, 6)
    page = portal.browser("anna").page(CLUBS)
    # First has 20 points for 6 candidates, Second 24 for 5: the smaller one wins.
    assert [row.split()[0] for row in rows(page)] == ["1", "2"]
    assert rows(page)[0].endswith("4.8") and rows(page)[1].endswith("3.3")
    assert "yours" in rows(page)[1] and "100" in rows(page)[1]


def test_an_organisation_of_few_candidates_shows_no_figures(portal: Portal, earn: Earn) -> None:
    few = crowd(portal, 3, "pavel")
    before = portal.browser("anna").page(CLUBS)
    assert rows(before) == [] and before.says("Below 5 candidates in the league")
    for campaign_id in few:
        earn(campaign_id, 6)
    assert portal.browser("anna").page(CLUBS).text == before.text


def test_organisations_can_be_compared_per_active_person(portal: Portal, earn: Earn) -> None:
    for campaign_id in crowd(portal, 4, "anna"):
        earn(campaign_id, 10)
    page = portal.browser("anna").page(f"{CLUBS}&by=capacity")
    # 40 points, 50 people.
    assert rows(page)[0].endswith("0.8")


def test_people_of_an_organisation_that_does_not_play_see_no_league(
    portal: Portal, earn: Earn
) -> None:
    earn(portal.campaigns["anna"], 2)
    switch(portal, "anna", game_on=False)
    for who in ("anna", "canvasser", "vera"):
        page = portal.browser(who).page(COALITION)
        assert page.says("does not take part in the league") and not rows(page)
        portal.browser(who).page(f"/league/campaigns/{portal.campaigns['anna']}", 404)
        portal.browser(who).page(f"/league/campaigns/{portal.campaigns['pavel']}", 404)


def test_an_organisation_that_does_not_play_is_in_nobodys_league(
    portal: Portal, earn: Earn
) -> None:
    earn(portal.campaigns["anna"], 2)
    earn(portal.campaigns["pavel"], 1)
    for campaign_id in crowd(portal, 5, "pavel"):
        earn(campaign_id, 1)
    switch(portal, "pavel", game_on=False)
    browser = portal.browser("anna")
    assert rows(browser.page(COALITION)) == ["1 Anna you " + rows(browser.page(COALITION))[0][11:]]
    assert rows(browser.page(CLUBS)) == []
    switch(portal, "pavel", game_on=True)
    assert len(rows(browser.page(COALITION))) == 7


@pytest.mark.parametrize("address", ["/league", COALITION, CLUBS])
def test_a_league_costs_as_many_queries_for_five_as_for_fifty(
    portal: Portal, earn: Earn, address: str
) -> None:
    def cost() -> int:
        with counted(portal.database) as statements:
            browser.page(address)
        return len(statements)

    for campaign_id in (*crowd(portal, 4), portal.campaigns["anna"]):
        earn(campaign_id, 2)
    browser = portal.browser("anna")
    browser.page(address)
    few = cost()
    for campaign_id in crowd(portal, 45):
        earn(campaign_id, 3)
    assert cost() == few


def test_who_has_an_auditors_role_only_has_no_league(portal: Portal) -> None:
    with portal.database.writing() as session:
        person = builders.a_person(session, name="Rita")
        organisation = session.get_one(
            Organisation, session.get_one(Campaign, portal.campaigns["anna"]).organisation_id
        )
        builders.a_staff(session, organisation=organisation, role=Role.AUDITOR, person=person)
        portal.people["rita"] = person.id
    portal.browser("rita").page("/league", 403)


def test_the_board_gets_the_organisations_ahead_for_the_whole_coalition_only(
    portal: Portal, earn: Earn
) -> None:
    for campaign_id in (*crowd(portal, 4), portal.campaigns["anna"]):
        earn(campaign_id, 3)
    with portal.app.test_request_context(), portal.database.reading() as session:
        chief, vera = (
            organisations_card(
                session, builders.the_viewer(session, portal.people[who]), clock.now()
            )
            for who in ("chief", "vera")
        )
    assert chief is not None and "league-place" in chief
    assert vera is None
