"""A coalition whose candidates have reached a paper, and what is done with it."""

from __future__ import annotations

from io import BytesIO

import segno
from bs4 import Tag
from flask import Flask
from PIL import Image

from app import clock
from app.accounts.models import Campaign
from app.config import Settings
from app.jobs.worker import Worker
from app.pack_data import pack_data
from app.papers import paperwork_desk
from app.reviews.models import Review
from app.web.kernel import EXTENSION
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.reviewing import DocumentSubjects
from documents.press.client import Press
from documents.typesetting.handlers import typesetting_handlers
from quests.evidence.models import Answer
from quests.route.library import PackLibrary
from quests.route.shape import answer_fact
from tests import builders
from tests.page import CheckingClient
from tests.web.packets.program import papers_of
from tests.web.portal import EN, RU, Portal, a_portal

A_TEAM = 5
KIND = {RU: "consent", EN: "nomination_paper"}
ANSWERS = {
    RU: {
        "where": {
            "commission": "Территориальную избирательную комиссию № 21",
            "council": "Муниципального совета муниципального округа Тихая Гавань",
            "district_kind": "multi",
            "district_no": "3",
            "nominator": "self",
        },
        "name": {
            "surname": "Ёлкина",
            "first_name": "Анна",
            "patronymic": "Петровна",
            "birth_date": "17.06.1970",
            "birth_place": "гор. Ленинград",
            "citizenship": "rf",
        },
        "address": {
            "reg_subject": "город Санкт-Петербург",
            "reg_street": "улица Ясная",
            "reg_house": "5",
            "reg_flat": "12",
        },
        "passport": {
            "passport": "40 05 123456",
            "passport_issued_on": "01.02.2005",
            "passport_issuer": "ОВД Тихогаванского района Санкт-Петербурга",
            "passport_unit": "780-001",
            "inn": "500100732259",
        },
        "work": {"work_kind": "occupation", "occupation": "пенсионер"},
        "party": {},
        "conviction": {"conviction": "none", "foreign_agent": "no"},
    },
    EN: {
        "where": {"council": "Harbour Council", "ward": "Quay ward", "poll_date": "2027-05-06"},
        "name": {"surname": "Smith-Jones", "forenames": "Andrew John"},
        "description": {"description": "independent"},
        "subscribers": {"proposer": "Mary Brown", "proposer_prefix": "AB"},
    },
}


def a_desk(settings: Settings, library: PackLibrary) -> PaperworkDesk:
    """Give the tools of paperwork as jobs and the demo have them."""
    return paperwork_desk(settings, library, pack_data(library).papers)


def a_paper_portal(app: Flask, library: PackLibrary, pack_id: str = RU) -> Portal:
    """Plant a coalition whose candidates have reached the step of the paper."""
    portal = a_portal(app, library, pack_id=pack_id)
    steps = library[pack_id].steps
    own = "b2_consent" if pack_id == RU else "subscribers"
    number = next(n for n, step in enumerate(steps) if step.key == own)
    before = [step.key for step in steps[:number]]
    for who in ("anna", "pavel"):
        with portal.database.writing() as session:
            campaign = session.get_one(Campaign, portal.campaigns[who])
            for _ in range(A_TEAM):
                builders.a_member(session, campaign)
            if pack_id == RU:
                name = answer_fact("a1_can_i", "nomination")
                session.add(Answer(campaign_id=campaign.id, name=name, value="self"))
        portal.prove(before, who)
    return portal


def path(portal: Portal, rest: str = "", who: str = "anna") -> str:
    """Give an address of the paper of somebody's campaign."""
    return portal.at(f"documents/{KIND[portal.pack_id]}{rest}", who)


def answer_all(portal: Portal, browser: CheckingClient, who: str = "anna") -> None:
    """Answer every question of the paper, page by page."""
    for page, answers in ANSWERS[portal.pack_id].items():
        save(portal, browser, page, who, **answers)


def save(
    portal: Portal, browser: CheckingClient, page: str, who: str = "anna", /, **answers: str
) -> None:
    """Type answers into a page of questions and send it."""
    where = path(portal, f"/questions/{page}", who)
    typed = {f"a-{key}": text for key, text in answers.items()}
    form = browser.page(where).form(f"/questions/{page}")
    browser.send(where, {**form, **typed}, start=where)


def line_in_list(portal: Portal, browser: CheckingClient) -> Tag:
    """Give the line of the paper in the list of all of them."""
    link = browser.page(portal.at("documents")).soup.find("a", href=path(portal))
    assert isinstance(link, Tag)
    line = link.find_parent("tr")
    assert isinstance(line, Tag)
    return line


def typeset(portal: Portal, settings: Settings, press: Press) -> None:
    """Let the press do what it was asked, and the postman nothing."""
    handlers = {
        **typesetting_handlers(settings, press),
        "mail.deliver": lambda context, payload: None,
    }
    database = portal.app.extensions[EXTENSION].database
    worker = Worker(database=database, handlers=handlers, clock=clock.now)
    while worker.run_one():
        pass


def issue(
    portal: Portal, browser: CheckingClient, settings: Settings, press: Press
) -> CheckingClient:
    """Answer every question, have the paper issued and typeset; give the browser."""
    answer_all(portal, browser)
    browser.send(path(portal, "/issue"), start=path(portal))
    typeset(portal, settings, press)
    return browser


def put_a_photo(portal: Portal, browser: CheckingClient) -> None:
    """Put one photo of the signed paper there."""
    photo = {"file": (BytesIO(a_photo()), "signed.jpg")}
    where = path(portal)
    browser.send(f"{where}/scans", photo, start=where, content_type="multipart/form-data")


def told_to_the_reviewer(portal: Portal) -> dict[str, str]:
    """Give what the chief is told beside the paper that was handed in, by its label."""
    desk = papers_of(portal)
    subjects = DocumentSubjects(kinds=desk.kinds, seal=desk.seal)
    with portal.app.test_request_context(), portal.database.reading() as session:
        review_id = session.query(Review.id).filter_by(subject_kind="document").scalar()
        viewer = builders.the_viewer(session, portal.people["chief"])
        found = subjects.handed_in(session, viewer, review_id=review_id, language="en")
    return {change.label: change.after for change in found.changes}


def a_photo(colour: str = "white") -> bytes:
    """Give a photo without any code."""
    out = BytesIO()
    Image.new("RGB", (300, 400), colour).save(out, "JPEG")
    return out.getvalue()


def a_photo_of(code: str) -> bytes:
    """Give a photo on which there is a code with this text."""
    out = BytesIO()
    segno.make(code).save(out, kind="png", scale=8, border=8)
    return out.getvalue()
