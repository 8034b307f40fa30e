"""Tables on screen: a row has a page of its own, is removed and put back, and stays sealed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import insert

from app.accounts.models import Campaign
from app.sealing import Seal
from app.web.kernel import EXTENSION
from documents.paperwork.models import PaperAnswerRow
from tests.page import CheckingClient, Page
from tests.web.portal import Portal

KIND, TABLE = "income", "accounts"
ACCOUNT = {
    "a-bank": "Банк «Пример», Москва",
    "a-number": "40702810138250123017",
    "a-balance": "12 000,50",
}


def at(portal: Portal, rest: str = "") -> str:
    return portal.at(f"documents/{KIND}{rest}", "anna")


def questions(portal: Portal) -> str:
    return at(portal, f"/questions/{TABLE}")


def begin(portal: Portal, browser: CheckingClient) -> str:
    """Press “add” and give the address of the new row."""
    answer = browser.get(at(portal, f"/tables/{TABLE}/new"))
    assert answer.status_code == 303
    return str(answer.location)


def fill(browser: CheckingClient, row: str, status: int = 303, **more: str) -> Page:
    form = browser.page(row).form(row)
    return browser.send(row, {**form, **ACCOUNT, **more}, status=status, start=row)


def actions(page: Page, part: str) -> list[str]:
    buttons = page.soup.select("button[formaction]")
    return [str(one["formaction"]) for one in buttons if part in str(one["formaction"])]


def test_a_row_is_filled_in_on_its_own_page_and_stands_on_a_card(russian: Portal) -> None:
    anna = russian.browser("anna")
    saved = fill(anna, begin(russian, anna))
    assert saved.response.location == questions(russian) + f"#a-{TABLE}"
    page = anna.page(questions(russian))
    assert len(page.soup.select(".row-card")) == 1


def test_a_browser_keeps_nothing_of_a_sealed_table_not_even_that_there_is_nothing_to_list(
    russian: Portal,
) -> None:
    page = russian.browser("anna").page(questions(russian))
    live = page.soup.select(f"#a-{TABLE} [hx-post]")
    assert {field["name"] for field in live} == {f"a-{TABLE}", f"u-{TABLE}"}
    assert all(field.has_attr("data-sealed") for field in live)


def test_who_has_filled_the_last_row_is_told_where_the_rest_goes(russian: Portal) -> None:
    anna = russian.browser("anna")
    words = "No more entries fit here than 60. Put the rest on a sheet of your own"
    plant_rows(russian, range(59))
    before = anna.page(questions(russian))
    assert f"/tables/{TABLE}/new" in before.html and not before.says(words)
    plant_rows(russian, range(59, 60))
    full = anna.page(questions(russian))
    assert f"/tables/{TABLE}/new" not in full.html and full.says(words)


def plant_rows(portal: Portal, places: Iterable[int]) -> None:
    seal: Seal = portal.app.extensions[EXTENSION].parts[Seal]
    row = {
        "campaign_id": portal.campaigns["anna"],
        "key": TABLE,
        "sealed": seal.close(json.dumps({"bank": ACCOUNT["a-bank"]})),
        "version": 1,
        "saved_at": portal.now,
    }
    rows = [{**row, "row_id": str(uuid4()), "position": place} for place in places]
    with portal.database.writing() as session:
        session.execute(insert(PaperAnswerRow), rows)


def test_a_sealed_row_shows_only_the_ends_of_what_is_in_it(russian: Portal) -> None:
    anna = russian.browser("anna")
    row = begin(russian, anna)
    fill(anna, row)
    for where in (questions(russian), row):
        html = anna.page(where).html
        assert "40702810138250123017" not in html and "••••17" in html
    shown = anna.send(f"{row}/show", status=200, start=row)
    assert shown.says("40702810138250123017")
    assert shown.response.headers["Cache-Control"] == "no-store"


def test_sealed_rows_are_told_apart_by_what_names_them_and_by_nothing_else(
    russian: Portal,
) -> None:
    anna = russian.browser("anna")
    row = begin(russian, anna)
    fill(anna, row)
    page = anna.page(questions(russian))
    assert page.says(ACCOUNT["a-bank"])
    assert "40702810138250123017" not in page.html and "12 000" not in page.html
    # On the row's own page all of it stays sealed until it is opened, which the log notes.
    assert ACCOUNT["a-bank"] not in anna.page(row).text


def test_a_wrong_place_keeps_one_on_the_page_with_what_was_typed_kept(russian: Portal) -> None:
    anna = russian.browser("anna")
    row = begin(russian, anna)
    page = fill(anna, row, status=422, **{"a-number": "4070281"})
    assert page.soup.select("#a-number-error")
    assert len(anna.page(questions(russian)).soup.select(".row-card .field-error")) == 1


def type_alone(browser: CheckingClient, row: str, key: str, text: str) -> str:
    """Send one place as the page does while one types; give what is said of it."""
    sent = FlaskClient.open(
        browser,
        row,
        method="POST",
        data={"csrf_token": browser.token(row), f"a-{key}": text, f"v-{key}": "0", f"w-{key}": ""},
        headers={"HX-Request": "true"},
    )
    assert sent.status_code == 200
    return sent.text


def test_a_row_in_which_nothing_is_right_is_not_begun(russian: Portal) -> None:
    anna = russian.browser("anna")
    row = begin(russian, anna)
    said = type_alone(anna, row, "number", "4070281")
    assert "field-error" in said and "data-saved" not in said
    empty = type_alone(anna, row, "bank", "")
    assert "data-saved" not in empty
    assert not anna.page(questions(russian)).soup.select(".row-card")
    form = anna.page(row).form(row)
    page = anna.send(row, {**form, "a-number": "4070281"}, status=422, start=row)
    assert page.form(row)["a-number"] == "4070281" and page.error_of("a-number")
    assert not anna.page(questions(russian)).soup.select(".row-card")


def test_a_wrong_place_of_a_sealed_row_comes_back_as_it_was_typed(russian: Portal) -> None:
    anna = russian.browser("anna")
    row = begin(russian, anna)
    page = fill(anna, row, status=422, **{"a-balance": "-5 рублей"})
    form = page.form(row)
    assert form["a-balance"] == "-5 рублей"
    assert form["a-number"] == "" and ACCOUNT["a-number"] not in page.html


def test_a_new_row_can_be_given_up_also_after_it_was_saved_while_typing(russian: Portal) -> None:
    anna = russian.browser("anna")
    row = begin(russian, anna)
    assert anna.page(row).says("Don’t add this entry")
    type_alone(anna, row, "bank", "Банк")
    anna.send(f"{row}/remove", start=row)
    page = anna.page(questions(russian))
    assert not page.soup.select(".row-card") and actions(page, "/restore")
    fresh = begin(russian, anna)
    anna.send(f"{fresh}/remove", start=fresh)
    assert len(actions(anna.page(questions(russian)), "/restore")) == 1


def test_the_way_back_from_a_row_promises_nothing_untrue(russian: Portal) -> None:
    anna = russian.browser("anna")
    page = anna.page(begin(russian, anna))
    assert page.says("Back to the list") and not page.says("Back without saving")


def test_a_place_is_saved_while_one_types_and_answers_with_its_state_only(russian: Portal) -> None:
    anna = russian.browser("anna")
    row = begin(russian, anna)
    token = anna.token(row)
    sent = FlaskClient.open(
        anna,
        row,
        method="POST",
        data={"csrf_token": token, "a-bank": "Банк", "v-bank": "0", "w-bank": ""},
        headers={"HX-Request": "true"},
    )
    assert sent.status_code == 200
    assert 'id="state-bank"' in sent.text and "<h1" not in sent.text
    assert len(anna.page(questions(russian)).soup.select(".row-card")) == 1


def test_a_removed_row_can_be_put_back(russian: Portal) -> None:
    anna = russian.browser("anna")
    fill(anna, begin(russian, anna))
    (remove,) = actions(anna.page(questions(russian)), "/remove")
    anna.send(remove, start=questions(russian))
    page = anna.page(questions(russian))
    assert not page.soup.select(".row-card")
    (restore,) = actions(page, "/restore")
    anna.send(restore, start=questions(russian))
    assert len(anna.page(questions(russian)).soup.select(".row-card")) == 1


def test_that_there_are_none_is_one_box_and_can_be_taken_back(russian: Portal) -> None:
    anna, where = russian.browser("anna"), questions(russian)
    form = anna.page(where).form(where)
    sent = {**form, f"a-{TABLE}": "none", "action": "leave"}
    anna.send(where, sent, start=where)
    assert anna.page(where).soup.select(f"#a-{TABLE}-none[checked]")
    again = {key: text for key, text in anna.page(where).form(where).items() if key[:2] != "a-"}
    anna.send(where, {**again, "action": "leave"}, start=where)
    assert not anna.page(where).soup.select(f"#a-{TABLE}-none[checked]")


@pytest.mark.parametrize("who", ["pavel", "vera", "lawyer"])
def test_nobody_but_the_campaigns_lead_opens_or_writes_its_rows(russian: Portal, who: str) -> None:
    anna = russian.browser("anna")
    row = begin(russian, anna)
    fill(anna, row)
    other = russian.browser(who)
    for rest in ("", "/remove", "/restore", "/show"):
        answer = other.post(row + rest, data={"csrf_token": other.token(None)})
        assert answer.status_code in (403, 404), rest
    assert other.get(row).status_code in (403, 404)


def test_an_address_that_is_no_row_is_missing(russian: Portal) -> None:
    anna = russian.browser("anna")
    for rest in ("/tables/accounts/1", "/tables/nothing/new", "/tables/surname/new"):
        assert anna.get(at(russian, rest)).status_code == 404


def test_hostile_text_in_a_row_is_text_or_refused_with_words(russian: Portal) -> None:
    anna = russian.browser("anna")
    row = begin(russian, anna)
    fill(anna, row, **{"a-bank": "{{ 7*7 }} <script>alert(1)</script>"})
    # The card names the row by its bank: braces there are a person's and no template of ours.
    shown = FlaskClient.open(anna, questions(russian))
    assert shown.status_code == 200 and "{{ 7*7 }}" in shown.text
    assert "<script>alert" not in shown.text
    fill(anna, row, status=422, **{"a-bank": "x" * 10_000})
    fill(anna, row, status=422, **{"a-bank": "😀" * 50})


def test_the_list_of_papers_says_how_much_is_answered_and_leads_on(russian: Portal) -> None:
    anna = russian.browser("anna")
    page = anna.page(russian.at("documents", "anna"))
    (go_on,) = (
        str(link["href"]) for link in page.soup.select("a.button") if "questions" in link["href"]
    )
    assert anna.get(go_on).status_code == 200
    assert page.soup.select("progress")


def test_the_coalition_clears_a_form_and_puts_the_mark_back(russian: Portal) -> None:
    chief, paper = russian.browser("chief"), at(russian)
    (action,) = (
        str(form["action"])
        for form in chief.page(paper).soup.find_all("form")
        if "/approve" in str(form.get("action"))
    )
    refused = chief.send(action, {"note": " "}, status=422, start=paper)
    assert refused.soup.select(".field-error")
    chief.send(action, {"note": "решение комиссии № 12"}, start=paper)
    cleared = chief.page(paper)
    assert cleared.says("решение комиссии № 12")
    assert not russian.browser("anna").page(paper).says("nobody has compared it")
    chief.send(action.replace("/approve", "/revoke"), start=paper)
    assert "решение комиссии № 12" in chief.page("/desk/forms").text


@pytest.mark.parametrize("who", ["vera", "boris"])
def test_a_coordinator_of_one_organisation_clears_no_form_of_everybodys(
    russian: Portal, who: str
) -> None:
    chief, browser = russian.browser("chief"), russian.browser(who)
    note = {"note": "решение комиссии № 12"}
    chief.send(form_address(russian, "approve"), note, start=at(russian))
    token = {"csrf_token": browser.token("/settings"), "note": "compared"}
    for what in ("approve", "revoke"):
        address = form_address(russian, what)
        assert browser.open(address, method="POST", data=token).status_code == 403
        assert address not in browser.open(at(russian)).get_data(as_text=True)
    assert browser.open("/desk/forms").status_code == 403
    assert chief.page(at(russian)).says("решение комиссии № 12")
    assert form_address(russian, "revoke") in chief.page(at(russian)).html


def form_address(portal: Portal, what: str) -> str:
    """Give where the form of the paper is cleared, or its mark put back."""
    with portal.database.reading() as session:
        number = session.get_one(Campaign, portal.campaigns["anna"]).election_id
    return f"/desk/forms/{number}/income/{what}"


def test_a_candidate_cannot_clear_a_form(russian: Portal) -> None:
    anna = russian.browser("anna")
    assert "/approve" not in anna.page(at(russian)).html
    answer = anna.post("/desk/forms/1/income/approve", data={"csrf_token": anna.token(None)})
    assert answer.status_code == 403
