"""The code of a page says which page it is: pages that came twice, and those that did not come."""

from __future__ import annotations

import io

import pytest

from documents.paperwork.models import PaperIssue, PaperRound, PaperScan
from documents.paperwork.rules.scans import CHECK_PATH, page_address
from tests.page import CheckingClient, Page
from tests.web.packets.program import issue
from tests.web.paperwork.program import a_photo, a_photo_of, path, told_to_the_reviewer
from tests.web.portal import RU, Portal

MULTIPART = "multipart/form-data"


@pytest.fixture
def paper(russian: Portal) -> Portal:
    """Anna with an issued consent of three pages."""
    assert russian.pack_id == RU
    issue(russian, "consent", pages=3)
    return russian


def check_page(portal: Portal) -> str:
    with portal.database.reading() as session:
        return CHECK_PATH + session.query(PaperIssue.check_token).scalar()


def a_page(portal: Portal, number: int, host: str = "portal") -> bytes:
    """Give a photo of one page; another ``host`` makes it another photo of the same."""
    return a_photo_of(page_address(f"https://{host}.example.org{check_page(portal)}", number))


def add(portal: Portal, *files: tuple[str, bytes]) -> Page:
    anna: CheckingClient = portal.browser("anna", "en")
    given = [(io.BytesIO(data), name) for name, data in files]
    anna.send(path(portal, "/scans"), {"file": given}, start=path(portal), content_type=MULTIPART)
    return anna.page(path(portal))


def send(portal: Portal, *, status: int = 303, **typed: str) -> Page:
    where = path(portal)
    return portal.browser("anna", "en").send(f"{where}/send", typed, status=status, start=where)


def numbers(portal: Portal) -> list[list[list[int]] | None]:
    with portal.database.reading() as session:
        rows = session.query(PaperScan).order_by(PaperScan.position)
        return [row.page_numbers for row in rows]


def beside(page: Page) -> list[tuple[str, str]]:
    """Give the headings of the pages side by side, each with its last caption: what came."""
    return [
        (str(section.h2.string), section.find_all("figcaption")[-1].get_text())
        for section in page.soup.select("section.stack-s")
    ]


def test_each_page_says_which_it_is(paper: Portal) -> None:
    page = add(paper, ("a.png", a_page(paper, 2)), ("b.jpg", a_photo()))
    assert numbers(paper) == [[[2]], None]
    assert page.says("the code fits the newest version: page 2")


def test_a_page_photographed_twice_does_not_stand_for_a_missing_one(paper: Portal) -> None:
    twice = ("b.png", a_page(paper, 2, host="other"))
    page = add(paper, ("a.png", a_page(paper, 1)), ("c.png", a_page(paper, 2)), twice)
    assert page.says("Page 3 of 3 has not come.")
    assert page.says("Page 2 is here more than once; it counts as one.")
    refused = send(paper, status=422)
    asked = refused.soup.find(id="doubts").get_text(" ")
    assert "Page 3 of 3 has not come." in asked and "Page 2 is here more than once" in asked
    send(paper, anyway="1")
    with paper.database.reading() as session:
        assert session.query(PaperRound).count() == 1


def test_a_page_too_many_is_told_and_nothing_is_asked(paper: Portal) -> None:
    again = ("again.png", a_page(paper, 1, host="other"))
    page = add(paper, *((f"{at}.png", a_page(paper, at)) for at in (1, 2, 3)), again)
    assert page.says("Page 1 is here more than once")
    assert page.soup.find(attrs={"name": "anyway"}) is None
    send(paper)


def test_pages_in_any_order_are_whole_and_stand_beside_those_that_were_issued(
    paper: Portal,
) -> None:
    page = add(paper, *((f"{at}.png", a_page(paper, at)) for at in (3, 1, 2)))
    assert not page.says("has not come") and not page.says("not here yet")
    seen = portal_compare(paper)
    assert beside(seen) == [("Page 1", "1.png"), ("Page 2", "2.png"), ("Page 3", "3.png")]


def test_a_page_that_came_twice_is_shown_twice_and_a_missing_one_as_missing(paper: Portal) -> None:
    again = ("again.png", a_page(paper, 1, host="other"))
    add(paper, ("three.png", a_page(paper, 3)), ("one.png", a_page(paper, 1)), again)
    seen = portal_compare(paper)
    assert beside(seen) == [
        ("Page 1", "one.png"),
        ("Page 1, once more", "again.png"),
        ("Page 2", "as issued"),
        ("Page 3", "three.png"),
    ]
    assert seen.says("This page has not come back.")
    assert seen.says("Page 2 of 3 has not come.")


def test_a_page_of_an_earlier_version_stands_beside_none_of_the_newest(paper: Portal) -> None:
    add(paper, ("two.png", a_page(paper, 2)))
    issue(paper, "consent", pages=3, version=2)
    seen = portal_compare(paper)
    assert [heading for heading, _ in beside(seen)] == ["Page 1", "Page 2", "Page 3", "Page 4"]
    assert beside(seen)[-1] == ("Page 4", "two.png")
    assert seen.says("The issued paper has no such page.")


def portal_compare(portal: Portal) -> Page:
    return portal.browser("anna", "en").page(path(portal, "/compare"))


def test_the_reviewer_is_told_which_page_is_missing_and_which_came_twice(paper: Portal) -> None:
    add(paper, ("a.png", a_page(paper, 1)), ("b.png", a_page(paper, 1, host="other")))
    send(paper, anyway="1")
    assert told_to_the_reviewer(paper)["Pages"] == (
        "Pages 2, 3 of 3 have not come. Page 1 is here more than once; it counts as one."
    )


def test_a_page_that_is_turned_is_the_same_page_and_one_cut_off_is_any(paper: Portal) -> None:
    add(paper, ("a.png", a_page(paper, 2)))
    with paper.database.reading() as session:
        where = path(paper, f"/scans/{session.query(PaperScan.id).scalar()}/shape")
    anna = paper.browser("anna", "en")
    anna.send(where, {"turn": "180"}, start=where)
    assert numbers(paper) == [[[2]]]
    anna.send(where, {"turn": "0", "left": "45", "top": "45"}, start=where)
    assert numbers(paper) == [None]


def test_the_code_of_a_page_opens_the_check_page(paper: Portal) -> None:
    for who in (None, "stranger", "anna"):
        page = paper.browser(who, "en").page(f"{check_page(paper)}/2")
        assert page.says("Issued by this portal")
        assert page.says("The code stands on page 2 of 3.")


@pytest.mark.parametrize("number", ["0", "4", "01", "-1", "two", "%D9%A2", "9" * 300])
def test_what_is_no_page_of_the_paper_opens_the_plain_check_page(
    paper: Portal, number: str
) -> None:
    page = paper.browser(None, "en").page(f"{check_page(paper)}/{number}")
    assert page.says("Issued by this portal")
    assert not page.says("The code stands on")
