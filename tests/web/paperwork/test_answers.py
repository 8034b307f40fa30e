"""Answering: saved as one types, sealed where it must be, never overwritten in silence."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from documents.paperwork.models import PaperAnswer
from tests.page import CheckingClient, Page
from tests.web.paperwork.program import answer_all, path
from tests.web.portal import RU, Portal

HOSTILE = (
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% raw %}",
    "\u202eevil\u200b",
    "😀" * 50,
    "x" * 1999,
    "file:///etc/passwd",
    "a\x00b",
)


def save(browser: CheckingClient, where: str, status: int = 303, **typed: str) -> Page:
    values = {name.replace("_", "-", 1): text for name, text in typed.items()}
    form = browser.page(where).form(where)
    return browser.send(where, {**form, **values, "action": "leave"}, status=status, start=where)


def stored(portal: Portal, key: str) -> PaperAnswer:
    with portal.database.reading() as session:
        return (
            session.query(PaperAnswer)
            .filter_by(key=key, campaign_id=portal.campaigns["anna"])
            .one()
        )


def test_a_sealed_answer_is_not_open_in_the_database_nor_on_the_page(russian: Portal) -> None:
    anna, where = russian.browser("anna"), path(russian, "/questions/passport")
    save(anna, where, a_passport="40 05 654321")
    row = stored(russian, "passport")
    assert row.value == "" and "654321" not in row.sealed
    page = anna.page(where)
    assert "654321" not in page.html and "••••21" in page.html


def test_a_sealed_answer_left_empty_is_kept(russian: Portal) -> None:
    anna, where = russian.browser("anna"), path(russian, "/questions/passport")
    save(anna, where, a_passport="40 05 654321")
    save(anna, where, a_passport="")
    assert stored(russian, "passport").version == 1


def test_a_sealed_answer_is_shown_once_and_the_log_knows(russian: Portal) -> None:
    anna, where = russian.browser("anna"), path(russian, "/questions/passport")
    save(anna, where, a_passport="40 05 654321")
    shown = anna.send(path(russian, "/answers/passport/show"), status=200, start=where)
    assert shown.says("40 05 654321")
    assert shown.response.headers["Cache-Control"] == "no-store"
    assert "654321" not in anna.page(where).html


@pytest.mark.parametrize("who", ["vera", "lawyer", "canvasser"])
def test_nobody_outside_the_campaigns_lead_sees_a_sealed_answer(russian: Portal, who: str) -> None:
    anna, where = russian.browser("anna"), path(russian, "/questions/passport")
    save(anna, where, a_passport="40 05 654321")
    other = russian.browser(who)
    answer = other.post(
        path(russian, "/answers/passport/show"), data={"csrf_token": other.token("/settings")}
    )
    assert answer.status_code in (403, 404)
    assert b"654321" not in answer.data


def test_a_field_is_saved_alone_while_one_types(portal: Portal) -> None:
    anna, where = portal.browser("anna"), path(portal, "/questions/name")
    anna.page(where)
    data = {"a-surname": "Ёлкина", "v-surname": "0", "w-surname": ""}
    data["csrf_token"] = anna.token(where)
    # A part of a page is no page: the client's own inspection would miss its heading.
    answer = FlaskClient.open(anna, where, method="POST", data=data, headers={"HX-Request": "true"})
    page = Page(answer)
    assert page.soup.find("input", attrs={"name": "v-surname"})["value"] == "1"
    assert stored(portal, "surname").value == "Ёлкина"


def test_two_tabs_do_not_overwrite_one_another(portal: Portal) -> None:
    first, second = portal.browser("anna"), portal.browser("anna")
    where = path(portal, "/questions/name")
    form = second.page(where).form(where)
    save(first, where, a_surname="Первая")
    page = second.send(where, {**form, "a-surname": "Вторая"}, status=409, start=where)
    assert page.says("Первая")
    assert page.form(where)["a-surname"] == "Вторая"
    assert stored(portal, "surname").value == "Первая"
    second.send(where, {**page.form(where), "action": "leave"}, start=where)
    assert stored(portal, "surname").value == "Вторая"


def test_a_stale_page_leaves_alone_what_it_did_not_touch(portal: Portal) -> None:
    first, second = portal.browser("anna"), portal.browser("anna")
    where = path(portal, "/questions/name")
    form = second.page(where).form(where)
    save(first, where, a_surname="Первая")
    key = "first_name" if portal.pack_id == RU else "forenames"
    second.send(where, {**form, f"a-{key}": "Анна"}, start=where)
    assert stored(portal, "surname").value == "Первая"


def test_what_is_wrong_is_kept_and_said_beside_its_place(russian: Portal) -> None:
    anna, where = russian.browser("anna"), path(russian, "/questions/name")
    page = save(anna, where, 422, a_birth_date="31.02.1970")
    assert "17.06.1970" in page.error_of("a-birth_date")
    assert stored(russian, "birth_date").value == "31.02.1970"


def test_a_wrong_sealed_answer_comes_back_as_it_was_typed_and_a_right_one_does_not(
    russian: Portal,
) -> None:
    anna, where = russian.browser("anna"), path(russian, "/questions/passport")
    page = save(anna, where, 422, a_passport="40 05", a_passport_unit="780-001")
    form = page.form(where)
    assert form["a-passport"] == "40 05" and form["a-passport_unit"] == ""
    assert anna.page(where).form(where)["a-passport"] == ""


def test_a_refusal_while_typing_is_said_beside_the_field_that_is_not_saved(
    portal: Portal,
) -> None:
    anna, where = portal.browser("anna"), path(portal, "/questions/name")
    data = {"a-surname": "я" * 2500, "v-surname": "0", "w-surname": ""}
    data["csrf_token"] = anna.token(where)
    answer = FlaskClient.open(anna, where, method="POST", data=data, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "field-error" in answer.text and "data-saved" not in answer.text


def test_i_do_not_know_yet_is_an_answer(portal: Portal) -> None:
    anna, where = portal.browser("anna"), path(portal, "/questions/name")
    save(anna, where, u_surname="1")
    assert stored(portal, "surname").unknown
    assert anna.page(path(portal)).says("You said you don’t know this yet.")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_field_is_kept_as_text_or_refused(portal: Portal, text: str) -> None:
    anna = portal.browser("anna")
    first = anna.page(path(portal))
    links = {
        str(a["href"]).split("#")[0] for a in first.soup.find_all("a") if "/questions/" in a["href"]
    }
    for where in links:
        form = anna.page(where).form(where)
        typed = {name: text for name in form if name.startswith("a-")}
        answer = anna.post(where, data={**form, **typed})
        assert answer.status_code in (303, 422)
        anna.page(where)
    # The fixed wording says what was answered: braces there are a person's and no template of ours.
    last = FlaskClient.open(anna, path(portal))
    assert last.status_code == 200
    assert "<script>alert" not in last.text and "49" not in Page(last).soup.blockquote.get_text()


def test_a_text_longer_than_any_form_is_refused_with_everything_typed(portal: Portal) -> None:
    anna, where = portal.browser("anna"), path(portal, "/questions/name")
    page = save(anna, where, 422, a_surname="я" * 2500)
    assert page.form(where)["a-surname"] == "я" * 2500


@pytest.mark.parametrize("rest", ["", "/questions/name"])
def test_the_paper_of_another_campaign_is_not_there(portal: Portal, rest: str) -> None:
    portal.browser("anna").page(path(portal, rest, "pavel"), 404)


@pytest.mark.parametrize("rest", ["documents/none", "documents/none/questions/name"])
def test_a_kind_the_pack_does_not_have_is_not_there(portal: Portal, rest: str) -> None:
    portal.browser("anna").page(portal.at(rest), 404)


def test_the_fixed_wording_is_shown_as_it_will_be_printed(portal: Portal) -> None:
    anna = portal.browser("anna")
    assert "[" in anna.page(path(portal)).soup.blockquote.get_text()
    answer_all(portal, anna)
    wording = [each.get_text() for each in anna.page(path(portal)).soup("blockquote")]
    assert wording and not any("[" in each for each in wording)
