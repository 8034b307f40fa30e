"""Every page of questions of every English paper opens, with what the demo has answered."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from flask import Flask

from app.accounts.models import Campaign
from app.config import Settings
from app.demo.plant_answers import Answering, plant_answers
from app.demo.rows import Rows
from documents.paperwork.desk import PaperworkDesk
from quests.evidence.models import Answer
from quests.route.library import PackLibrary
from quests.route.shape import answer_fact
from tests.proved_elsewhere import make_true
from tests.web.paperwork.program import a_desk
from tests.web.portal import EN, Portal, a_portal

AFTER_THE_POLL = -2
ROUTE = {
    answer_fact("independent_or_party", "route"): "party",
    answer_fact("sopn", "contested"): "contested",
}
"""What makes a route as long as it can be."""
LEFT_OPEN = re.compile(r"\{[a-z_]+\}|%\([a-z_]+\)s")


def answer_as_the_demo(portal: Portal, desk: PaperworkDesk) -> None:
    with portal.database.writing() as session:
        campaign = session.get_one(Campaign, portal.campaigns["anna"])
        one = Answering(
            campaign_id=campaign.id,
            candidate_id=campaign.candidate_id,
            name="Andrew John Smith-Jones",
            documents=desk.documents(portal.pack_id),
            at=datetime(2026, 1, 1, tzinfo=UTC),
        )
        rows = Rows(session)
        plant_answers(session, rows, [one], desk.seal)
        rows.finish()


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_question_of_every_paper_is_asked_and_every_paper_is_listed(
    program: Flask, library: PackLibrary, settings: Settings, language: str
) -> None:
    portal = a_portal(program, library, pack_id=EN, days=AFTER_THE_POLL)
    desk = a_desk(settings, library)
    steps = library[EN].steps
    portal.prove([step.key for step in steps])
    with portal.database.writing() as session:
        campaign_id = portal.campaigns["anna"]
        for name, said in ROUTE.items():
            session.add(Answer(campaign_id=campaign_id, name=name, value=said))
        make_true(session, campaign_id, steps, now=portal.now)
    answer_as_the_demo(portal, desk)
    documents, anna = desk.documents(portal.pack_id), portal.browser("anna", language)
    listed = anna.page(portal.at("documents")).text
    words = documents.words_in(language)
    for key, kind in documents.listed.items():
        if not kind.needed_when:
            assert words.kind[key].title in listed, key
        for page in kind.page:
            opened = anna.page(portal.at(f"documents/{key}/questions/{page.key}"))
            assert not LEFT_OPEN.search(opened.text), (key, page.key)
