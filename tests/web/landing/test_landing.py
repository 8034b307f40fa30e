"""The first page, and where each person's day begins."""

from __future__ import annotations

import gzip
from datetime import timedelta

import pytest

from app import clock
from tests import builders
from tests.web.portal import EN, Portal


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_visitor_learns_what_it_takes_and_where_to_sign_up(portal: Portal, language: str) -> None:
    page = portal.browser(None, language).page("/")
    words = portal.library[portal.pack_id].words_in(language)
    assert words.step["a1_can_i"].title in page.text
    assert page.soup.select("main a[href^='/join']")
    assert len(gzip.compress(page.html.encode())) < 30_000


@pytest.mark.parametrize(
    ("who", "place"),
    [("vera", "/desk"), ("chief", "/desk"), ("lawyer", "/desk/queue")],
)
def test_those_who_coordinate_begin_at_their_desk(portal: Portal, who: str, place: str) -> None:
    answer = portal.browser(who).get("/")
    assert (answer.status_code, answer.headers["Location"]) == (303, place)


@pytest.mark.parametrize("who", ["anna", "canvasser"])
def test_a_team_begins_on_its_route(portal: Portal, who: str) -> None:
    assert portal.browser(who).get("/").headers["Location"] == portal.at("route")


@pytest.mark.parametrize(
    ("language", "first"), [("ru", "Выборы советов"), ("en", "Ward elections")]
)
@pytest.mark.parametrize("path", ["/", "/join"])
def test_elections_in_the_visitors_language_come_first(
    portal: Portal, path: str, language: str, first: str
) -> None:
    foreign = "ru" if language == "en" else "en"
    with portal.database.writing() as session:
        for name, spoken, pack_id, later in (
            ("Ward elections", "en", EN, foreign == "en"),
            ("Выборы советов", "ru", portal.pack_id, foreign == "ru"),
        ):
            coalition = builders.a_coalition(session, language=spoken)
            election = builders.an_election(
                session,
                coalition,
                pack_id=pack_id,
                polling_day=clock.now().date() + timedelta(days=9 - later),
            )
            election.name = name
    page = portal.browser(None, language).page(path)
    headings = [heading.get_text(strip=True) for heading in page.soup.select("main .card h3")]
    assert headings[0] == first
