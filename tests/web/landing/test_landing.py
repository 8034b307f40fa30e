"""The first page, and where each person's day begins."""

from __future__ import annotations

import gzip

import pytest

from tests.web.portal import Portal


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_visitor_learns_what_it_takes_and_where_to_sign_up(portal: Portal, language: str) -> None:
    page = portal.browser(None, language).page("/")
    words = portal.library[portal.pack_id].words_in(language)
    assert words.step["a1_can_i"].title in page.text
    assert page.soup.select("main a[href^='/join']")
    assert len(gzip.compress(page.html.encode())) < 30_000


@pytest.mark.parametrize(
    ("who", "place"),
    [("vera", "/desk/queue"), ("chief", "/desk/queue"), ("lawyer", "/desk/queue")],
)
def test_those_who_coordinate_begin_at_their_desk(portal: Portal, who: str, place: str) -> None:
    answer = portal.browser(who).get("/")
    assert (answer.status_code, answer.headers["Location"]) == (303, place)


@pytest.mark.parametrize("who", ["anna", "canvasser"])
def test_a_team_begins_on_its_route(portal: Portal, who: str) -> None:
    assert portal.browser(who).get("/").headers["Location"] == portal.at("route")
