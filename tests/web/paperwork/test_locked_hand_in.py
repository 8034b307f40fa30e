"""A paper that can be prepared but not yet be handed in says so before anybody prints it."""

from __future__ import annotations

import io

import pytest
from flask import Flask

from documents.paperwork.models import PaperScan
from quests.route.library import PackLibrary
from tests.web.packets.program import issue, scan
from tests.web.paperwork.program import a_paper_portal, a_photo
from tests.web.portal import EN, Portal

KIND = "consent_to_nomination"


@pytest.fixture
def english(program: Flask, library: PackLibrary) -> Portal:
    """A coalition of the English pack; the consent can be filled in, and is signed later."""
    return a_paper_portal(program, library, EN)


def where(portal: Portal) -> str:
    return portal.at(f"documents/{KIND}")


def test_what_has_to_be_done_first_is_said_before_the_paper_is_printed(english: Portal) -> None:
    issue(english, KIND)
    page = english.browser("anna", "en").page(where(english))
    barrier = page.soup.find(id="not-yet")
    assert "Before you print and sign it" in barrier.get_text(" ")
    links = [link["href"] for link in barrier.find_all("a")]
    assert links and all("/steps/" in link for link in links)
    download = page.soup.find("a", href=lambda href: href and "/issued/" in href)
    assert barrier.sourceline is None or barrier in download.find_all_previous(id="not-yet")


def test_nothing_offers_to_send_what_would_be_refused(english: Portal) -> None:
    issue(english, KIND)
    scan(english, KIND)
    page = english.browser("anna", "en").page(where(english))
    assert page.soup.find("form", action=lambda action: action and "/send" in action) is None


def test_a_refusal_comes_on_the_same_page_and_the_photos_stay(english: Portal) -> None:
    issue(english, KIND)
    anna = english.browser("anna", "en")
    photo = {"file": (io.BytesIO(a_photo()), "signed.jpg")}
    anna.send(
        f"{where(english)}/scans",
        photo,
        start=where(english),
        content_type="multipart/form-data",
    )
    page = anna.send(f"{where(english)}/send", status=409, start=where(english))
    assert page.soup.find(id="not-yet").find("a")
    assert page.says("Not done yet") and page.says("signed.jpg")
    with english.database.reading() as session:
        assert session.query(PaperScan).count() == 1
