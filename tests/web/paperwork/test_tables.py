"""Tables on screen: a row has a page of its own, is removed and put back, and stays sealed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import insert

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


def test_a_wrong_place_keeps_one_on_the_page_with_what_was_typed_kept(russian: Portal) -> None:
    anna = russian.browser("anna")
    row = begin(russian, anna)
    page = fill(anna, row, status=422, **{"a-number": "4070281"})
    assert page.soup.select("#a-number-error")
    assert len(anna.page(questions(russian)).soup.select(".row-card .field-error")) == 1


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
    assert "<script>alert" not in anna.page(questions(russian)).html
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


def test_a_coordinator_clears_a_form_and_puts_the_mark_back(russian: Portal) -> None:
    vera, paper = russian.browser("vera"), at(russian)
    (action,) = (
        str(form["action"])
        for form in vera.page(paper).soup.find_all("form")
        if "/approve" in str(form.get("action"))
    )
    refused = vera.send(action, {"note": " "}, status=422, start=paper)
    assert refused.soup.select(".field-error")
    vera.send(action, {"note": "решение комиссии № 12"}, start=paper)
    cleared = vera.page(paper)
    assert cleared.says("решение комиссии № 12")
    assert not russian.browser("anna").page(paper).says("nobody has compared it")
    vera.send(action.replace("/approve", "/revoke"), start=paper)
    assert "решение комиссии № 12" in vera.page("/desk/forms").text


def test_a_candidate_cannot_clear_a_form(russian: Portal) -> None:
    anna = russian.browser("anna")
    assert "/approve" not in anna.page(at(russian)).html
    answer = anna.post("/desk/forms/1/income/approve", data={"csrf_token": anna.token(None)})
    assert answer.status_code == 403
