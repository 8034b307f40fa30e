"""How evidence comes to count: with review and without, returned, taken back, done again."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.db import Database
from app.errors import Conflict, Missing, Refused
from app.facts import Fact, FactState
from app.reviews import commands as reviews
from app.sealing import Seal
from quests.evidence import errors
from quests.evidence.commands import answers, files, proving
from quests.evidence.facts import evidence_facts
from quests.evidence.models import AnswerSheet, UploadedFile
from quests.evidence.queries.files import get_file
from quests.evidence.queries.papers import campaign_papers
from quests.evidence.queries.work import step_done
from quests.evidence.rules.proof import SUBJECT_KIND
from quests.route.shape import AnswerFact
from tests import builders
from tests.handing_in import UPLOAD, World, a_file, a_step, a_world, with_hooks, work_on

SEAL = Seal.from_secret("tests")
FORM = a_step(
    key="form",
    evidence=[{"kind": "form", "key": "form"}],
    field=[
        {"key": "age", "type": "yesno", "required": True, "stop": ["no"]},
        {"key": "born", "type": "date"},
        {"key": "passport", "type": "text", "seal": True},
    ],
)
WANTED = {AnswerFact(step="form", field="age"), AnswerFact(step="form", field="passport")}
LIST = a_step(
    key="list",
    evidence=[{"kind": "checklist", "key": "check", "review": "organisation"}],
    item=[{"key": "one"}, {"key": "two"}],
)
QUIZ = a_step(
    key="quiz",
    evidence=[{"kind": "quiz", "key": "quiz", "pass": 1}],
    question=[
        {"key": "q1", "options": ["a", "b"], "right": "a"},
        {"key": "q2", "options": ["a", "b"], "right": "b"},
    ],
)
TALK = a_step(key="talk", evidence=[{"kind": "meeting", "key": "talk", "review": "organisation"}])


@pytest.fixture
def database(database: Database) -> Database:
    """A database in which evidence follows its reviews."""
    return with_hooks(database)


@pytest.fixture
def world(database: Database) -> World:
    """A campaign with the people around it, committed."""
    with database.writing() as session:
        return a_world(session)


def fact(database: Database, world: World, name: str) -> Fact:
    with database.reading() as session:
        return (
            evidence_facts(session, (world.campaign.id,))
            .get(world.campaign.id, {})
            .get(name, Fact())
        )


def put(
    session: Session, world: World, *, now: datetime, content: bytes = b"scan", sha256: str = "aa"
) -> None:
    files.add_file(
        session,
        work_on(session, world, now=now),
        evidence_key="scan",
        item_key="",
        given_name="scan.pdf",
        file=a_file(content),
        sha256=sha256,
    )


def send(database: Database, world: World, *, now: datetime) -> int:
    """Hand the files in and give the review's number."""
    with database.writing() as session:
        work = work_on(session, world, now=now)
        review = files.send_files(session, work, evidence_key="scan", labels={})
    assert review is not None
    return review.review_id


SCAN = "evidence:papers:scan"


def test_a_file_counts_once_a_coordinator_has_accepted_it(
    database: Database, world: World, now: datetime
) -> None:
    with database.writing() as session:
        put(session, world, now=now)
    assert fact(database, world, SCAN) == Fact(FactState.NONE, 1)
    review_id = send(database, world, now=now)
    assert fact(database, world, SCAN).state is FactState.WAITING
    with database.writing() as session:
        reviews.accept(session, world.coordinator, review_id, now=now)
    accepted = fact(database, world, SCAN)
    assert (accepted.state, accepted.count, accepted.at) == (FactState.PRESENT, 1, now.date())


def test_a_returned_file_carries_its_reason_and_can_be_sent_again(
    database: Database, world: World, now: datetime
) -> None:
    with database.writing() as session:
        put(session, world, now=now)
    review_id = send(database, world, now=now)
    with database.writing() as session:
        reviews.give_back(session, world.coordinator, review_id, reason="Blurred.", now=now)
    returned = fact(database, world, SCAN)
    assert (returned.state, returned.note) == (FactState.RETURNED, "Blurred.")
    with database.writing() as session:
        put(session, world, now=now, content=b"sharp", sha256="bb")
    send(database, world, now=now)
    assert fact(database, world, SCAN).state is FactState.WAITING


def test_taking_an_acceptance_back_takes_the_proof_back(
    database: Database, world: World, now: datetime
) -> None:
    with database.writing() as session:
        put(session, world, now=now)
    review_id = send(database, world, now=now)
    with database.writing() as session:
        reviews.accept(session, world.coordinator, review_id, now=now)
    with database.writing() as session:
        reviews.undo(session, world.coordinator, review_id, now=now)
    assert fact(database, world, SCAN).state is FactState.WAITING


def test_what_is_withdrawn_is_open_again(database: Database, world: World, now: datetime) -> None:
    with database.writing() as session:
        put(session, world, now=now)
    review_id = send(database, world, now=now)
    with database.writing() as session, pytest.raises(Conflict, match=errors.BEING_CHECKED):
        put(session, world, now=now, sha256="bb")
    with database.writing() as session:
        reviews.withdraw(
            session,
            world.candidate,
            world.campaign.id,
            review_id,
            subject_kind=SUBJECT_KIND,
            now=now,
        )
    assert fact(database, world, SCAN).state is FactState.NONE


def test_pressing_the_button_twice_puts_a_file_there_once(
    database: Database, world: World, now: datetime
) -> None:
    with database.writing() as session:
        put(session, world, now=now)
    with database.writing() as session:
        put(session, world, now=now)
    with database.reading() as session:
        assert session.execute(select(func.count(UploadedFile.id))).scalar_one() == 1


def test_nothing_is_sent_without_a_file(database: Database, world: World, now: datetime) -> None:
    with database.writing() as session, pytest.raises(Refused, match=errors.FILES_NEEDED):
        files.send_files(session, work_on(session, world, now=now), evidence_key="scan", labels={})


def test_a_removed_file_stays_readable_in_the_round_it_was_handed_in_with(
    database: Database, world: World, now: datetime
) -> None:
    with database.writing() as session:
        put(session, world, now=now)
    review_id = send(database, world, now=now)
    with database.writing() as session:
        reviews.give_back(session, world.coordinator, review_id, reason="Blurred.", now=now)
    with database.writing() as session:
        work = work_on(session, world, now=now)
        file_id = step_done(session, work.campaign.id, "papers").files[0].id
        files.remove_file(session, work, evidence_key="scan", file_id=file_id)
        with pytest.raises(Missing):
            files.remove_file(session, work, evidence_key="scan", file_id=file_id)
    with database.reading() as session:
        assert get_file(session, world.coordinator, world.campaign.id, file_id).sha256 == "aa"
        assert step_done(session, world.campaign.id, "papers").files == ()


def test_files_are_kept_from_strangers_and_from_helpers_of_other_queues(
    database: Database, world: World, now: datetime
) -> None:
    with database.writing() as session:
        put(session, world, now=now)
        file_id = session.execute(select(UploadedFile.id)).scalar_one()
        lawyer = builders.a_person(session)
        builders.an_assignment(session, world.campaign, person=lawyer)
        other = a_world(session)
        strangers = [builders.the_viewer(session, lawyer), other.candidate, other.chief]
    with database.reading() as session:
        for stranger in strangers:
            with pytest.raises(Missing):
                get_file(session, stranger, world.campaign.id, file_id)
        with pytest.raises(Missing):
            get_file(session, other.candidate, other.campaign.id, file_id)
        assert campaign_papers(session, strangers[0], world.campaign.id).papers == ()
        assert len(campaign_papers(session, world.candidate, world.campaign.id).papers) == 1


def fill_in(
    database: Database, world: World, typed: dict[str, str], *, now: datetime, version: int = 0
) -> answers.SentAnswers:
    with database.writing() as session:
        work = work_on(session, world, FORM, now=now)
        return answers.send_answers(session, work, typed, version=version, wanted=WANTED, seal=SEAL)


def test_a_form_without_review_counts_at_once_and_its_answers_are_facts(
    database: Database, world: World, now: datetime
) -> None:
    fill_in(database, world, {"age": "yes", "passport": "4010 1"}, now=now)
    assert fact(database, world, "evidence:form:form").state is FactState.PRESENT
    assert fact(database, world, "answer:form:age").value == "yes"
    assert fact(database, world, "answer:form:passport") == Fact(), "sealed answers stay sealed"


def test_a_stopping_answer_is_known_to_the_route_and_proves_nothing(
    database: Database, world: World, now: datetime
) -> None:
    sent = fill_in(database, world, {"age": "no"}, now=now)
    assert sent.checked.stops == ("age",)
    assert fact(database, world, "evidence:form:form").state is FactState.NONE
    assert fact(database, world, "answer:form:age").value == "no"
    fill_in(database, world, {"age": "yes"}, now=now, version=1)
    assert fact(database, world, "evidence:form:form").state is FactState.PRESENT


def test_a_draft_keeps_what_is_wrong_and_a_sending_names_each_field(
    database: Database, world: World, now: datetime
) -> None:
    with database.writing() as session:
        work = work_on(session, world, FORM, now=now)
        answers.save_draft(session, work, {"born": "весной"}, version=0, seal=SEAL)
    with database.reading() as session:
        sheet = step_done(session, world.campaign.id, "form").sheet
    assert sheet is not None
    assert sheet.typed["born"] == "весной"
    with pytest.raises(answers.SheetIncomplete) as caught:
        fill_in(database, world, {"born": "весной"}, now=now, version=1)
    assert set(caught.value.checked.problems) == {"age", "born"}


def test_a_stale_page_is_told_who_saved_meanwhile(
    database: Database, world: World, now: datetime
) -> None:
    fill_in(database, world, {"age": "yes"}, now=now)
    with pytest.raises(Conflict, match=errors.SHEET_CHANGED.split("{name}")[1][:20]):
        fill_in(database, world, {"age": "no"}, now=now, version=0)


def test_a_sealed_answer_is_stored_closed_and_kept_when_left_empty(
    database: Database, world: World, now: datetime
) -> None:
    fill_in(database, world, {"age": "yes", "passport": "4010 123456"}, now=now)
    fill_in(database, world, {"age": "yes", "passport": ""}, now=now, version=1)
    with database.reading() as session:
        typed = session.execute(select(AnswerSheet.typed)).scalar_one()
    assert "123456" not in typed["passport"]
    assert SEAL.open(typed["passport"]) == "4010 123456"


def test_a_checklist_is_confirmed_by_a_coordinator_when_complete(
    database: Database, world: World, now: datetime
) -> None:
    with database.writing() as session:
        work = work_on(session, world, LIST, now=now)
        proving.tick(session, work, ["one", "unknown"])
    assert fact(database, world, "evidence:list:check").count == 1
    with database.writing() as session:
        work = work_on(session, world, LIST, now=now)
        with pytest.raises(Refused, match=errors.ITEMS_LEFT.split("{")[0]):
            proving.send_checklist(session, work, ["one"])
        review = proving.send_checklist(session, work, ["one", "two"])
    assert review is not None
    with database.writing() as session:
        reviews.accept(session, world.coordinator, review.review_id, now=now)
    assert fact(database, world, "evidence:list:check").state is FactState.PRESENT


def test_a_passed_quiz_stays_passed_whatever_is_tried_later(
    database: Database, world: World, now: datetime
) -> None:
    for chosen, state in (
        ("b", FactState.NONE),
        ("a", FactState.PRESENT),
        ("b", FactState.PRESENT),
    ):
        with database.writing() as session:
            proving.answer_quiz(
                session, work_on(session, world, QUIZ, now=now), {"q1": chosen, "q2": "a"}
            )
        assert fact(database, world, "evidence:quiz:quiz").state is state


def test_a_meeting_is_agreed_held_and_confirmed_in_that_order(
    database: Database, world: World, now: datetime
) -> None:
    soon = now + timedelta(days=1)
    with database.writing() as session:
        work = work_on(session, world, TALK, now=now)
        with pytest.raises(Conflict, match=errors.MEETING_MISSING):
            proving.hold_meeting(session, work, outcome="Agreed.")
        with pytest.raises(Refused, match=errors.MEETING_IN_PAST) as refused:
            proving.propose_meeting(session, work, starts_at=now, place="Office")
        assert refused.value.field == "day"
        proving.propose_meeting(session, work, starts_at=soon, place="Office")
        with pytest.raises(Conflict, match=errors.MEETING_NOT_YET):
            proving.hold_meeting(session, work, outcome="Agreed.")
    with database.writing() as session:
        work = work_on(session, world, TALK, now=soon)
        review = proving.hold_meeting(session, work, outcome="Agreed.")
    assert review is not None
    assert fact(database, world, "evidence:talk:talk").state is FactState.WAITING


def test_a_repeatable_step_stays_proved_while_it_is_done_again(
    database: Database, world: World, now: datetime
) -> None:
    again = UPLOAD.model_copy(update={"repeatable": True})

    def hand_in(sha256: str) -> int:
        with database.writing() as session:
            work = work_on(session, world, again, now=now)
            files.add_file(
                session,
                work,
                evidence_key="scan",
                item_key="",
                given_name="a.pdf",
                file=a_file(),
                sha256=sha256,
            )
            review = files.send_files(session, work, evidence_key="scan", labels={})
        assert review is not None
        return review.review_id

    first = hand_in("aa")
    with database.writing() as session:
        reviews.accept(session, world.coordinator, first, now=now)
    second = hand_in("bb")
    assert fact(database, world, SCAN).state is FactState.PRESENT
    with database.writing() as session:
        reviews.give_back(session, world.coordinator, second, reason="No.", now=now)
    assert fact(database, world, SCAN).state is FactState.PRESENT


def test_facts_of_all_campaigns_are_those_of_each(
    database: Database, world: World, now: datetime
) -> None:
    fill_in(database, world, {"age": "yes"}, now=now)
    with database.writing() as session:
        other = a_world(session)
        put(session, other, now=now)
    with database.reading() as session:
        together = evidence_facts(session, None)
        for campaign_id in (world.campaign.id, other.campaign.id):
            assert together[campaign_id] == evidence_facts(session, (campaign_id,))[campaign_id]
