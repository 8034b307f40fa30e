"""Sheets out and back, counted row by row."""

from __future__ import annotations

import pytest

from app.config import Settings
from documents.press.client import Press
from documents.signatures.models import SignatureRow
from tests.web.paperwork.program import typeset
from tests.web.portal import Portal
from tests.web.signatures.program import HOSTILE, collector, count, order, path, plan, send, today


def test_sheets_go_out_come_back_and_are_counted_row_by_row(
    portal: Portal, settings: Settings, press: Press
) -> None:
    anna = portal.browser("anna")
    plan(portal, anna)
    hand = collector(portal, anna)
    order(portal, anna)
    typeset(portal, settings, press)
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
