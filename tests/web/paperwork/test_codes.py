"""The code on a scan: whose paper it is is found out, however far the uploader's reach goes."""

from __future__ import annotations

import io

import pytest

from app.config import Settings
from documents.paperwork.models import PaperIssue, PaperScan
from documents.paperwork.rules.scans import CHECK_PATH
from documents.press.client import Press
from tests.page import CheckingClient, Page
from tests.web.paperwork.program import a_photo_of, answer_all, path, typeset
from tests.web.portal import Portal


def issued(portal: Portal, settings: Settings, press: Press, who: str) -> str:
    """Issue somebody's paper and give the address of its check page."""
    browser = portal.browser(who)
    answer_all(portal, browser, who)
    browser.send(path(portal, "/issue", who), start=path(portal, who=who))
    typeset(portal, settings, press)
    with portal.database.reading() as session:
        wanted = PaperIssue.campaign_id == portal.campaigns[who]
        token = session.query(PaperIssue.check_token).filter(wanted).scalar()
    return f"{CHECK_PATH}{token}"


def scanned(portal: Portal, address: str) -> tuple[Page, PaperScan]:
    """Let Anna add a photo of a paper with this code, and give her page."""
    anna: CheckingClient = portal.browser("anna")
    photo = {"file": (io.BytesIO(a_photo_of(f"https://portal.example.org{address}")), "s.png")}
    anna.send(path(portal, "/scans"), photo, start=path(portal), content_type="multipart/form-data")
    with portal.database.reading() as session:
        return anna.page(path(portal)), session.query(PaperScan).one()


def test_the_own_code_fits(portal: Portal, settings: Settings, press: Press) -> None:
    page, scan = scanned(portal, issued(portal, settings, press, "anna"))
    assert scan.code == "match"
    assert page.says("the code fits the newest version")


def test_a_code_of_another_campaign_is_told_without_its_number(
    portal: Portal, settings: Settings, press: Press
) -> None:
    theirs = issued(portal, settings, press, "pavel")
    issued(portal, settings, press, "anna")
    page, scan = scanned(portal, theirs)
    assert (scan.code, scan.code_number) == ("other", "")
    assert page.says("the code is of another paper")
    assert not page.says("not of this portal")


@pytest.mark.parametrize("who", [None, "anna", "pavel", "stranger", "lawyer"])
def test_everybody_who_holds_a_paper_may_check_it(
    portal: Portal, settings: Settings, press: Press, who: str | None
) -> None:
    address = issued(portal, settings, press, "pavel")
    with portal.database.reading() as session:
        number = session.query(PaperIssue.number).scalar()
    assert portal.browser(who).page(address).says(number)
