"""The list of papers leads only where one can go."""

from __future__ import annotations

import pytest
from bs4 import Tag

from tests.page import Page
from tests.web.portal import EN, RU, Portal


def list_of(portal: Portal, language: str) -> Page:
    address = f"/campaigns/{portal.campaigns['anna']}/documents"
    return portal.browser("anna", language).page(address)


def rows_of(page: Page) -> list[Tag]:
    return page.soup.select("main tbody tr")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_paper_of_the_list_can_be_opened_or_says_what_opens_it(
    portal: Portal, language: str
) -> None:
    anna = portal.browser("anna", language)
    rows = rows_of(list_of(portal, language))
    opened = [link for row in rows if (link := row.select_one("[href*='/documents/']"))]
    locked = [link for row in rows if (link := row.select_one("[href*='/steps/']"))]
    assert opened and locked and len(opened) + len(locked) == len(rows)
    for link in opened:
        anna.page(str(link["href"]))
    for link in locked:
        # The page of a locked step is the one that says what has to be done before.
        step = anna.page(str(link["href"]), status=403)
        assert step.soup.select_one("main section ul li")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_address_of_a_locked_paper_leads_to_what_opens_it(
    portal: Portal, language: str
) -> None:
    anna = portal.browser("anna", language)
    base = f"/campaigns/{portal.campaigns['anna']}"
    kind = {RU: "final_report", EN: "acceptance_of_office"}[portal.pack_id]
    answer = anna.get(f"{base}/documents/{kind}")
    assert answer.status_code == 303 and answer.location.startswith(f"{base}/steps/")


def test_a_paper_that_opens_later_tells_neither_its_stage_nor_what_is_missing(
    russian: Portal,
) -> None:
    page = list_of(russian, "ru")
    for row in rows_of(page):
        if row.select_one("[href*='/steps/']"):
            assert "answers" not in row.get_text() and "ответов" not in row.get_text()
            assert len(row.select(".badge")) == 1
