"""From the numbers of a district to the protocol of what was collected."""

from __future__ import annotations

import io
from datetime import timedelta

import pypdf
import pytest

from app.audit.models import AuditEntry
from app.config import Settings
from documents.press.client import Press
from documents.signatures.models import (
    SignatureBatch,
    SignatureCollector,
    SignatureRow,
    SignatureSheet,
)
from tests.web.paperwork.program import typeset
from tests.web.portal import Portal
from tests.web.signatures.program import (
    answer,
    collector,
    count,
    order,
    path,
    plan,
    send,
)

HOSTILE = "<img src=x onerror=alert(1)>{{7*7}}\u202e&quot;'"


def today(portal: Portal, days: int = 0) -> str:
    return (portal.now.date() + timedelta(days=days)).strftime("%d.%m.%Y")


def test_the_first_screen_says_what_to_do_next(portal: Portal) -> None:
    anna = portal.browser("anna")
    assert anna.page(path(portal)).says("How many are needed is not known yet")
    plan(portal, anna)
    page = anna.page(path(portal))
    assert page.says("10 are needed, at most 14 may be handed in.")
    assert page.says("÷ 5 seats × 0.5 %") and page.says("Add a collector")


def test_numbers_and_days_are_offered_from_district_and_calendar(portal: Portal) -> None:
    form = portal.browser("anna").page(path(portal, "/plan")).form("/plan")
    assert (form["voters"], form["mandates"]) == ("9000", "5")
    assert form["last_day"] == today(portal, 17)


def test_the_published_number_goes_before_the_formula_and_needs_its_place(portal: Portal) -> None:
    anna = portal.browser("anna")
    said = send(portal, anna, "/plan", "/plan", 422, published="25")
    assert "Say where the number stands" in said
    plan(portal, anna, published="25", published_where="Decision 12, page 3")
    page = anna.page(path(portal))
    assert page.says("25 are needed, at most 29") and page.says("Decision 12, page 3")


def test_two_people_saving_the_plan_lose_nothing(portal: Portal) -> None:
    anna = portal.browser("anna")
    where = path(portal, "/plan")
    stale = anna.page(where).form("/plan")
    plan(portal, anna, voters="12000")
    page = anna.send(where, {**stale, "voters": "7000"}, status=409, start=where)
    assert page.form("/plan")["voters"] == "7000" and page.says("12000")
    again = anna.send(where, page.form("/plan"), start=where)
    assert again.status == 303


def test_details_of_a_collector_are_sealed_and_opening_them_is_logged(portal: Portal) -> None:
    anna = portal.browser("anna")
    hand_form = {"name": "Козлов Пётр", "born_on": "17.06.1980", "passport": "4005 987654"}
    send(portal, anna, "/collectors", "/collectors", **hand_form)
    where = path(portal, "/collectors")
    page = anna.page(where)
    assert "987654" not in page.html
    with portal.database.reading() as session:
        row = session.query(SignatureCollector).one()
        assert "987654" not in row.sealed
    shown = anna.send(f"{where}/{row.id}/show", status=200, start=where)
    assert shown.says("4005 987654")
    assert shown.response.headers["Cache-Control"] == "private, no-store"
    with portal.database.reading() as session:
        kinds = [kind for (kind,) in session.query(AuditEntry.action)]
    assert "signatures.collector_shown" in kinds


def test_a_child_can_not_collect(portal: Portal) -> None:
    anna = portal.browser("anna")
    born = today(portal).replace(str(portal.now.year), str(portal.now.year - 17))
    said = send(portal, anna, "/collectors", "/collectors", 422, name="Юный", born_on=born)
    assert "must be 18" in said


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
    answer(portal, settings, conviction="has", conviction_text="ст. 1 " * 240)
    said = send(portal, portal.browser("anna"), "/batches", "/batches", 422)
    assert "too long by" in said


def test_sheets_go_out_come_back_and_are_counted_row_by_row(portal: Portal) -> None:
    anna = portal.browser("anna")
    plan(portal, anna)
    hand = collector(portal, anna)
    order(portal, anna)
    send(portal, anna, "/give", "/give", numbers="1-3", collector=str(hand))
    assert anna.page(path(portal, "/sheets?shown=out")).says("No. 3")
    days = [today(portal), today(portal, -1), today(portal, -10), ""]
    count(portal, anna, 1, hand, days, **{"state-4": "struck", "certified_on": today(portal, -1)})
    page = anna.page(path(portal, "/sheets/1"))
    assert page.says("signed: 3, good: 1, struck: 1")
    assert page.says("SG13 ") and page.says("SG02 ")
    assert anna.page(path(portal)).says("Chance to pass the check")


def test_a_short_day_means_this_year_and_a_row_with_a_day_is_signed(portal: Portal) -> None:
    anna = portal.browser("anna")
    hand = collector(portal, anna)
    order(portal, anna)
    count(portal, anna, 1, hand, ["0507", "5.7"])
    with portal.database.reading() as session:
        rows = session.query(SignatureRow).filter(SignatureRow.state == "signed").all()
        assert {(row.signed_on.day, row.signed_on.month) for row in rows} == {(5, 7)}
        assert {row.number for row in rows} == {1, 2}


def test_a_voter_who_signs_twice_is_noticed_on_another_sheet_and_no_passport_is_kept(
    portal: Portal,
) -> None:
    anna = portal.browser("anna")
    plan(portal, anna)
    hand = collector(portal, anna)
    order(portal, anna)
    count(portal, anna, 1, hand, [today(portal)], **{"passport-1": "40 05 123456"})
    count(portal, anna, 2, hand, [today(portal, -1)], **{"passport-1": "4005 123456"})
    first = anna.page(path(portal, "/sheets/1"))
    assert first.says("SG15 ") and first.says("signed: 1, good: 0")
    assert anna.page(path(portal, "/sheets/2")).says("signed: 1, good: 1")
    assert "123456" not in first.html
    with portal.database.reading() as session:
        marks = {row.mark for row in session.query(SignatureRow) if row.mark}
        assert len(marks) == 1 and "4005123456" not in marks.pop()
    form = anna.page(path(portal, "/sheets/2")).form("/spoil")
    anna.send(path(portal, "/sheets/2/spoil"), form, start=path(portal, "/sheets/2"))
    assert anna.page(path(portal, "/sheets/1")).says("signed: 1, good: 1")


def test_changing_the_days_counts_every_sheet_anew(portal: Portal) -> None:
    anna = portal.browser("anna")
    plan(portal, anna)
    hand = collector(portal, anna)
    order(portal, anna)
    count(portal, anna, 1, hand, [today(portal)])
    plan(portal, anna, first_day=today(portal, 1))
    with portal.database.reading() as session:
        assert session.query(SignatureSheet).filter_by(number=1).one().good == 0


def test_two_people_counting_one_sheet_lose_nothing(portal: Portal) -> None:
    anna = portal.browser("anna")
    hand = collector(portal, anna)
    order(portal, anna)
    where = path(portal, "/sheets/1")
    stale = anna.page(where).form("/sheets/1")
    count(portal, anna, 1, hand, [today(portal)])
    typed = {**stale, "collector": str(hand), "day-1": "", "day-2": "0607"}
    page = anna.send(where, typed, status=409, start=where)
    assert page.form("/sheets/1")["day-2"] == "0607"
    assert page.says(f"Saved meanwhile: signed, {today(portal)}")
    assert anna.send(where, page.form("/sheets/1"), start=where).status == 303


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("day-1", "31.02.2026"),
        ("day-1", "٠٥٠٧"),
        ("day-1", HOSTILE),
        ("defects-1", "SG99"),
        ("defects", "SG01"),
        ("passport-1", "12345"),
        ("collector", "999999999999999999"),
        ("collector", HOSTILE),
        ("certified_on", "soon"),
    ],
)
def test_what_can_not_be_counted_is_refused_and_kept(
    portal: Portal, field: str, value: str
) -> None:
    anna = portal.browser("anna")
    hand = collector(portal, anna)
    order(portal, anna)
    said = count(portal, anna, 1, hand, ["0507"], 422, **{field: value})
    assert "Everything you typed is still here" in said


@pytest.mark.parametrize("day", ["01.01.0001", "31.12.9999"])
def test_a_day_at_the_end_of_time_is_only_outside_the_period(portal: Portal, day: str) -> None:
    anna = portal.browser("anna")
    plan(portal, anna)
    hand = collector(portal, anna)
    order(portal, anna)
    count(portal, anna, 1, hand, [day])
    assert anna.page(path(portal, "/sheets/1")).says("SG02 ")
    plan(portal, anna, last_day=day, first_day="")
    assert anna.page(path(portal)).status == 200


def test_rows_that_the_sheet_does_not_have_are_not_looked_at(portal: Portal) -> None:
    anna = portal.browser("anna")
    hand = collector(portal, anna)
    order(portal, anna)
    count(portal, anna, 1, hand, ["0507"], **{"day-99": "0507", "state-0": "signed"})
    with portal.database.reading() as session:
        assert session.query(SignatureRow).count() == 4
    where = path(portal, "/sheets/1")
    crowd = {f"day-{number}": "0507" for number in range(10_000)}
    anna.send(where, crowd, status=422, start=where)
    with portal.database.reading() as session:
        assert session.query(SignatureRow).count() == 4


def test_hostile_words_are_shown_as_words(portal: Portal) -> None:
    anna = portal.browser("anna")
    send(portal, anna, "/collectors", "/collectors", name="<b>Имя</b>", born_on="17.06.1980")
    page = anna.page(path(portal, "/collectors"))
    assert "<b>Имя</b>" not in page.html and page.says("<b>Имя</b>")
    for name in ("Имя \U0001f600", ""):
        send(portal, anna, "/collectors", "/collectors", 422, name=name, born_on="17.06.1980")
    plan(portal, anna, paid_by=HOSTILE)
    for field, value in (("voters", "9" * 40), ("mandates", "-1"), ("published", "a")):
        send(portal, anna, "/plan", "/plan", 422, **{field: value})
    for version in ("x", "9" * 60, "-1"):
        send(portal, anna, "/plan", "/plan", 409, version=version)
    for rest in ("/sheets?from=999999999999&shown=zzz", "/hand-in?missed=%00", "/give?batch=x"):
        assert anna.get(path(portal, rest)).status_code == 200


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
    assert page.says("Best choice: sheets") and form["numbers"] == "1–3"
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


def test_whoever_only_reads_sees_no_form_and_strangers_see_nothing(portal: Portal) -> None:
    anna = portal.browser("anna")
    plan(portal, anna)
    collector(portal, anna)
    order(portal, anna)
    vera = portal.browser("vera")
    rests = ("", "/plan", "/collectors", "/batches", "/sheets", "/sheets/1", "/hand-in")
    for rest in rests:
        page = vera.page(path(portal, rest))
        own = [f for f in page.soup.find_all("form") if "/signatures" in str(f.get("action"))]
        assert not [f for f in own if f.get("method") == "post" and "/forms/" not in f["action"]]
        assert portal.browser("boris").get(path(portal, rest)).status_code == 404
        assert portal.browser("stranger").get(path(portal, rest)).status_code == 404
        assert portal.browser("canvasser").get(path(portal, rest)).status_code in (403, 404)


def test_another_campaigns_batch_sheet_and_protocol_are_not_there(portal: Portal) -> None:
    anna, pavel = portal.browser("anna"), portal.browser("pavel")
    batch = order(portal, anna)
    for rest in (
        f"/batches/{batch}",
        f"/batches/{batch}/sheet.pdf",
        "/sheets/1",
        "/protocols/1/file",
    ):
        assert pavel.get(portal.at(f"signatures{rest}", "pavel")).status_code == 404


def test_every_screen_reads_in_russian(portal: Portal) -> None:
    anna = portal.browser("anna")
    plan(portal, anna)
    hand = collector(portal, anna)
    order(portal, anna)
    count(portal, anna, 1, hand, [today(portal), today(portal, -30)])
    russian = portal.browser("anna", "ru")
    for rest in (
        "",
        "/plan",
        "/collectors",
        "/batches",
        "/sheets",
        "/sheets/1",
        "/give",
        "/hand-in",
    ):
        page = russian.page(path(portal, rest))
        assert "подпис" in page.text.casefold() or "лист" in page.text.casefold()


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
    assert page.says("In all: 1 sheets, 4 signatures.")
    assert page.says("On sheets 1 signatures with a defect still stand")
    said = send(portal, anna, "/hand-in", "/protocols", 422)
    assert "Sheets 1 still have signatures with a defect" in said
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
