"""Sheets out and back, counted row by row."""

from __future__ import annotations

import re
from datetime import date

import pytest

from app.accounts.models import Campaign, Election
from app.config import Settings
from documents.press.client import Press
from documents.signatures.models import SignatureRow
from tests.web.paperwork.program import typeset
from tests.web.portal import Portal
from tests.web.signatures.program import HOSTILE, collector, count, order, path, plan, send, today

SUGGESTED = re.compile(r"Type a day as (\d{4}) or ([\d.]+);")


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


def test_a_day_typed_as_the_page_suggests_is_a_good_signature(portal: Portal) -> None:
    anna = portal.browser("anna")
    plan(portal, anna)
    hand = collector(portal, anna)
    order(portal, anna)
    suggested = SUGGESTED.search(anna.page(path(portal, "/sheets/1")).text)
    assert suggested
    count(portal, anna, 1, hand, [suggested[1], suggested[2], today(portal)])
    page = anna.page(path(portal, "/sheets/1"))
    assert page.says("signed: 3, good: 3")
    form = page.form("/sheets/1")
    # It may be tomorrow already where the election is held.
    assert form["day-1"] == form["day-2"] in (today(portal), today(portal, 1))


def test_days_after_the_vote_in_this_year_are_days_of_the_year_before(portal: Portal) -> None:
    anna = portal.browser("anna")
    with portal.database.writing() as session:
        campaign = session.get_one(Campaign, portal.campaigns["anna"])
        vote = date(portal.now.year + 1, 2, 14)
        session.get_one(Election, campaign.election_id).polling_day = vote
    plan(portal, anna, first_day="2011", last_day="5.12")
    form = anna.page(path(portal, "/plan")).form("/plan")
    assert (form["first_day"], form["last_day"]) == (
        f"20.11.{vote.year - 1}",
        f"05.12.{vote.year - 1}",
    )
    hand = collector(portal, anna)
    order(portal, anna)
    count(portal, anna, 1, hand, ["2111", "2011", "21.11", "0512"], certified_on="0512")
    page = anna.page(path(portal, "/sheets/1"))
    assert page.says("signed: 4, good: 4")


def test_every_wrong_field_is_named_at_once_and_beside_itself(portal: Portal) -> None:
    anna = portal.browser("anna")
    hand = collector(portal, anna)
    order(portal, anna)
    where = path(portal, "/sheets/1")
    typed = {
        **anna.page(where).form("/sheets/1"),
        "collector": str(hand),
        "day-1": "32.11",
        "day-2": today(portal),
        "day-3": "soon",
        "passport-3": "12345",
        "certified_on": "31.02",
        "candidate_on": "never",
    }
    page = anna.send(where, typed, status=422, start=where)
    wrong = ("day-1", "day-3", "passport-3", "certified_on", "candidate_on")
    links = [link["href"] for link in page.soup.select("[data-focus] a")]
    assert links == [f"#{name}" for name in wrong]
    assert page.says("Row 3, passport : Ten digits")
    assert page.says("Day beside the candidate’s signature : Write the day as")
    for name in wrong:
        assert page.error_of(name) and page.soup.find(id=name)["name"] == name
        assert page.form("/sheets/1")[name] == typed[name]
    assert not page.error_of("day-2")


def test_the_browser_may_keep_days_and_never_passports(portal: Portal) -> None:
    anna = portal.browser("anna")
    order(portal, anna)
    soup = anna.page(path(portal, "/sheets/1")).soup
    for name in ("day-1", "certified_on", "candidate_on"):
        field = soup.find(attrs={"name": name})
        assert not field.has_attr("data-sealed") and field.get("autocomplete") != "off"
    assert soup.find(attrs={"name": "passport-1"}).has_attr("data-sealed")


def test_one_sheet_is_spoken_of_as_one_and_unknown_ones_as_not_there(portal: Portal) -> None:
    anna = portal.browser("anna")
    plan(portal, anna)
    hand = collector(portal, anna)
    order(portal, anna)

    def giving(numbers: str) -> str:
        typed = {"numbers": numbers, "collector": str(hand)}
        return send(portal, anna, "/give", "/give", 422, **typed)

    def packing(numbers: str) -> str:
        typed = {"numbers": numbers, "folder": "1"}
        return send(portal, anna, "/hand-in", "/hand-in/pack", 422, **typed)

    assert "Sheet 10 is not lying here" in giving("10")
    assert "Sheets 9–10 are not lying here" in giving("9-10")
    assert "There is no sheet 99." in giving("3, 99")
    assert "There are no sheets 11–12, 99." in giving("11-12 99")
    assert "Sheet 3 has not been counted yet." in packing("3")
    assert "There is no sheet 99." in packing("99")
