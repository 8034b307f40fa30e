"""Which sheets are handed in: the choice, the folders, the protocol."""

from __future__ import annotations

import io

import pypdf

from app.config import Settings
from documents.press.client import Press
from tests.web.paperwork.program import typeset
from tests.web.portal import Portal
from tests.web.signatures.program import collector, count, order, path, plan, send, today


def test_nobody_packs_past_the_maximum_or_with_defects_unstruck(
    portal: Portal, settings: Settings, press: Press
) -> None:
    anna = portal.browser("anna")
    plan(portal, anna)
    hand = collector(portal, anna)
    order(portal, anna)
    good = [today(portal)] * 4
    for number in (1, 2, 3, 4):
        count(portal, anna, number, hand, good)
    count(portal, anna, 5, hand, [today(portal), today(portal, -30)])
    page = anna.page(path(portal, "/hand-in"))
    form = page.form("/hand-in/pack")
    assert page.says("Best choice: sheets 1–3") and form["numbers"] == "1–3"
    said = send(portal, anna, "/hand-in", "/hand-in/pack", 422, numbers="1-4")
    assert "That is 16 signatures; at most 14" in said
    assert "strike them out" in send(
        portal, anna, "/hand-in", "/hand-in/pack", 422, numbers="5", folder="2"
    )
    send(portal, anna, "/hand-in", "/hand-in/pack", numbers="1–3", folder="1")
    packed = anna.page(path(portal, "/sheets/1"))
    assert packed.says("It is in folder 1") and "<form" not in str(packed.soup.find("main"))
    send(portal, anna, "/hand-in", "/protocols")
    typeset(portal, settings, press)
    page = anna.page(path(portal, "/hand-in"))
    href = next(a["href"] for a in page.soup.find_all("a", href=True) if "/file" in a["href"])
    reader = pypdf.PdfReader(io.BytesIO(anna.get(href).data))
    text = " ".join(reader.pages[0].extract_text().split())
    assert "1 1 3 12 12" in text and "Заявленное количество подписей" in text
    send(portal, anna, "/hand-in", "/hand-in/unpack")
    assert anna.page(path(portal, "/hand-in")).says("folders changed since")


def test_the_assumption_can_be_changed_and_changes_the_chance(portal: Portal) -> None:
    anna = portal.browser("anna")
    plan(portal, anna)
    hand = collector(portal, anna)
    order(portal, anna)
    for number in (1, 2, 3):
        count(portal, anna, number, hand, [today(portal)] * 4)
    certain = anna.page(path(portal, "/hand-in?missed=0"))
    doubtful = anna.page(path(portal, "/hand-in?missed=500"))
    assert certain.says("more than 99 in 100") and not doubtful.says("more than 99 in 100")
    assert anna.page(path(portal, "/hand-in?missed=501")).says("At most 500.")


def test_a_signature_that_goes_bad_in_its_folder_is_named_and_stops_the_protocol(
    portal: Portal,
) -> None:
    anna = portal.browser("anna")
    plan(portal, anna)
    hand = collector(portal, anna)
    order(portal, anna)
    voter = {"passport-1": "4005 123456"}
    count(portal, anna, 1, hand, [today(portal)] * 4, **voter)
    send(portal, anna, "/hand-in", "/hand-in/pack", numbers="1", folder="1")
    # The same voter turns up on a sheet with an earlier day: sheet 1 is counted anew.
    count(portal, anna, 2, hand, [today(portal, -1)], **voter)
    for number in (3, 4):
        count(portal, anna, number, hand, [today(portal)] * 4)
    page = anna.page(path(portal, "/hand-in"))
    assert page.says("In all: 1 sheet, 4 signatures")
    assert page.says("Sheet 1 still has signatures with a defect. Strike them out on paper")
    said = send(portal, anna, "/hand-in", "/protocols", 422)
    assert "Sheet 1 still has signatures with a defect" in said
    # What is on the paper counts towards the maximum, good or bad: 4 + 1 + 4 + 4 of 12.
    plan(
        portal,
        anna,
        published="10",
        published_maximum="12",
        published_where="Decision 12, page 3",
    )
    said = send(portal, anna, "/hand-in", "/hand-in/pack", 422, numbers="2-4", folder="2")
    assert "That is 13 signatures; at most 12" in said
