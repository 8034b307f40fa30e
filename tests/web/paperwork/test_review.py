"""A signed paper under review: what the reviewer sees, and what follows from the decision."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from app import clock
from app.config import Settings
from app.demo.plant_papers import plant_papers
from app.demo.rows import Rows
from app.facts import Fact, FactState
from app.reviews import commands as reviews
from app.reviews.models import Review
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.facts import paper_facts
from documents.paperwork.models import PaperRound, PaperScan
from documents.paperwork.proving import prove_issued
from documents.paperwork.reviewing import DocumentSubjects
from documents.press.client import Press
from quests.route.models import Milestone
from tests import builders
from tests.web.paperwork.program import KIND, a_desk, a_photo, answer_all, path, typeset
from tests.web.portal import Portal


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """A signed paper on the chief's desk."""

    portal: Portal
    desk: PaperworkDesk
    review_id: int

    def fact(self) -> Fact:
        campaign = self.portal.campaigns["anna"]
        with self.portal.database.reading() as session:
            return paper_facts(session, [campaign])[campaign][f"paper:{KIND[self.portal.pack_id]}"]

    def viewer(self, session: Session):
        return builders.the_viewer(session, self.portal.people["chief"])


@pytest.fixture
def handed_in(portal: Portal, settings: Settings, press: Press) -> HandedIn:
    """Anna's signed paper, sent to be checked."""
    anna = portal.browser("anna")
    answer_all(portal, anna)
    anna.send(path(portal, "/issue"), start=path(portal))
    typeset(portal, settings, press)
    photo = {"file": (io.BytesIO(a_photo()), "signed.jpg")}
    anna.send(path(portal, "/scans"), photo, start=path(portal), content_type="multipart/form-data")
    anna.send(path(portal, "/send"), start=path(portal))
    with portal.database.reading() as session:
        review_id = session.query(Review.id).filter_by(subject_kind="document").scalar()
    return HandedIn(portal=portal, desk=a_desk(settings, portal.library), review_id=review_id)


def test_an_accepted_paper_is_a_fact_and_undoing_takes_it_back(handed_in: HandedIn) -> None:
    database, now = handed_in.portal.database, clock.now()
    assert handed_in.fact().state is FactState.WAITING
    with database.writing() as session:
        reviews.accept(session, handed_in.viewer(session), handed_in.review_id, now=now)
    assert handed_in.fact().state is FactState.PRESENT
    with database.writing() as session:
        reviews.undo(session, handed_in.viewer(session), handed_in.review_id, now=now)
    assert handed_in.fact().state is FactState.WAITING


def test_a_returned_paper_says_why_and_can_be_sent_again(handed_in: HandedIn) -> None:
    portal, now = handed_in.portal, clock.now()
    with portal.database.writing() as session:
        viewer = handed_in.viewer(session)
        reviews.give_back(session, viewer, handed_in.review_id, reason="No signature.", now=now)
    assert handed_in.fact() == Fact(FactState.RETURNED, 1, None, None, "No signature.")
    anna = portal.browser("anna")
    assert anna.page(path(portal)).says("No signature.")
    anna.send(path(portal, "/send"), start=path(portal))


def test_what_waits_can_be_taken_back(handed_in: HandedIn) -> None:
    portal = handed_in.portal
    portal.browser("anna").send(path(portal, "/withdraw"), start=path(portal))
    assert handed_in.fact().state is FactState.NONE


def test_a_reviewer_sees_the_scans_the_issued_file_and_what_the_code_says(
    handed_in: HandedIn,
) -> None:
    portal = handed_in.portal
    subjects = DocumentSubjects(kinds=handed_in.desk.kinds, seal=handed_in.desk.seal)
    with portal.app.test_request_context(), portal.database.reading() as session:
        found = subjects.handed_in(
            session, handed_in.viewer(session), review_id=handed_in.review_id, language="en"
        )
    assert found.files[0].name == "signed.jpg"
    assert found.files[-1].label == "Issued paper"
    told = {change.label: change.after for change in found.changes}
    assert told["Code on the scans"].startswith("no code found")
    assert not [text for text in told.values() if "123456" in text or "Mary Brown" in text]


def test_every_issued_paper_can_be_made_again_byte_for_byte(
    handed_in: HandedIn, press: Press
) -> None:
    proofs = list(prove_issued(handed_in.portal.database, handed_in.desk.seal, press))
    assert [proof.problem for proof in proofs] == [""]


def test_planted_papers_are_facts(portal: Portal, settings: Settings) -> None:
    desk, campaign, now = a_desk(settings, portal.library), portal.campaigns["anna"], clock.now()
    kind = KIND[portal.pack_id]
    step = desk.kinds[portal.pack_id].kinds[kind].step
    with portal.database.writing() as session:
        session.add(Milestone(campaign_id=campaign, step_key=step, reached_at=now))
        session.flush()
        rows = Rows(session)
        made = plant_papers(session, rows, desk.kinds, desk.seal, now=now)
        rows.finish()
    assert [paper.campaign_id for paper in made] == [campaign]
    with portal.database.reading() as session:
        assert paper_facts(session, None)[campaign][f"paper:{kind}"].state is FactState.PRESENT


def send_photo(portal: Portal, colour: str, status: int = 303) -> None:
    photo = {"file": (io.BytesIO(a_photo(colour)), f"{colour}.jpg")}
    portal.browser("anna").send(
        path(portal, "/scans"),
        photo,
        status=status,
        start=path(portal),
        content_type="multipart/form-data",
    )


def issue_another_version(portal: Portal, settings: Settings, press: Press) -> None:
    anna = portal.browser("anna")
    where = path(portal, "/questions/name")
    form = anna.page(where).form(where)
    anna.send(where, {**form, "a-surname": "Новая"}, start=where)
    anna.send(path(portal, "/issue"), start=path(portal))
    typeset(portal, settings, press)


def test_pages_of_an_earlier_version_are_not_sent_as_those_of_the_newest(
    handed_in: HandedIn, settings: Settings, press: Press
) -> None:
    portal = handed_in.portal
    anna = portal.browser("anna")
    anna.send(path(portal, "/withdraw"), start=path(portal))
    issue_another_version(portal, settings, press)
    page = anna.send(path(portal, "/send"), status=422, start=path(portal))
    assert page.says("Add a photo or PDF of every signed page first.")
    send_photo(portal, "red")
    anna.send(path(portal, "/send"), start=path(portal))
    with portal.database.reading() as session:
        newest = session.query(PaperRound).order_by(PaperRound.round.desc()).first()
        scans = session.query(PaperScan).filter(PaperScan.id.in_(newest.scans)).all()
        assert [scan.name for scan in scans] == ["red.jpg"]
