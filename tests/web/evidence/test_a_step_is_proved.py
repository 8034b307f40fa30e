"""From a candidate's form to a coordinator's decision, in the whole program."""

from __future__ import annotations

import json
import logging

import pytest
from sqlalchemy import select

from app import clock
from app.access import Role
from app.config import Settings
from app.files.inspection import LARGEST_BYTES
from app.logs import JsonLines
from app.mail.models import StoredLetter
from quests.evidence.models import Evidence
from tests import builders
from tests.conftest import WHOLE
from tests.page import client_of
from tests.unit.test_inspection import a_pdf, a_picture, with_script
from tests.web.evidence.one_campaign import Portal, a_scan


def test_every_step_shows_its_work_to_those_who_do_it(portal: Portal) -> None:
    for step in portal.library["ru-spb-municipal"].steps:
        portal.prove(but=step.key)
        page = portal.candidate.page(portal.step(step.key))
        kinds = {evidence.kind.value for evidence in step.evidence}
        if kinds & {"form", "upload", "checklist", "quiz", "meeting"}:
            found = page.soup.find(id="work") is not None or page.says("not needed")
            assert found, f"{step.key} has no work area"


def test_enter_in_a_field_sends_nothing_to_anybody(portal: Portal) -> None:
    """It saves a draft where the main button hands the form to a coordinator."""
    met = set()
    for step in portal.library["ru-spb-municipal"].steps:
        portal.prove(but=step.key)
        for button in portal.candidate.page(portal.step(step.key)).soup.select("[value=send]"):
            first = button.find_parent("form").select_one("[type=submit]")
            hands_over = "to be" in button.text
            met.add(hands_over)
            assert (first is not button) is hands_over, step.key
            assert first is button or not first.get("name"), step.key
    assert met == {True, False}


STEP = "b3_submit"
"""A form that counts at once, and a receipt that the organisation's coordinator accepts."""


@pytest.fixture
def upload(portal: Portal) -> str:
    """Open the step with its form done; give the address of its files."""
    portal.prove(but="")
    with portal.kernel.database.reaching(WHOLE).writing() as session:
        session.query(Evidence).filter_by(step_key=STEP, kind="upload").delete()
    return f"{portal.step(STEP)}/files/receipt"


def test_a_paper_is_handed_in_returned_mended_and_accepted(portal: Portal, upload: str) -> None:
    page = portal.candidate.page(portal.step(STEP))
    item = page.form("/files/receipt")
    portal.candidate.send(upload, {**item, **a_scan(a_pdf())}, start=portal.step(STEP))
    portal.candidate.send(f"{upload}/send", start=portal.step(STEP))
    assert portal.candidate.page(portal.step(STEP)).says("We promise an answer by")
    first = f"/desk/reviews/{portal.review_id()}"
    queue = portal.coordinator.page("/desk/queue")
    assert queue.h1 == "Waiting for your check: 1"
    assert queue.says("Anna")

    portal.coordinator.page(first)
    words = portal.coordinator.send(f"{first}/return", {}, status=422, start="/desk/queue")
    assert words.says("Say what has to be corrected")
    portal.coordinator.send(
        f"{first}/return",
        {"reasons": ["unreadable"], "own_words": "Page <b>two</b>."},
        start="/desk/queue",
    )
    step = portal.candidate.page(portal.step(STEP))
    assert step.says("The picture can’t be read.")
    assert step.says("Page <b>two</b>.")
    portal.candidate.send(
        upload, {**item, **a_scan(a_picture(), "new.jpg")}, start=portal.step(STEP)
    )
    portal.candidate.send(f"{upload}/send", start=portal.step(STEP))

    second = f"/desk/reviews/{portal.review_id()}"
    review = portal.coordinator.page(second)
    assert review.says("new.jpg")
    assert review.says("Only the files changed.")
    portal.coordinator.send(f"{second}/accept", start="/desk/queue")
    late = portal.chief.send(f"{second}/accept", status=409, start="/desk/queue")
    assert late.says("Vera has already accepted this")
    assert portal.candidate.page(portal.step(STEP)).says("accepted")
    papers = portal.candidate.page(f"/campaigns/{portal.campaign_id}/papers")
    assert papers.says("new.jpg")
    assert papers.says("The picture can’t be read.")
    with portal.kernel.database.reaching(WHOLE).reading() as session:
        subjects = list(session.scalars(select(StoredLetter.subject).order_by(StoredLetter.id)))
    assert [subject.split(":")[0] for subject in subjects] == ["To be corrected", "Accepted"]

    assert portal.coordinator.page("/desk/queue").says("You accepted")
    portal.coordinator.send(f"{second}/undo", start="/desk/queue")
    assert portal.candidate.page(portal.step(STEP)).says("We promise an answer by")


def test_many_are_accepted_at_once_from_the_queue(portal: Portal, upload: str) -> None:
    item = portal.candidate.page(portal.step(STEP)).form("/files/receipt")
    portal.candidate.send(upload, {**item, **a_scan(a_pdf())}, start=portal.step(STEP))
    portal.candidate.send(f"{upload}/send", start=portal.step(STEP))
    nothing = portal.coordinator.send("/desk/queue/accept", status=422, start="/desk/queue")
    assert "Choose at least one row." in nothing.html
    chosen = {"chosen": [str(portal.review_id()), "x", "99999999999999999999999"]}
    portal.coordinator.send("/desk/queue/accept", chosen, start="/desk/queue")
    assert portal.coordinator.page("/desk/queue").says("Nothing waits for you")

    portal.chief.send("/desk/queue/accept", chosen, start="/desk/queue")
    title = portal.library.step_title("ru-spb-municipal", STEP, "en")
    said = portal.chief.page("/desk/queue")
    assert said.says(f"{title}, Anna: not accepted. Vera has already accepted this")


@pytest.mark.parametrize(
    "query",
    [
        "queue=x",
        "organisation=-1",
        "organisation=99999999999999999999",
        "step=%00",
        "page=-5",
        "page=x",
    ],
)
def test_a_queue_address_that_makes_no_sense_still_shows_a_queue(
    portal: Portal, query: str
) -> None:
    portal.coordinator.page(f"/desk/queue?{query}")


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.pdf", "The file is empty."),
        (b"<html></html>", "a.pdf", "Only JPEG, PNG and WEBP"),
        (a_pdf(with_script), "a.pdf", "holds scripts"),
        (a_picture()[:200], "a.jpg", "damaged"),
    ],
)
def test_a_bad_file_is_refused_beside_its_field(
    portal: Portal, upload: str, data: bytes, name: str, words: str
) -> None:
    page = portal.candidate.send(
        upload, {"item": "receipt", **a_scan(data, name)}, status=422, start=portal.step(STEP)
    )
    assert page.says(words)


def test_a_file_comes_back_as_an_attachment_that_nothing_can_run(
    portal: Portal, upload: str
) -> None:
    item = portal.candidate.page(portal.step(STEP)).form("/files/receipt")
    data = a_pdf()
    portal.candidate.send(upload, {**item, **a_scan(data)}, start=portal.step(STEP))
    link = portal.candidate.page(portal.step(STEP)).soup.select_one("ul.files a")
    assert link is not None
    answer = portal.candidate.get(str(link["href"]))
    assert answer.get_data() == data
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert portal.candidate.get(f"/campaigns/{portal.campaign_id}/files/999").status_code == 404


def test_a_locked_step_takes_nothing(portal: Portal) -> None:
    path = portal.step("c8_register")
    portal.candidate.send(f"{path}/answers", {"action": "draft"}, status=409)
    portal.candidate.send(f"{path}/files/receipt/send", status=409)
    portal.candidate.send(f"{path}/checklist", status=409)
    portal.candidate.send(f"{portal.step('nothing')}/answers", status=404)
    portal.coordinator.send(f"{path}/answers", status=403)


def test_the_screens_speak_russian_too(portal: Portal, upload: str) -> None:
    for client in (portal.candidate, portal.coordinator):
        client.get("/language/ru")
    item = portal.candidate.page(portal.step(STEP)).form("/files/receipt")
    portal.candidate.send(upload, {**item, **a_scan(a_pdf())}, start=portal.step(STEP))
    assert portal.candidate.page(portal.step(STEP)).says("Отправить файлы на проверку")
    portal.candidate.send(f"{upload}/send", start=portal.step(STEP))
    assert portal.coordinator.page("/desk/queue").h1 == "Ждут вашей проверки: 1"
    review = portal.coordinator.page(f"/desk/reviews/{portal.review_id()}")
    assert review.says("Не хватает страницы.")
    papers = portal.candidate.page(f"/campaigns/{portal.campaign_id}/papers")
    assert papers.h1 == "Мои документы и ответы"


def test_who_works_on_other_steps_sees_neither_answers_nor_files_of_this_one(
    portal: Portal,
) -> None:
    portal.prove(but="a2_district")
    step = portal.step("a2_district")
    item = portal.candidate.page(step).form("/files/decision")
    portal.candidate.send(f"{step}/files/decision", {**item, **a_scan(a_pdf())}, start=step)
    address = f"/campaigns/{portal.campaign_id}/files/1"
    with portal.kernel.database.reaching(WHOLE).writing() as session:
        campaign = session.get_one(builders.Campaign, portal.campaign_id)
        member = builders.a_member(session, campaign, role=Role.PRESS)
        token = builders.a_session_token(session, member.person_id, now=clock.now())
    press = client_of(portal.candidate.application)
    with press.session_transaction() as cookie:
        cookie["_user_id"] = token
    assert portal.candidate.get(address).status_code == 200
    assert press.get(address).status_code == 404
    assert 'id="work-' not in press.get(step).get_data(as_text=True)
    assert 'id="work-' in portal.candidate.get(step).get_data(as_text=True)


def test_who_was_handed_a_file_stands_in_the_log_as_numbers(
    portal: Portal, caplog: pytest.LogCaptureFixture
) -> None:
    portal.prove(but="a2_district")
    step = portal.step("a2_district")
    item = portal.candidate.page(step).form("/files/decision")
    portal.candidate.send(f"{step}/files/decision", {**item, **a_scan(a_pdf())}, start=step)
    with caplog.at_level(logging.INFO, logger="mandat.files"):
        assert portal.coordinator.get(f"/campaigns/{portal.campaign_id}/files/1").status_code == 200
        portal.coordinator.get(f"/campaigns/{portal.campaign_id}/files/999")
    (line,) = [JsonLines().format(one) for one in caplog.records if one.name == "mandat.files"]
    said = json.loads(line)
    assert (said["event"], said["campaign"], said["file"]) == (
        "file handed out",
        portal.campaign_id,
        1,
    )
    assert isinstance(said["person"], int) and said["at"] and "скан" not in line


def test_several_of_the_largest_files_fit_into_one_request(settings: Settings) -> None:
    assert settings.upload_limit_bytes >= 3 * LARGEST_BYTES
