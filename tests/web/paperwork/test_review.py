"""A signed paper under review: what the reviewer sees, and what follows from the decision."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.config import Settings
from app.demo.plant_papers import plant_papers
from app.demo.rows import Rows
from app.facts import Fact, FactState
from app.reviews import commands as reviews
from app.reviews.models import Review
from documents.overview.keeping import wrong_papers
from documents.paperwork.desk import PaperworkDesk
from documents.paperwork.facts import paper_facts
from documents.paperwork.models import PaperRound, PaperScan
from documents.paperwork.proving import prove_issued
from documents.paperwork.reviewing import DocumentSubjects
from documents.press.client import Press
from quests.dispatch.keeping import wrong_standings
from quests.ranking.models import PointEntry
from quests.ranking.pack import Earned
from quests.route.models import Milestone
from quests.route.standing import milestones_of
from tests import builders
from tests.web.paperwork.program import (
    KIND,
    a_desk,
    a_photo,
    issue,
    path,
    put_a_photo,
    typeset,
)
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
    anna = issue(portal, portal.browser("anna"), settings, press)
    put_a_photo(portal, anna)
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


def change_an_answer(portal: Portal) -> None:
    anna = portal.browser("anna")
    where = path(portal, "/questions/name")
    form = anna.page(where).form(where)
    anna.send(where, {**form, "a-surname": "Новая"}, start=where)


def issue_another_version(portal: Portal, settings: Settings, press: Press) -> None:
    change_an_answer(portal)
    anna = portal.browser("anna")
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


def test_a_newer_version_of_an_accepted_paper_can_be_handed_in_too(
    handed_in: HandedIn, settings: Settings, press: Press
) -> None:
    portal = handed_in.portal
    with portal.database.writing() as session:
        reviews.accept(session, handed_in.viewer(session), handed_in.review_id, now=clock.now())
    issue_another_version(portal, settings, press)
    send_photo(portal, "red")
    portal.browser("anna").send(path(portal, "/send"), start=path(portal))
    with portal.database.reading() as session:
        assert session.query(PaperRound).count() == 2


def accept(handed_in: HandedIn) -> None:
    with handed_in.portal.database.writing() as session:
        reviews.accept(session, handed_in.viewer(session), handed_in.review_id, now=clock.now())


def paper_points(handed_in: HandedIn) -> int:
    with handed_in.portal.database.reading() as session:
        earned = select(func.coalesce(func.sum(PointEntry.points), 0)).where(
            PointEntry.campaign_id == handed_in.portal.campaigns["anna"],
            PointEntry.rule == Earned.PAPER.value,
        )
        return session.execute(earned).scalar_one()


def test_a_newer_version_of_an_accepted_paper_opens_its_step_again_until_it_is_accepted(
    handed_in: HandedIn, settings: Settings, press: Press
) -> None:
    portal = handed_in.portal
    accept(handed_in)
    earned, reached = paper_points(handed_in), milestones(portal)
    assert earned > 0
    change_an_answer(portal)
    # The answer alone changes nothing, and what the button would change is said beside it.
    assert handed_in.fact().state is FactState.PRESENT
    assert portal.browser("anna").page(path(portal)).says("the new version has to be signed")
    issue_another_version(portal, settings, press)
    assert handed_in.fact() == Fact(FactState.NONE, 0)
    assert paper_points(handed_in) == 0
    # The step was reached on that day, whatever came later; where it stands now is kept at once.
    assert reached == milestones(portal)
    assert wrongly_kept(handed_in) == ()
    send_photo(portal, "red")
    portal.browser("anna").send(path(portal, "/send"), start=path(portal))
    assert handed_in.fact().state is FactState.WAITING
    accept(replace(handed_in, review_id=newest_review(portal)))
    assert handed_in.fact().state is FactState.PRESENT
    assert paper_points(handed_in) == earned


def milestones(portal: Portal) -> dict[str, datetime]:
    with portal.database.reading() as session:
        return milestones_of(session, portal.campaigns["anna"])


def wrongly_kept(handed_in: HandedIn) -> tuple[int, ...]:
    """Give the campaigns of which the papers' overview or Dispatch keeps something untrue."""
    portal, now = handed_in.portal, clock.now()
    with portal.database.reading() as session:
        return (
            *wrong_papers(session, handed_in.desk, now=now),
            *wrong_standings(session, portal.library, now=now),
        )


def test_undoing_the_acceptance_of_a_newer_version_does_not_bring_the_earlier_one_back(
    handed_in: HandedIn, settings: Settings, press: Press
) -> None:
    portal = handed_in.portal
    accept(handed_in)
    issue_another_version(portal, settings, press)
    send_photo(portal, "red")
    portal.browser("anna").send(path(portal, "/send"), start=path(portal))
    newer = replace(handed_in, review_id=newest_review(portal))
    accept(newer)
    with portal.database.writing() as session:
        reviews.undo(session, newer.viewer(session), newer.review_id, now=clock.now())
    assert newer.fact().state is FactState.WAITING


def test_accepting_an_earlier_version_once_more_does_not_sign_the_newest(
    handed_in: HandedIn, settings: Settings, press: Press
) -> None:
    portal = handed_in.portal
    accept(handed_in)
    issue_another_version(portal, settings, press)
    with portal.database.writing() as session:
        reviews.undo(session, handed_in.viewer(session), handed_in.review_id, now=clock.now())
    accept(handed_in)
    assert handed_in.fact() == Fact(FactState.NONE, 0)
    assert paper_points(handed_in) == 0
    send_photo(portal, "red")


def test_what_is_being_checked_is_not_issued_anew(handed_in: HandedIn) -> None:
    portal = handed_in.portal
    change_an_answer(portal)
    portal.browser("anna").send(path(portal, "/issue"), status=409, start=path(portal))
    assert handed_in.fact().state is FactState.WAITING


def newest_review(portal: Portal) -> int:
    with portal.database.reading() as session:
        return session.execute(
            select(func.max(Review.id)).where(Review.subject_kind == "document")
        ).scalar_one()
