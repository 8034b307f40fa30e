"""From a candidate's form to a coordinator's decision, in the whole program."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.access import Role
from app.config import Settings
from app.files.inspection import LARGEST_BYTES
from app.logs import JsonLines
from app.mail.models import StoredLetter
from app.main import create_app
from app.reviews.models import Review
from app.web.kernel import EXTENSION, Kernel
from quests.evidence.models import Answer, Evidence
from quests.route.library import PackLibrary, load_library
from quests.route.shape import EvidenceKind, answer_fact
from tests import builders
from tests.conftest import WHOLE
from tests.page import CheckingClient, client_of
from tests.proved_elsewhere import make_true
from tests.unit.test_inspection import a_pdf, a_picture, with_script

ELSEWHERE = ("party_exempt", "no_fund", "refused")
"""Answers after which a part of the route is not needed."""


@pytest.fixture(scope="session")
def library() -> PackLibrary:
    """The packs that ship."""
    return load_library()


@dataclass(slots=True, kw_only=True)
class Portal:
    """The whole program with one campaign, its candidate and its coordinator."""

    kernel: Kernel
    library: PackLibrary
    candidate: CheckingClient
    coordinator: CheckingClient
    chief: CheckingClient
    campaign_id: int

    def step(self, key: str) -> str:
        return f"/campaigns/{self.campaign_id}/steps/{key}"

    def prove(self, *, but: str) -> None:
        """Let every step but one be done."""
        with self.kernel.database.reaching(WHOLE).writing() as session:
            prove_all(session, self.library, self.campaign_id, but=but)

    def review_id(self) -> int:
        with self.kernel.database.reaching(WHOLE).reading() as session:
            return session.execute(select(Review.id).order_by(Review.id.desc())).scalars().first()


def prove_all(session: Session, library: PackLibrary, campaign_id: int, *, but: str) -> None:
    session.query(Evidence).delete()
    session.query(Answer).delete()
    now = clock.now()
    pack = library["ru-spb-municipal"]
    for name in pack.wanted_answers:
        asked = pack.step_by_key[name.step].find_field(name.field)
        good = [value for value in asked.choices if value not in (*asked.stop, *ELSEWHERE)]
        if good:
            fact = answer_fact(name.step, name.field)
            session.add(Answer(campaign_id=campaign_id, name=fact, value=good[0]))
    make_true(session, campaign_id, (one for one in pack.steps if one.key != but), now=now)
    for step in pack.steps:
        if step.key == but:
            continue
        for evidence in step.evidence:
            if evidence.kind is EvidenceKind.FACT:
                continue
            session.add(
                Evidence(
                    campaign_id=campaign_id,
                    step_key=step.key,
                    evidence_key=evidence.key,
                    kind=evidence.kind.value,
                    state="accepted",
                    count=step.need(evidence),
                    proved_day=now.date().toordinal(),
                    changed_at=now,
                )
            )


@pytest.fixture
def portal(settings: Settings, library: PackLibrary) -> Iterator[Portal]:
    app = create_app(settings, library)
    kernel: Kernel = app.extensions[EXTENSION]
    with kernel.database.reaching(WHOLE).writing() as session:
        campaign = builders.a_campaign(session, candidate=builders.a_person(session, name="Anna"))
        organisation = session.get_one(builders.Organisation, campaign.organisation_id)
        coalition = session.get_one(builders.Coalition, campaign.coalition_id)
        vera, boris = (builders.a_person(session, name=name) for name in ("Vera", "Boris"))
        builders.a_staff(session, organisation=organisation, person=vera)
        builders.a_staff(session, role=Role.CHIEF, coalition=coalition, person=boris)
        tokens = [
            builders.a_session_token(session, person, now=clock.now())
            for person in (campaign.candidate_id, vera, boris)
        ]
        campaign_id = campaign.id
    clients = [client_of(app) for _ in tokens]
    for client, token in zip(clients, tokens, strict=True):
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
        with client.session_transaction() as cookie:
            cookie["_user_id"] = token
    yield Portal(
        kernel=kernel,
        library=library,
        candidate=clients[0],
        coordinator=clients[1],
        chief=clients[2],
        campaign_id=campaign_id,
    )
    kernel.database.dispose()


def a_scan(data: bytes, name: str = "скан.pdf") -> dict[str, object]:
    return {"file": (io.BytesIO(data), name)}


def test_every_step_shows_its_work_to_those_who_do_it(portal: Portal) -> None:
    for step in portal.library["ru-spb-municipal"].steps:
        portal.prove(but=step.key)
        page = portal.candidate.page(portal.step(step.key))
        kinds = {evidence.kind.value for evidence in step.evidence}
        if kinds & {"form", "upload", "checklist", "quiz", "meeting"}:
            found = page.soup.find(id="work") is not None or page.says("not needed")
            assert found, f"{step.key} has no work area"


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


FORM = "a1_can_i"


def filled(portal: Portal, **changed: str) -> dict[str, str]:
    """Give the first step's form filled lawfully."""
    step = portal.library["ru-spb-municipal"].step_by_key[FORM]
    typed = {}
    for asked in step.field:
        good = [value for value in asked.choices if value not in asked.stop]
        texts = {"date": "1990-05-04", "number": "20", "email": "a@example.org"}
        typed[f"a-{asked.key}"] = good[0] if good else texts.get(asked.type.value, "Слово")
    return {"version": "0", "action": "send", **typed, **changed}


def test_a_form_keeps_drafts_names_what_is_missing_and_counts_when_complete(
    portal: Portal,
) -> None:
    path = portal.step(FORM)
    first = next(iter(filled(portal).keys() - {"version", "action"}))
    portal.candidate.send(f"{path}/answers", {"version": "0", "action": "draft"}, start=path)
    page = portal.candidate.send(
        f"{path}/answers", {"version": "1", "action": "send"}, status=422, start=path
    )
    assert page.says("Answer this question.") or page.says("Fill this in.")
    version = page.form("/answers")["version"]
    done = {**filled(portal), "version": version}
    portal.candidate.send(f"{path}/answers", done, start=path)
    assert portal.candidate.page(path).says("accepted")
    stale = {**filled(portal), "version": "1", first: "Другое <i>слово</i>"}
    page = portal.candidate.send(
        f"{path}/answers", stale | {"action": "draft"}, status=409, start=path
    )
    assert page.says("Anna saved this form after you had opened it.")


def test_a_meeting_is_agreed_on_and_a_wrong_time_is_refused_beside_its_field(
    portal: Portal,
) -> None:
    path = portal.step(FORM)
    wrong = {"day": "2026-13-40", "time": "x", "place": "Офис"}
    page = portal.candidate.send(f"{path}/meeting", wrong, status=422, start=path)
    assert page.says("Choose a day and a time.")
    assert "Офис" in page.html
    right = {"day": "2099-05-04", "time": "18:30", "place": "Офис"}
    portal.candidate.send(f"{path}/meeting", right, start=path)
    assert portal.candidate.page(path).says("Офис")


def test_a_meeting_in_the_past_is_refused_beside_its_day(portal: Portal) -> None:
    path = portal.step(FORM)
    past = {"day": "2001-05-04", "time": "18:30", "place": "Office"}
    page = portal.candidate.send(f"{path}/meeting", past, status=422, start=path)
    assert page.error_of("day").endswith("Choose a time that is still to come.")


def test_a_quiz_tells_why_and_is_passed_with_enough_right_answers(portal: Portal) -> None:
    portal.prove(but="c3_train")
    path = portal.step("c3_train")
    questions = portal.library["ru-spb-municipal"].step_by_key["c3_train"].question
    page = portal.candidate.send(f"{path}/quiz", {}, status=422, start=path)
    assert page.says("Answer this question.")
    wrong = {
        f"q-{q.key}": next(option for option in q.options if option != q.right) for q in questions
    }
    portal.candidate.send(f"{path}/quiz", wrong, start=path)
    assert portal.candidate.page(path).says("Not quite.")
    portal.candidate.send(f"{path}/quiz", {f"q-{q.key}": q.right for q in questions}, start=path)
    assert portal.candidate.page(path).says("done")


def test_a_checklist_is_sent_only_complete(portal: Portal) -> None:
    portal.prove(but="d8_silence")
    path = portal.step("d8_silence")
    items = [item.key for item in portal.library["ru-spb-municipal"].step_by_key["d8_silence"].item]
    some = {"ticked": items[:2], "action": "send"}
    page = portal.candidate.send(f"{path}/checklist", some, status=422, start=path)
    assert page.says("Tick every line first")
    portal.candidate.send(f"{path}/checklist", {"ticked": items, "action": "send"}, start=path)
    assert portal.coordinator.page("/desk/queue").h1 == "Waiting for your check: 1"
    review = portal.review_id()
    portal.candidate.send(f"{path}/withdraw/{review}", start=path)
    late = portal.coordinator.send(
        f"/desk/reviews/{review}/accept", status=409, start="/desk/queue"
    )
    assert late.says("has withdrawn this")


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
