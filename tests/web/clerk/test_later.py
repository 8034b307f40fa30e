"""The clerk sends nobody to a paper that is not open yet: it says so, and what opens it."""

from __future__ import annotations

import pytest
from bs4 import Tag

from app.accounts.queries import find_campaign
from app.config import Settings
from documents.clerk.describing import stops_told
from documents.clerk.examining import Examined, examine_upto
from documents.packets.models import PacketReceipt
from documents.paperwork.models import Paper
from tests.page import Page
from tests.web.clerk.program import a_clerk_desk
from tests.web.paperwork.program import answer_all, path
from tests.web.portal import EN, RU, Portal

LAST = {RU: "after", EN: "money"}
LOCKED = {RU: "final_report", EN: "candidate_declaration"}


def clerk(portal: Portal, rest: str = "") -> str:
    return portal.at(f"clerk{rest}")


def links_of(page: Page) -> list[str]:
    links = page.soup.select("a.finding-go, .now a.button")
    return [str(link["href"]) for link in links]


def later_of(page: Page) -> list[Tag]:
    return page.soup.select(".finding-later")


def examined(portal: Portal, settings: Settings, upto: str = "") -> Examined:
    desk = a_clerk_desk(settings, portal.library)
    with portal.database.reading() as session:
        campaign = find_campaign(session, portal.campaigns["anna"])
        assert campaign is not None
        found = examine_upto(session, desk, campaign, upto=upto, now=portal.now)
    assert found is not None
    return found


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_link_of_the_clerk_can_be_followed(portal: Portal, language: str) -> None:
    anna = portal.browser("anna", language)
    page = anna.page(clerk(portal, f"?upto={LAST[portal.pack_id]}"))
    where = dict.fromkeys(link.partition("#")[0] for link in links_of(page))
    assert where
    for link in where:
        assert anna.get(link).status_code == 200, link


@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_opens_later_stays_under_its_paper_and_leads_to_its_step(
    portal: Portal, language: str
) -> None:
    anna = portal.browser("anna", language)
    page = anna.page(clerk(portal, f"?upto={LAST[portal.pack_id]}"))
    said = {"ru": "откроется позже", "en": "opens later"}[language]
    later = later_of(page)
    assert later
    for finding in later:
        paper = finding.find_parent("details", class_="paper-findings")
        assert isinstance(paper, Tag)
        badge, link = paper.find(class_="badge"), paper.find("a", href=lambda at: "/steps/" in at)
        assert isinstance(badge, Tag) and badge.get_text(strip=True) == said
        assert isinstance(link, Tag)
        assert not finding.find("a", class_="finding-go")
        # The page of a locked step is the one that says what has to be done before.
        assert anna.get(str(link["href"])).status_code == 403


def test_what_opens_later_is_no_stopper_and_not_what_one_begins_with(
    portal: Portal, settings: Settings
) -> None:
    found = examined(portal, settings, LAST[portal.pack_id])
    now = [each.substance for each in (*found.stopping, *found.open_warnings)]
    assert found.later and not any(each.substance in now for each in found.later)
    anna = portal.browser("anna")
    page = anna.page(clerk(portal, f"?upto={LAST[portal.pack_id]}"))
    assert page.says(f"{len(found.stopping)} stop")
    begin = page.soup.select_one(".now a.button")
    assert begin is not None and anna.get(str(begin["href"])).status_code == 200


def test_with_nothing_to_do_now_the_clerk_says_so_and_what_comes_later(russian: Portal) -> None:
    anna = russian.browser("anna")
    at = anna.page(clerk(russian, f"?upto=after&at={LOCKED[RU]}"))
    begin = at.soup.select_one(".now a.button")
    # Also when the address asks for a paper that is not open yet.
    assert begin is not None and LOCKED[RU] not in str(begin["href"])


def accept_all(portal: Portal, settings: Settings) -> None:
    """Have every paper accepted that is open now."""
    found = examined(portal, settings, LAST[portal.pack_id])
    with portal.database.writing() as session:
        for standing in found.standings:
            if not standing.is_wanted or standing.kind.key in found.locked:
                continue
            if standing.paper is not None:
                session.get_one(Paper, standing.paper.id).state = "accepted"
                continue
            session.add(
                Paper(
                    campaign_id=portal.campaigns["anna"],
                    kind=standing.kind.key,
                    state="accepted",
                    changed_at=portal.now,
                )
            )


def file_packet(portal: Portal) -> None:
    """Write down the receipt for the packet of the nomination."""
    with portal.database.writing() as session:
        session.add(
            PacketReceipt(
                campaign_id=portal.campaigns["anna"],
                key="nomination",
                received_on=portal.now.date(),
                recorded_at=portal.now,
            )
        )


def test_the_section_shown_by_itself_is_the_visit_at_hand(
    portal: Portal, settings: Settings
) -> None:
    assert examined(portal, settings).upto == "nomination"
    # With every paper accepted the visit is still ahead until the packet is handed in.
    accept_all(portal, settings)
    assert examined(portal, settings).upto == "nomination"
    file_packet(portal)
    after = examined(portal, settings)
    shown = {each.kind.key for each in after.standings if each.kind.group == after.upto}
    assert shown - after.locked, "the section shown by itself has something that is open"


def test_a_packet_handed_in_leads_on_to_the_next_papers_that_are_open(
    russian: Portal, settings: Settings
) -> None:
    file_packet(russian)
    found = examined(russian, settings)
    assert found.upto != "after"


@pytest.mark.parametrize("rest", ["", "/questions/{page}", "/tables/{table}/new"])
def test_the_address_of_a_locked_page_leads_to_the_step(russian: Portal, rest: str) -> None:
    anna = russian.browser("anna")
    kind = LOCKED[RU]
    answer = anna.get(russian.at(f"documents/{kind}{rest.format(page='sums', table='gifts')}"))
    assert answer.status_code == 303
    assert answer.location.startswith(russian.at("steps/"))


@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_is_sent_to_a_locked_paper_is_refused_with_the_way_to_its_step(
    portal: Portal, language: str
) -> None:
    anna = portal.browser("anna", language)
    kind = LOCKED[portal.pack_id]
    page = anna.send(portal.at(f"documents/{kind}/issue"), start=portal.at("documents"), status=409)
    link = page.soup.select_one(f"main a[href^='{portal.at('steps/')}']")
    assert link is not None


def test_the_stops_of_a_packet_lead_to_the_step_of_a_locked_paper(
    russian: Portal, settings: Settings
) -> None:
    desk = a_clerk_desk(settings, russian.library)
    with russian.app.test_request_context(), russian.database.reading() as session:
        campaign = find_campaign(session, russian.campaigns["anna"])
        assert campaign is not None
        told = stops_told(session, desk, campaign, {LOCKED[RU]}, now=russian.now)
    later = [one for one in told if one.is_later]
    assert later and all(one.href.startswith(russian.at("steps/")) for one in later)


def test_an_answer_that_an_open_paper_asks_too_is_mended_there(
    russian: Portal, settings: Settings
) -> None:
    anna = russian.browser("anna")
    answer_all(russian, anna)
    found = examined(russian, settings, "after")
    assert found.case.places["surname"][0] not in found.locked
    assert anna.get(path(russian, "/questions/name")).status_code == 200
