"""The plan, the first screen, and who may see either."""

from __future__ import annotations

import re

import pytest

from documents.signatures.models import SignatureSheet
from tests.web.portal import Portal
from tests.web.signatures.program import collector, count, order, path, plan, send, today

SUGGESTED = re.compile(r"Such as ([\d.]+); ([\d.]+) and (\d{4}) will do")


def test_the_first_screen_says_what_to_do_next(portal: Portal) -> None:
    anna = portal.browser("anna")
    assert anna.page(path(portal)).says("How many are needed is not known yet")
    plan(portal, anna)
    page = anna.page(path(portal))
    assert page.says("10 are needed, at most 14 may be handed in.")
    assert page.says("÷ 5 seats × 0.5%") and page.says("Add a collector")


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


def test_everything_that_is_wrong_with_the_plan_is_said_at_once(portal: Portal) -> None:
    anna, where = portal.browser("anna"), path(portal, "/plan")
    wrong = {
        "voters": "many",
        "mandates": "0",
        "published": "25",
        "published_maximum": "twenty",
        "first_day": "yesterday",
        "last_day": today(portal, 81),
    }
    typed = {**anna.page(where).form("/plan"), **wrong}
    page = anna.send(where, typed, status=422, start=where)
    links = [str(link["href"]) for link in page.soup.select(".notice-danger a")]
    fields = ("voters", "mandates", "published_maximum", "published_where", "first_day", "last_day")
    assert links == [f"#{name}" for name in fields]
    assert all("Error" in page.error_of(name) for name in fields)
    assert {name: page.form("/plan")[name] for name in wrong} == wrong
    assert anna.page(path(portal)).says("How many are needed is not known yet")


def test_two_people_saving_the_plan_lose_nothing(portal: Portal) -> None:
    anna = portal.browser("anna")
    where = path(portal, "/plan")
    stale = anna.page(where).form("/plan")
    plan(portal, anna, voters="12000")
    page = anna.send(where, {**stale, "voters": "7000"}, status=409, start=where)
    assert page.form("/plan")["voters"] == "7000" and page.says("12000")
    again = anna.send(where, page.form("/plan"), start=where)
    assert again.status == 303


def test_changing_the_days_counts_every_sheet_anew(portal: Portal) -> None:
    anna = portal.browser("anna")
    plan(portal, anna)
    hand = collector(portal, anna)
    order(portal, anna)
    count(portal, anna, 1, hand, [today(portal)])
    plan(portal, anna, first_day=today(portal, 1))
    with portal.database.reading() as session:
        assert session.query(SignatureSheet).filter_by(number=1).one().good == 0


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


def test_pages_that_are_read_are_a_column_although_a_table_stands_on_them(portal: Portal) -> None:
    anna = portal.browser("anna")
    plan(portal, anna)
    hand = collector(portal, anna)
    order(portal, anna)
    count(portal, anna, 1, hand, [today(portal)])
    for rest in ("", "/batches"):
        soup = anna.page(path(portal, rest)).soup
        # A table that stands by itself spreads its page over the whole screen.
        assert soup.select(".card .table-wrap") and not soup.select(".page > .table-wrap")


def test_a_last_day_at_the_beginning_of_time_breaks_no_screen(portal: Portal) -> None:
    anna = portal.browser("anna")
    plan(portal, anna, first_day="", last_day="01.01.0001")
    order(portal, anna)
    for rest in ("", "/plan", "/sheets/1"):
        assert anna.page(path(portal, rest)).status == 200


@pytest.mark.parametrize("field", ["first_day", "last_day", "paid_on"])
@pytest.mark.parametrize("days", [81, 365])
def test_a_day_of_the_collecting_after_the_vote_is_refused_beside_its_field(
    portal: Portal, field: str, days: int
) -> None:
    anna, where = portal.browser("anna"), path(portal, "/plan")
    typed = {**anna.page(where).form("/plan"), "first_day": "", "last_day": ""}
    page = anna.send(where, {**typed, field: today(portal, days)}, status=422, start=where)
    assert f"This is after polling day, {today(portal, 80)}." in page.error_of(field)
    assert page.form("/plan")[field] == today(portal, days)


def test_no_day_is_after_the_end_of_time(portal: Portal) -> None:
    anna, where = portal.browser("anna"), path(portal, "/plan")
    typed = {**anna.page(where).form("/plan"), "last_day": "31.12.9999"}
    assert anna.send(where, typed, status=422, start=where).error_of("last_day")


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("last_day", {"first_day": 3, "last_day": 2}),
        ("paid_on", {"first_day": 1, "last_day": 4, "paid_on": 5}),
    ],
)
def test_a_collecting_that_ends_before_it_begins_is_refused_beside_the_day(
    portal: Portal, field: str, typed: dict[str, int]
) -> None:
    anna, where = portal.browser("anna"), path(portal, "/plan")
    days = {name: today(portal, number) for name, number in typed.items()}
    form = anna.page(where).form("/plan")
    page = anna.send(where, {**form, **days}, status=422, start=where)
    assert "Error" in page.error_of(field)


def test_short_days_of_the_plan_are_never_after_the_vote(portal: Portal) -> None:
    anna, where = portal.browser("anna"), path(portal, "/plan")
    plan(portal, anna, first_day=today(portal, 2), last_day=today(portal, 9))
    shown = SUGGESTED.search(anna.page(where).text)
    assert shown and shown[1] == today(portal, 2)
    plan(portal, anna, first_day=shown[2], last_day=shown[3])
    form = anna.page(where).form("/plan")
    assert form["first_day"] == form["last_day"] == today(portal, 2)
