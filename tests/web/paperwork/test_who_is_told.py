"""What the page of a paper tells those who only read it: what was handed in, and no draft."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app import clock
from app.config import Settings
from app.reviews import commands as reviews
from app.reviews.models import Review
from documents.paperwork.models import PaperAnswer
from documents.press.client import Press
from tests import builders
from tests.web.paperwork.program import issue, path, put_a_photo
from tests.web.portal import Portal

NAME = "Третьякова Тайного Лица"
WHY = "The passport on page two is of somebody else."
READERS = ("vera", "chief", "lawyer")


def test_a_draft_is_told_to_those_who_work_on_it_only(russian: Portal) -> None:
    with russian.database.writing() as session:
        session.add(
            PaperAnswer(
                campaign_id=russian.campaigns["anna"],
                key="agent_accusative",
                value=NAME,
                sealed="",
                unknown=False,
                version=1,
                saved_at=clock.now(),
            )
        )
    russian.prove([step.key for step in russian.library[russian.pack_id].steps])
    address = russian.at("documents/agent_statement")
    assert russian.browser("anna").page(address).says(NAME)
    for who in READERS:
        assert not russian.browser(who).page(address).says("Тайного")


def send(portal: Portal, settings: Settings, press: Press) -> int:
    """Let Anna hand in her paper; give its review."""
    anna = issue(portal, portal.browser("anna"), settings, press)
    put_a_photo(portal, anna)
    anna.send(path(portal, "/send"), {"anyway": "yes"}, start=path(portal))
    with portal.database.reading() as session:
        return session.execute(
            select(Review.id).where(Review.subject_kind == "document")
        ).scalar_one()


def test_a_reader_reads_the_wording_as_it_was_handed_in(
    russian: Portal, settings: Settings, press: Press
) -> None:
    send(russian, settings, press)
    anna, lawyer = russian.browser("anna"), russian.browser("lawyer")
    assert lawyer.page(path(russian)).says("округу № 3")
    anna.send(path(russian, "/withdraw"), start=path(russian))
    assert not lawyer.page(path(russian)).says("округу № 3")


@pytest.mark.parametrize(
    ("who", "reads"), [("anna", True), ("lawyer", True), ("chief", True), ("vera", False)]
)
def test_why_a_paper_was_sent_back_is_read_by_its_people_and_by_the_desk_that_decides(
    russian: Portal, settings: Settings, press: Press, who: str, reads: bool
) -> None:
    review_id = send(russian, settings, press)
    with russian.database.writing() as session:
        lawyer = builders.the_viewer(session, russian.people["lawyer"])
        reviews.give_back(session, lawyer, review_id, reason=WHY, now=clock.now())
    assert russian.browser(who).page(path(russian)).says(WHY) is reads
