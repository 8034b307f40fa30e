"""Signatures count where they are counted: on the sheets here, or on paper with a word about it."""

from __future__ import annotations

import pytest

from documents.signatures.models import SignatureSheet
from quests.evidence.models import Answer
from tests.page import Page
from tests.web.portal import Portal, prove_on_its_page

PACK, STEP = "ru-spb-municipal", "c4_collect"
BEFORE = (
    "a1_can_i",
    "a2_district",
    "a4_papers",
    "a5_income",
    "b1_watch",
    "b2_consent",
    "b3_submit",
    "b4_account",
    "b5_first_money",
    "c1_target",
    "c2_sheet",
    "c3_train",
)
ROUTE = {"a1_can_i:nomination": "self", "b4_account:fund": "account"}


@pytest.fixture
def collecting(portal: Portal) -> Portal:
    """A candidate who has done everything on the page of the step itself."""
    portal.prove(BEFORE)
    with portal.database.writing() as session:
        campaign = portal.campaigns["anna"]
        for name, said in ROUTE.items():
            session.add(Answer(campaign_id=campaign, name=f"answer:{name}", value=said))
        prove_on_its_page(session, portal.library, PACK, campaign, STEP)
    return portal


def say(portal: Portal, where: str) -> Page:
    with portal.database.writing() as session:
        campaign = portal.campaigns["anna"]
        name = f"answer:{STEP}:counted"
        session.query(Answer).filter_by(campaign_id=campaign, name=name).delete()
        session.add(Answer(campaign_id=campaign, name=name, value=where))
    return portal.browser("anna", "en").page(portal.at(f"steps/{STEP}"))


def state(page: Page) -> str:
    mark = page.soup.find(id="work-counted").find(class_="status")
    return " ".join(mark["class"])


def test_who_counts_on_paper_is_told_that_nothing_is_asked_for(collecting: Portal) -> None:
    page = say(collecting, "paper")
    assert page.says("You count on sheets of your own, so nothing is asked for here.")
    assert "status-not_applicable" in state(page)
    assert page.soup.find(class_="status").get_text(strip=True) == "done"


def test_who_counts_here_reads_how_many_good_ones_there_are(collecting: Portal) -> None:
    page = say(collecting, "portal")
    assert "status-open" in state(page)
    assert page.says("Sheets out and back, counted row by row: only good ones count.")
    collecting.prove([STEP])
    page = say(collecting, "portal")
    assert "status-accepted" in state(page) and page.says("Good signatures so far: 1.")
    with collecting.database.writing() as session:
        session.query(SignatureSheet).update({"good": 0})
    assert "status-open" in state(say(collecting, "portal"))
