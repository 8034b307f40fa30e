"""Ordering sheets and having them printed."""

from __future__ import annotations

import io

import pypdf

from app.config import Settings
from documents.press.client import Press
from documents.signatures.models import SignatureBatch, SignatureSheet
from tests.web.paperwork.program import typeset
from tests.web.portal import Portal
from tests.web.signatures.program import answer, collector, order, path, send


def test_sheets_are_printed_without_number_or_code_and_with_a_mark_while_a_draft(
    portal: Portal, settings: Settings, press: Press
) -> None:
    anna = portal.browser("anna")
    collector(portal, anna)
    batch = order(portal, anna, sides="2")
    typeset(portal, settings, press)
    page = anna.page(path(portal, f"/batches/{batch}"))
    assert page.says("Draft: no signature may be collected on it")
    data = anna.get(path(portal, f"/batches/{batch}/sheet.pdf")).data
    reader = pypdf.PdfReader(io.BytesIO(data))
    text = " ".join(" ".join(one.extract_text() for one in reader.pages).split())
    text = text.replace("\u00a0", " ")
    assert len(reader.pages) == 2
    assert "Ёлкиной Анны Петровны, родившейся 17 июня 1970 года" in text
    assert "СОБИРАТЬ ПОДПИСИ НА ЭТОМ ЛИСТЕ НЕЛЬЗЯ" in text and "\x00" not in text
    assert not [image for one in reader.pages for image in one.images]
    assert "Козлов" not in text and "http" not in text
    cover = pypdf.PdfReader(io.BytesIO(anna.get(path(portal, f"/batches/{batch}/cover.pdf")).data))
    assert "Подписные листы № 1–10" in cover.pages[0].extract_text().replace("\u00a0", " ")


def test_a_compared_form_is_printed_without_the_mark(
    portal: Portal, settings: Settings, press: Press
) -> None:
    anna, chief = portal.browser("anna"), portal.browser("chief")
    where = path(portal, "/batches")
    form = chief.page(where).form("/forms/signature_sheet/approve")
    chief.send(
        path(portal, "/forms/signature_sheet/approve"),
        {**form, "note": "Annex 8, on paper"},
        start=where,
    )
    batch = order(portal, anna)
    typeset(portal, settings, press)
    data = anna.get(path(portal, f"/batches/{batch}/sheet.pdf")).data
    text = pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()
    assert "ОБРАЗЕЦ" not in text and "ПОДПИСНОЙ ЛИСТ" in text


def test_the_same_sheet_of_a_second_batch_is_there_at_once_but_for_its_cover(
    portal: Portal, settings: Settings, press: Press
) -> None:
    anna = portal.browser("anna")
    first = order(portal, anna)
    send(portal, anna, "/batches", "/batches", 409, count="5")
    typeset(portal, settings, press)
    second = order(portal, anna, count="5")
    typeset(portal, settings, press)
    with portal.database.reading() as session:
        batches = {one.id: one for one in session.query(SignatureBatch)}
    assert batches[first].sha256 == batches[second].sha256
    assert batches[second].first_number == 11 and batches[second].state == "ready"


def test_the_same_page_sent_twice_orders_once(portal: Portal) -> None:
    anna = portal.browser("anna")
    where = path(portal, "/batches")
    form = {**anna.page(where).form("/batches"), "count": "3"}
    first = anna.send(where, form, start=where).response.headers["Location"]
    assert anna.send(where, form, start=where).response.headers["Location"] == first
    with portal.database.reading() as session:
        assert session.query(SignatureSheet).count() == 3


def test_missing_answers_are_named_and_nothing_is_ordered(
    portal: Portal, settings: Settings
) -> None:
    answer(portal, settings, occupation="")
    anna = portal.browser("anna")
    page = anna.page(path(portal, "/batches"))
    assert page.says("These are missing:") and page.says("Occupation")
    form = {
        "key": "0" * 36,
        "count": "1",
        "sides": "1",
        "gender": "female",
        "name": "Ёлкиной Анны",
    }
    where = path(portal, "/batches")
    said = anna.send(where, form, status=422, start=where)
    assert said.says("needs answers that are not there yet")


def test_a_head_that_does_not_fit_is_refused_by_name(portal: Portal, settings: Settings) -> None:
    most = {"conviction_text": "ст. 1 " * 249, "occupation": "Слово " * 49}
    answer(portal, settings, conviction="has", council="Совета " * 42, **most)
    said = send(portal, portal.browser("anna"), "/batches", "/batches", 422)
    assert "too long by" in said


def test_an_answer_that_can_not_be_printed_is_named_before_a_sheet_is_made(
    portal: Portal, settings: Settings
) -> None:
    answer(portal, settings, council="Совета \U0001f600", birth_date="31.02.1970")
    said = send(portal, portal.browser("anna"), "/batches", "/batches", 422)
    named = "Exact name of the council by its charter, Date of birth"
    assert f"These answers can’t be printed as they are: {named}." in said


def test_what_lies_sealed_stays_behind_dots_before_the_order(
    portal: Portal, settings: Settings
) -> None:
    answer(portal, settings, conviction="has", conviction_text="статья 228")
    page = portal.browser("anna").page(path(portal, "/batches"))
    assert page.says("Ёлкиной Анны Петровны") and page.says("••••") and "228" not in page.html
