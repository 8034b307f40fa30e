"""A paper that no longer says what the answers say does not look finished."""

from __future__ import annotations

import pytest
from bs4 import Tag

from app import clock
from app.config import Settings
from documents.paperwork.models import Paper
from documents.press.client import Press
from tests.page import CheckingClient, Page
from tests.web.paperwork.program import answer_all, path, typeset
from tests.web.portal import Portal

ACCEPTED = "The signed paper was accepted"


@pytest.fixture
def anna(russian: Portal, settings: Settings, press: Press) -> CheckingClient:
    """Anna, whose issued paper was signed and accepted."""
    browser = russian.browser("anna", "en")
    answer_all(russian, browser)
    browser.send(path(russian, "/issue"), start=path(russian))
    typeset(russian, settings, press)
    with russian.database.writing() as session:
        paper = session.query(Paper).one()
        paper.state, paper.accepted_day = "accepted", clock.now().date().toordinal()
    return browser


def change(portal: Portal, anna: CheckingClient, page: str, **typed: str) -> Page:
    where = path(portal, f"/questions/{page}")
    form = anna.page(where).form(where)
    given = {f"a-{key}": text for key, text in typed.items()}
    anna.send(where, {**form, **given}, start=where)
    return anna.page(path(portal))


def ticks(page: Page) -> list[bool]:
    lines = page.soup.find("ol", class_="paper-steps").find_all("li")
    return ["is-done" in line.get("class", []) for line in lines]


def test_an_accepted_paper_says_that_its_original_is_to_be_kept(
    russian: Portal, anna: CheckingClient
) -> None:
    page = anna.page(path(russian))
    assert page.says(ACCEPTED) and ticks(page) == [True] * 4


def test_an_accepted_paper_that_is_out_of_date_does_not_look_finished(
    russian: Portal, anna: CheckingClient
) -> None:
    page = change(russian, anna, "name", surname="Новая")
    assert not page.says(ACCEPTED)
    assert ticks(page) == [True, False, False, False]
    badges = [badge.get_text(" ").strip() for badge in page.soup.find("article").select(".badge")]
    assert badges[0] == "out of date" and "accepted" not in badges
    notice = page.soup.select_one("article .notice")
    assert "The printed paper is out of date" in notice.get_text(" ")


def test_of_a_sealed_answer_it_is_said_that_it_changed_and_when(
    russian: Portal, anna: CheckingClient
) -> None:
    page = change(russian, anna, "passport", passport="40 05 654321")
    said = page.soup.select_one("article .notice dd")
    assert said.get_text(" ").strip().startswith("changed since,")
    assert "•" not in said.get_text() and said.find("del") is None


def test_a_wrong_answer_does_not_stand_beside_a_full_count(
    russian: Portal, anna: CheckingClient
) -> None:
    where = path(russian, "/questions/passport")
    form = anna.page(where).form(where)
    data = {**form, "a-inn": "12345", "action": "leave", "csrf_token": anna.token(where)}
    anna.post(where, data=data)
    page = anna.page(path(russian))
    assert page.says("Taxpayer number (INN) Twelve digits.")
    assert page.says("this has to be put right before the paper can be issued")
    assert not page.says("Still in the way")
    assert page.soup.select_one("article .progress") is None


def line_of(portal: Portal, anna: CheckingClient) -> Tag:
    """Give the line of the paper in the list of all of them."""
    link = anna.page(portal.at("documents")).soup.find("a", href=path(portal))
    assert isinstance(link, Tag)
    line = link.find_parent("tr")
    assert isinstance(line, Tag)
    return line


def words_of(line: Tag) -> list[str]:
    return [badge.get_text(" ").strip() for badge in line.select(".badge")]


def test_the_list_calls_it_what_its_page_calls_it_and_says_what_to_do(
    russian: Portal, anna: CheckingClient
) -> None:
    assert words_of(line_of(russian, anna)) == ["accepted"]
    page = change(russian, anna, "name", surname="Новая")
    line = line_of(russian, anna)
    assert words_of(line) == ["out of date"]
    assert page.soup.select_one("article .badge").get_text(" ").strip() == "out of date"
    told = line.select_one("small")
    assert told is not None
    assert "It was accepted, and your answers have changed since." in told.get_text()
    assert "See what changed, then issue it again." in told.get_text()
    assert line.select_one(".found-stop") is None


def test_of_what_lies_with_a_reviewer_both_are_told_in_the_list_as_on_its_page(
    russian: Portal, anna: CheckingClient
) -> None:
    with russian.database.writing() as session:
        session.query(Paper).one().state = "waiting"
    change(russian, anna, "name", surname="Новая")
    line = line_of(russian, anna)
    assert words_of(line) == ["out of date", "being checked"]
    assert "take it back and issue it again" in line.get_text()


def test_while_answers_are_missing_they_come_before_a_new_version(
    russian: Portal, anna: CheckingClient
) -> None:
    change(russian, anna, "name", surname="")
    assert "Answer what is missing, then issue it again." in line_of(russian, anna).get_text()
