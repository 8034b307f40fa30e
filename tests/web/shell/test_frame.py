"""The frame of every page: menus that fit the viewer, and the choice of the language."""

from __future__ import annotations

import pytest

from tests.page import Page
from tests.web.portal import Portal


def menu(page: Page) -> list[str]:
    return [link.get_text().strip() for link in page.soup.select("header nav.nav a")]


WORK = ("Route", "Papers", "Flyers", "Fund")
DESK = ("Dispatch", "To check", "Campaigns", "Questions")


@pytest.mark.parametrize(
    ("who", "path", "labels"),
    [
        ("anna", "route", [*WORK, "Field", "Calendar", "Team", "Help", "Rating"]),
        ("canvasser", "route", ["Route", "Field", "Calendar", "Help", "Rating"]),
        ("vera", "route", [*DESK[:3], "Papers", *DESK[3:], "People", "Rating", "Organisations"]),
        ("lawyer", "route", ["Route", "Papers", "To check", "Questions"]),
    ],
)
def test_the_menu_has_what_the_viewer_may_open(
    portal: Portal, who: str, path: str, labels: list[str]
) -> None:
    page = portal.browser(who).page(portal.at(path))
    assert menu(page) == labels


@pytest.mark.parametrize("who", ["anna", "canvasser", "vera", "chief", "lawyer"])
def test_every_entry_of_the_menu_opens(portal: Portal, who: str) -> None:
    browser = portal.browser(who)
    page = browser.page(portal.at("route"))
    for link in page.soup.select("header a"):
        if link["href"] != "/" and not link["href"].startswith("/language"):
            browser.page(link["href"])


def test_the_present_page_is_marked(portal: Portal) -> None:
    page = portal.browser("anna").page(portal.at("route"))
    marked = page.soup.select("header nav.nav a[aria-current]")
    assert [link.get_text().strip() for link in marked] == ["Route"]


def test_the_other_language_keeps_the_filters_of_the_page(portal: Portal) -> None:
    browser = portal.browser("vera")
    page = browser.page("/desk/campaigns?q=anna&pace=moving")
    link = page.soup.find("a", hreflang="ru")["href"]
    answer = browser.get(link)
    assert answer.headers["Location"] == "/desk/campaigns?q=anna&pace=moving"
    assert browser.page(answer.headers["Location"]).soup.html["lang"] == "ru"


def test_the_other_language_of_a_refused_form_leads_to_a_page_that_opens(portal: Portal) -> None:
    browser, step = portal.browser("anna"), portal.at("steps/a1_can_i")
    page = browser.send(
        f"{step}/questions",
        {"question": ""},
        status=422,
        start=step,
        headers={"Referer": f"http://localhost{step}"},
    )
    answer = browser.get(page.soup.find("a", hreflang="ru")["href"])
    assert answer.headers["Location"] == step


@pytest.mark.parametrize("next_", ["https://example.org/", "//example.org", "/\\example.org"])
def test_the_choice_of_language_never_leads_away(portal: Portal, next_: str) -> None:
    answer = portal.browser(None).get("/language/en", query_string={"next": next_})
    assert answer.headers["Location"] == "/"


def test_an_unknown_language_is_missing(portal: Portal) -> None:
    portal.browser(None).page("/language/tlh", 404)


@pytest.mark.parametrize("words", ["\x00\x00\x00\x00\x00 нули", "\ufffe знаки в тексте"])
def test_text_that_can_not_be_stored_is_refused_beside_its_field(
    portal: Portal, words: str
) -> None:
    step = portal.at("steps/a1_can_i")
    page = portal.browser("anna").send(
        f"{step}/questions", {"question": words}, status=422, start=step
    )
    assert "can’t be stored" in page.error_of("question")


def test_a_text_beyond_all_bounds_is_refused_beside_its_field(portal: Portal) -> None:
    step = portal.at("steps/a1_can_i")
    page = portal.browser("anna").send(
        f"{step}/questions", {"question": "ы" * 30_000}, status=422, start=step
    )
    assert "Too long" in page.error_of("question")


def test_a_form_without_its_token_is_refused_kindly(portal: Portal) -> None:
    answer = portal.browser("anna").post(portal.at("steps/a1_can_i/questions"), data={})
    assert answer.status_code == 403 and "Nothing was saved" in Page(answer).text
