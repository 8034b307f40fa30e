"""A paper that no longer says what the answers say does not look finished."""

from __future__ import annotations

from bs4 import Tag

from documents.paperwork.models import Paper
from tests.page import CheckingClient, Page
from tests.web.paperwork.program import line_in_list, path, save
from tests.web.portal import Portal

ACCEPTED = "The signed paper was accepted"


def change(portal: Portal, anna: CheckingClient, page: str, **typed: str) -> Page:
    save(portal, anna, page, **typed)
    return anna.page(path(portal))


def ticks(page: Page) -> list[bool]:
    lines = page.soup.find("ol", class_="paper-steps").find_all("li")
    return ["is-done" in line.get("class", []) for line in lines]


def test_an_accepted_paper_says_that_its_original_is_to_be_kept(
    russian: Portal, accepted: CheckingClient
) -> None:
    page = accepted.page(path(russian))
    assert page.says(ACCEPTED) and ticks(page) == [True] * 4


def test_an_accepted_paper_that_is_out_of_date_does_not_look_finished(
    russian: Portal, accepted: CheckingClient
) -> None:
    page = change(russian, accepted, "name", surname="Новая")
    assert not page.says(ACCEPTED)
    assert ticks(page) == [True, False, False, False]
    badges = [badge.get_text(" ").strip() for badge in page.soup.find("article").select(".badge")]
    assert badges[0] == "out of date" and "accepted" not in badges
    notice = page.soup.select_one("article .notice")
    assert "The printed paper is out of date" in notice.get_text(" ")


def test_of_a_sealed_answer_it_is_said_that_it_changed_and_when(
    russian: Portal, accepted: CheckingClient
) -> None:
    page = change(russian, accepted, "passport", passport="40 05 654321")
    said = page.soup.select_one("article .notice dd")
    assert said.get_text(" ").strip().startswith("changed since,")
    assert "•" not in said.get_text() and said.find("del") is None


def test_a_wrong_answer_does_not_stand_beside_a_full_count(
    russian: Portal, accepted: CheckingClient
) -> None:
    where = path(russian, "/questions/passport")
    form = accepted.page(where).form(where)
    data = {**form, "a-inn": "12345", "action": "leave", "csrf_token": accepted.token(where)}
    accepted.post(where, data=data)
    page = accepted.page(path(russian))
    assert page.says("Taxpayer number (INN) Twelve digits.")
    assert page.says("this has to be put right before the paper can be issued")
    assert not page.says("Still in the way")
    assert page.soup.select_one("article .progress") is None


def words_of(line: Tag) -> list[str]:
    return [badge.get_text(" ").strip() for badge in line.select(".badge")]


def test_the_list_calls_it_what_its_page_calls_it_and_says_what_to_do(
    russian: Portal, accepted: CheckingClient
) -> None:
    assert words_of(line_in_list(russian, accepted)) == ["accepted"]
    page = change(russian, accepted, "name", surname="Новая")
    line = line_in_list(russian, accepted)
    assert words_of(line) == ["out of date"]
    assert page.soup.select_one("article .badge").get_text(" ").strip() == "out of date"
    told = line.select_one("small")
    assert told is not None
    assert "It was accepted, and your answers have changed since." in told.get_text()
    assert "See what changed, then issue it again." in told.get_text()
    assert line.select_one(".found-stop") is None


def test_of_what_lies_with_a_reviewer_both_are_told_in_the_list_as_on_its_page(
    russian: Portal, accepted: CheckingClient
) -> None:
    with russian.database.writing() as session:
        session.query(Paper).one().state = "waiting"
    change(russian, accepted, "name", surname="Новая")
    line = line_in_list(russian, accepted)
    assert words_of(line) == ["out of date", "being checked"]
    assert "take it back and issue it again" in line.get_text()


def test_while_answers_are_missing_they_come_before_a_new_version(
    russian: Portal, accepted: CheckingClient
) -> None:
    change(russian, accepted, "name", surname="")
    assert (
        "Answer what is missing, then issue it again." in line_in_list(russian, accepted).get_text()
    )
