"""Issuing, the file that was issued, and what comes back signed."""

from __future__ import annotations

import hashlib
import io

import pypdf
import pytest

from app.config import Settings, secret_key
from app.jobs.models import Job
from app.sealing import Seal
from documents.paperwork.models import PaperIssue, PaperScan
from documents.paperwork.printing import Snapshot
from documents.press.client import Press
from documents.sheets import Sheet
from documents.typesetting.models import TypesetSheet
from tests.page import CheckingClient
from tests.web.paperwork.program import a_photo, answer_all, path, typeset
from tests.web.portal import RU, Portal

CANARIES = ("123456", "500100732259")


def issue(portal: Portal, settings: Settings, press: Press) -> tuple[CheckingClient, PaperIssue]:
    anna = portal.browser("anna")
    answer_all(portal, anna)
    anna.send(path(portal, "/issue"), start=path(portal))
    typeset(portal, settings, press)
    with portal.database.reading() as session:
        return anna, session.query(PaperIssue).one()


def test_an_incomplete_paper_is_not_issued_and_says_what_is_missing(portal: Portal) -> None:
    anna = portal.browser("anna")
    page = anna.send(path(portal, "/issue"), status=422, start=path(portal))
    assert page.says("Not done yet")


def test_pressing_twice_issues_once(portal: Portal, settings: Settings, press: Press) -> None:
    anna, _ = issue(portal, settings, press)
    anna.send(path(portal, "/issue"), status=409, start=path(portal))
    with portal.database.reading() as session:
        assert session.query(PaperIssue).count() == 1


def test_the_issued_file_is_searchable_numbered_and_proved(
    portal: Portal, settings: Settings, press: Press
) -> None:
    anna, row = issue(portal, settings, press)
    data = anna.get(path(portal, f"/issued/{row.id}")).data
    assert hashlib.sha256(data).hexdigest() == row.sha256
    reader = pypdf.PdfReader(io.BytesIO(data))
    text = " ".join(page.extract_text() for page in reader.pages)
    text = " ".join(text.replace("\u2010\n", "").replace("\u00a0", " ").split())
    assert row.number in text and "\x00" not in text
    if portal.pack_id == RU:
        assert (
            "В случае моего избрания обязуюсь прекратить деятельность, "
            "несовместимую со статусом депутата." in text
        )
        assert "Ёлкина Анна Петровна" in text and "17 июня 1970 года" in text
        assert "40 05 123456" in text
    else:
        assert "Smith-Jones" in text and "Andrew John" in text and "6 May 2027" in text


def test_rendering_again_proves_the_bytes(portal: Portal, settings: Settings, press: Press) -> None:
    _, row = issue(portal, settings, press)
    seal = Seal.from_secret(secret_key(settings))
    sheet = Sheet.from_json(Snapshot.from_json(seal.open(row.snapshot)).sheet)
    assert hashlib.sha256(press.typeset(sheet).pdf).hexdigest() == row.sha256


def test_nothing_personal_is_open_in_rows_jobs_lists_or_on_the_check_page(
    russian: Portal, settings: Settings, press: Press
) -> None:
    anna, row = issue(russian, settings, press)
    seen = [row.snapshot, anna.page(russian.at("documents")).html, anna.page(path(russian)).html]
    seen.append(russian.browser(None).page(f"/check/{row.check_token}").html)
    with russian.database.reading() as session:
        seen += [str(payload) for (payload,) in session.query(Job.payload)]
        assert [sheet for (sheet,) in session.query(TypesetSheet.sheet)] == [None]
    for canary in CANARIES:
        assert not [text for text in seen if canary in text]


def test_changed_answers_make_the_printed_paper_stale_with_a_difference(
    portal: Portal, settings: Settings, press: Press
) -> None:
    anna, _ = issue(portal, settings, press)
    where = path(portal, "/questions/name")
    form = anna.page(where).form(where)
    anna.send(where, {**form, "a-surname": "Новая"}, start=where)
    page = anna.page(path(portal))
    assert page.says("The printed paper is out of date")
    assert page.soup.find("ins").get_text().endswith("Новая")
    anna.send(path(portal, "/issue"), start=path(portal))
    typeset(portal, settings, press)
    assert not anna.page(path(portal)).says("The printed paper is out of date")
    with portal.database.reading() as session:
        old = session.query(PaperIssue).filter_by(version=1).one()
    assert portal.browser(None).page(f"/check/{old.check_token}").says("replaced")


def test_a_check_page_compares_fingerprints(
    portal: Portal, settings: Settings, press: Press
) -> None:
    _, row = issue(portal, settings, press)
    visitor = portal.browser(None)
    good = visitor.page(f"/check/{row.check_token}?sha256={row.sha256.upper()}")
    assert good.says("The fingerprints are the same")
    assert visitor.page(f"/check/{row.check_token}?sha256=zz").says("The fingerprints differ")


@pytest.mark.parametrize("token", ["x", "a" * 24, "%00" * 20, "../etc"])
def test_a_code_nobody_issued_is_not_there(portal: Portal, token: str) -> None:
    assert portal.browser(None).get(f"/check/{token}").status_code == 404


def test_a_photo_without_a_code_is_taken_and_told(
    portal: Portal, settings: Settings, press: Press
) -> None:
    anna, _ = issue(portal, settings, press)
    photo = {"file": (io.BytesIO(a_photo()), "../../signed <b>.jpg")}
    anna.send(path(portal, "/scans"), photo, start=path(portal), content_type="multipart/form-data")
    page = anna.page(path(portal))
    assert page.says("no code found")
    with portal.database.reading() as session:
        scan = session.query(PaperScan).one()
    assert "/" not in scan.name and "<" not in scan.name
    answer = anna.get(path(portal, f"/scans/{scan.id}"))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    lawyer = portal.browser("lawyer").get(path(portal, f"/scans/{scan.id}"))
    assert lawyer.status_code == 403, "not handed in yet"
    foreign = portal.browser("pavel").get(path(portal, f"/scans/{scan.id}"))
    assert foreign.status_code == 404


def test_a_file_that_is_no_picture_is_refused_with_words(
    portal: Portal, settings: Settings, press: Press
) -> None:
    anna, _ = issue(portal, settings, press)
    page = anna.send(
        path(portal, "/scans"),
        {"file": (io.BytesIO(b"MZ not a picture"), "scan.jpg")},
        status=422,
        start=path(portal),
        content_type="multipart/form-data",
    )
    assert page.says("Only JPEG, PNG and WEBP pictures and PDF documents can be taken.")


def test_nothing_is_sent_without_a_scan(portal: Portal, settings: Settings, press: Press) -> None:
    anna, _ = issue(portal, settings, press)
    anna.send(path(portal, "/send"), status=422, start=path(portal))


def test_an_issued_file_of_another_campaign_is_not_there(
    portal: Portal, settings: Settings, press: Press
) -> None:
    _, row = issue(portal, settings, press)
    pavel = portal.browser("pavel")
    assert pavel.get(path(portal, f"/issued/{row.id}", "pavel")).status_code == 404
    assert pavel.get(path(portal, f"/issued/{row.id}")).status_code == 404
