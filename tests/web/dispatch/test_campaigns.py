"""The coordinator's list: scope, filters, search, counts, pages, and its cost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.accounts.models import Campaign, Organisation
from quests.route.models import Milestone, Snooze
from tests import builders
from tests.page import Page
from tests.web.portal import Portal, counted

HOME = "/desk/campaigns"


def names(page: Page) -> list[str]:
    return [link.get_text() for link in page.soup.select("tbody th a")]


def tab_counts(page: Page) -> dict[str, int]:
    found = {}
    for link in page.soup.select("nav.tabs a"):
        count = link.find(class_="count")
        label = link.get_text(" ").replace(count.get_text(), "").strip()
        found[label] = int(count.get_text())
    return found


def more(portal: Portal, count: int, *, silent_days: int = 0) -> None:
    with portal.database.writing() as session:
        first = session.get_one(Campaign, portal.campaigns["anna"])
        organisation = session.get_one(Organisation, first.organisation_id)
        for number in range(count):
            builders.a_campaign(
                session,
                candidate=builders.a_person(session, name=f"Candidate {number:03}"),
                organisation=organisation,
                election=session.get_one(builders.Election, first.election_id),
                district=session.get_one(builders.District, first.district_id),
                now=portal.now - timedelta(days=silent_days),
            )


@pytest.mark.parametrize(
    ("who", "seen"),
    [("vera", ["Anna"]), ("boris", ["Pavel"]), ("chief", ["Anna", "Pavel"]), ("stranger", [])],
)
def test_each_sees_the_campaigns_they_coordinate(portal: Portal, who: str, seen: list[str]) -> None:
    assert sorted(names(portal.browser(who).page(HOME))) == seen


@pytest.mark.parametrize("who", ["anna", "lawyer", "canvasser"])
def test_others_have_no_such_list(portal: Portal, who: str) -> None:
    portal.browser(who).page(HOME, 403)


def test_a_line_leads_to_the_route_and_says_where_the_campaign_stands(portal: Portal) -> None:
    page = portal.browser("vera").page(HOME)
    link = page.soup.select_one("tbody th a")
    assert link["href"] == portal.at("route")
    words = portal.library[portal.pack_id].words_in("en").step["a1_can_i"]
    assert page.says(words.title) and "0 / " in page.text


@pytest.mark.parametrize("query", ["anna", "ANN", "тихая анна", "гавань", "  "])
def test_search_looks_at_names_and_places_in_any_case(portal: Portal, query: str) -> None:
    client = portal.browser("vera")
    query = query.replace("анна", "anna")
    page = client.page(HOME, query_string={"q": query})
    assert names(page) == ["Anna"]
    assert page.soup.find(id="search")["value"] == query.strip()


@pytest.mark.parametrize("query", ["nobody", "_", "' OR 1=1", "<b>" * 50])
def test_a_search_without_hits_says_what_to_do(portal: Portal, query: str) -> None:
    page = portal.browser("chief").page(HOME, query_string={"q": query})
    assert names(page) == [] and page.says("No campaigns here")
    assert page.soup.find("a", href=HOME, string="Show all campaigns") is not None


def test_organisations_are_compared_and_chosen_by_the_chief(portal: Portal) -> None:
    with portal.database.reading() as session:
        second = session.get_one(Campaign, portal.campaigns["pavel"]).organisation_id
    client = portal.browser("chief")
    assert names(client.page(f"{HOME}?organisation={second}")) == ["Pavel"]
    assert portal.browser("vera").page(HOME).soup.find(id="organisation") is None


def test_an_organisation_of_others_can_not_be_chosen(portal: Portal) -> None:
    with portal.database.reading() as session:
        second = session.get_one(Campaign, portal.campaigns["pavel"]).organisation_id
    assert names(portal.browser("vera").page(f"{HOME}?organisation={second}")) == []


def test_a_station_can_be_chosen_and_counts_who_stands_there(portal: Portal) -> None:
    portal.prove(["a1_can_i"], "pavel")
    client = portal.browser("chief")
    page = client.page(f"{HOME}?station=a1_can_i")
    assert names(page) == ["Anna"]
    chosen = page.soup.select_one("#station option[selected]")
    assert chosen["value"] == "a1_can_i" and chosen.get_text().endswith("· 1")


def test_tabs_count_each_pace_and_show_only_it(portal: Portal) -> None:
    more(portal, 3, silent_days=20)
    client = portal.browser("vera")
    counts = tab_counts(client.page(HOME))
    assert counts["All"] == 4 and counts["Silent"] == 3
    silent = client.page(f"{HOME}?pace=silent")
    assert len(names(silent)) == 3 and tab_counts(silent) == counts
    assert names(client.page(f"{HOME}?pace=none_such")) == []


def test_a_long_list_comes_in_pages_and_keeps_its_filters(portal: Portal) -> None:
    more(portal, 60)
    client = portal.browser("vera")
    first = client.page(f"{HOME}?q=candidate")
    assert len(names(first)) == 50
    later = next(a["href"] for a in first.soup.select("main a") if "page=2" in a["href"])
    assert "q=candidate" in later
    second = client.page(later)
    assert len(names(second)) == 10 and not set(names(first)) & set(names(second))


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999", "9" * 40, "٣"])
def test_a_senseless_page_number_still_shows_campaigns(portal: Portal, page: str) -> None:
    assert names(portal.browser("vera").page(HOME, query_string={"page": page})) == ["Anna"]


def test_only_running_campaigns_are_listed(portal: Portal) -> None:
    with portal.database.writing() as session:
        session.get_one(Campaign, portal.campaigns["anna"]).state = "withdrawn"
    assert names(portal.browser("chief").page(HOME)) == ["Pavel"]


def test_a_step_put_off_gives_way_to_another_station(portal: Portal) -> None:
    with portal.database.writing() as session:
        session.add(
            Snooze(
                campaign_id=portal.campaigns["anna"],
                step_key="a1_can_i",
                until=portal.today + timedelta(days=5),
            )
        )
        session.add(
            Milestone(
                campaign_id=portal.campaigns["anna"], step_key="a1_can_i", reached_at=portal.now
            )
        )
    page = portal.browser("vera").page(HOME)
    assert names(page) == ["Anna"]


def test_the_list_costs_as_many_queries_for_five_as_for_five_hundred(portal: Portal) -> None:
    client = portal.browser("vera")
    more(portal, 4)
    client.page(HOME)
    with counted(portal.database) as few:
        client.page(HOME)
    more(portal, 495)
    with counted(portal.database) as many:
        page = client.page(HOME)
    assert page.h1 == "500 campaigns on the way"
    assert len(many) == len(few) <= 12
