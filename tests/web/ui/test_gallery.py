"""The gallery, fetched whole by the checking client in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.config import Settings
from app.ui.gallery import COMPONENTS
from tests.page import CheckingClient, client_of
from tests.web.small_program import a_small_program


@pytest.fixture
def client(tmp_path: Path) -> Iterator[CheckingClient]:
    with a_small_program(Settings.for_tests(tmp_path)) as program:
        yield client_of(program)


@pytest.mark.parametrize(
    ("language", "title"), [("ru", "Галерея компонентов"), ("en", "Gallery of components")]
)
def test_the_gallery_shows_every_component(
    client: CheckingClient, language: str, title: str
) -> None:
    page = client.page("/gallery", headers={"Accept-Language": language})
    assert page.h1 == title
    assert {tag["id"] for tag in page.soup.select("section.band")} == set(COMPONENTS)


def test_a_locked_station_says_what_opens_it_and_is_no_link(client: CheckingClient) -> None:
    page = client.page("/gallery", headers={"Accept-Language": "en"})
    station = page.soup.select_one(".station.is-locked.interchange")
    assert station is not None
    words = " ".join(station.get_text(" ").split())
    assert "Opens after: The packet checked by a lawyer , Income and property" in words
    assert station.select("a.name") == []
    assert station.select_one(".opens a") is not None


def test_every_station_says_its_state_in_words(client: CheckingClient) -> None:
    page = client.page("/gallery", headers={"Accept-Language": "en"})
    said = {tag.get_text(" ").split(",")[-1].strip() for tag in page.soup.select(".station .name")}
    assert said >= {"done", "open", "now", "being checked", "sent back for changes", "locked"}
    assert said >= {"overdue", "not needed here"}


def test_a_refused_field_points_at_its_error(client: CheckingClient) -> None:
    page = client.page("/gallery", headers={"Accept-Language": "en"})
    for field in ("refused-name", "refused-sure", "refused-agree"):
        assert page.error_of(field)


def test_an_unknown_address_is_answered_on_our_own_page(client: CheckingClient) -> None:
    page = client.page("/nowhere", status=404, headers={"Accept-Language": "en"})
    assert page.h1 == "There is no such page"
