"""A giver adds to a held gift what was not asked when it was given."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.mail.models import StoredLetter
from app.sealing import Seal
from app.web.kernel import EXTENSION
from fundraising.commands.gifts import sealed_words
from fundraising.commands.judging import opened
from fundraising.links import gift_token
from fundraising.models import Donation
from tests.fund_world import ANSWERS, a_limit
from tests.guards.hostile import ANSWERS as IN_WORDS
from tests.guards.hostile import FORM, HOSTILE, MARK, body
from tests.page import Page
from tests.web.fundraising.test_fund import a_paid_gift, state
from tests.web.fundraising.test_support_page import Fund, Work
from tests.web.portal import EN, RU, Portal

ADDED = {
    "ask_address": "1 High Street",
    "ask_own_money": "y",
    "ask_not_organisation": "y",
}


def seal_of(portal: Portal) -> Seal:
    found: Seal = portal.app.extensions[EXTENSION].parts[Seal]
    return found


def own(portal: Portal, number: int) -> str:
    return f"/support/gifts/{gift_token(seal_of(portal), number)}"


def thirty(portal: Portal, work: Work, once: str) -> int:
    """Give £30, for which the page asks neither an address nor a tick."""
    bare = {f"ask_{key}": "" for key in ("address", "on_register", "own_money", "not_organisation")}
    return a_paid_gift(portal, work, EN, other="30", once=once * 43, **bare)


def thirty_twice(portal: Portal, work: Work) -> tuple[int, int]:
    return thirty(portal, work, "a"), thirty(portal, work, "b")


def told(portal: Portal, number: int) -> Mapping[str, str]:
    with portal.database.reading() as session:
        return opened(seal_of(portal), session.get_one(Donation, number).sealed)[1]


def reasons(portal: Portal, number: int) -> list[str]:
    with portal.database.reading() as session:
        return list(session.get_one(Donation, number).reasons)


def forget(portal: Portal, number: int, *keys: str) -> None:
    """Let a gift lack answers, as one has that was given before the pack asked for them."""
    seal = seal_of(portal)
    with portal.database.writing() as session:
        gift = session.get_one(Donation, number)
        email, answers = opened(seal, gift.sealed)
        left = {key: said for key, said in answers.items() if key not in keys}
        gift.sealed = seal.close(sealed_words(email, left))


def asked(page: Page) -> set[str]:
    """Give the names of the questions that a page asks."""
    names = {str(each["name"]) for each in page.soup.select("main [name]")}
    return {name for name in names if name.startswith("ask_")}


def test_the_second_thirty_pounds_ask_for_the_address_and_the_register_then_clears_them(
    a_fund: Fund, work: Work
) -> None:
    portal = a_fund(EN)
    first, second = thirty_twice(portal, work)
    assert (state(portal, first), state(portal, second)) == ("cleared", "paid_held")
    visitor, at = portal.browser(None), own(portal, second)
    page = visitor.page(at)
    assert asked(page) == set(ADDED)
    assert page.says("something is missing that only you can add")
    assert "Refresh" not in page.response.headers
    sent = visitor.send(f"{at}/answers", ADDED, start=at)
    assert sent.response.headers["Location"] == f"{at}?returned=1"
    waiting = visitor.page(f"{at}?returned=1")
    assert waiting.says("Your answers have arrived.")
    assert waiting.says("What you added is being looked at")
    assert not waiting.says("we need your address")
    assert not asked(waiting)
    assert waiting.response.headers["Refresh"] == f"2; url={at}?returned=2"
    work(portal)
    assert reasons(portal, second) == ["register"]
    looked_at = visitor.page(f"{at}?returned=2")
    assert looked_at.says("looking you up in the electoral register")
    assert not asked(looked_at)
    assert "Refresh" not in looked_at.response.headers
    anna, desk = portal.browser("anna"), portal.at(f"fund/gifts/{second}")
    assert anna.page(desk).says("1 High Street")
    anna.send(f"{desk}/check", {"check": "register", "found": "1"}, start=desk)
    work(portal)
    assert state(portal, second) == "cleared"


def test_only_the_gift_itself_gets_the_answers_and_the_log_does_not(
    a_fund: Fund, work: Work
) -> None:
    portal = a_fund(EN)
    first, second = thirty_twice(portal, work)
    at = own(portal, second)
    portal.browser(None).send(f"{at}/answers", ADDED, start=at)
    assert told(portal, second)["address"] == "1 High Street"
    assert told(portal, second)["full_name"] == ANSWERS[EN]["full_name"]
    assert not told(portal, first).get("address")
    with portal.database.reading() as session:
        noted = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "gift.answered")
        ).one()
        assert (noted.subject_id, noted.actor_id) == (second, None)
        assert "High Street" not in json.dumps(noted.detail)


def test_the_letter_leads_to_where_it_is_added(a_fund: Fund, work: Work) -> None:
    portal = a_fund(EN)
    second = thirty_twice(portal, work)[1]
    whole = a_paid_gift(portal, work, EN, other="60", once="c" * 43, email="b@example.org",
                        ask_full_name="Mary Major")  # fmt: skip
    with portal.database.reading() as session:
        letters = session.scalars(
            select(StoredLetter.text)
            .where(StoredLetter.subject.like("%is being checked"))
            .order_by(StoredLetter.id)
        ).all()
    assert own(portal, second) in letters[0]
    assert own(portal, whole) in letters[1]
    assert ["You can add what is missing" in letter for letter in letters] == [True, False]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_is_wrong_is_said_beside_its_field_and_the_words_stay(
    a_fund: Fund, work: Work, language: str
) -> None:
    portal = a_fund(EN)
    second = thirty_twice(portal, work)[1]
    visitor, at = portal.browser(None, language), own(portal, second)
    needed = {"en": "Fill this in.", "ru": "Заполните"}[language]
    typed = {"ask_address": "2 Low Road", "ask_own_money": "y"}
    page = visitor.send(f"{at}/answers", typed, start=at, status=422)
    assert needed in page.error_of("ask_not_organisation")
    assert not page.error_of("ask_address")
    assert page.form("answers")["ask_address"] == "2 Low Road"
    assert page.soup.select(".notice-danger a[href='#ask_not_organisation']")
    assert page.response.headers["Cache-Control"] == "private, no-store"
    dash = visitor.send(f"{at}/answers", {**ADDED, "ask_address": "—"}, start=at, status=422)
    assert needed in dash.error_of("ask_address")
    assert not told(portal, second).get("address")


def test_what_was_sent_is_not_written_over_by_a_form_out_of_date(a_fund: Fund, work: Work) -> None:
    portal = a_fund(EN)
    second = thirty_twice(portal, work)[1]
    visitor, at = portal.browser(None), own(portal, second)
    visitor.send(f"{at}/answers", ADDED, start=at)
    for _ in range(2):
        late = visitor.send(
            f"{at}/answers", {**ADDED, "ask_address": "Elsewhere"}, start=at, status=409
        )
        assert late.says("does not wait for these answers any more")
        work(portal)
    assert told(portal, second)["address"] == "1 High Street"


def test_an_answer_that_is_there_is_not_replaced_beside_one_that_is_missing(
    a_fund: Fund, work: Work
) -> None:
    portal = a_fund(EN)
    second = thirty_twice(portal, work)[1]
    visitor, at = portal.browser(None), own(portal, second)
    forged = {**ADDED, "ask_full_name": "Somebody Else"}
    visitor.send(f"{at}/answers", forged, start=at, status=409)
    assert told(portal, second)["full_name"] == ANSWERS[EN]["full_name"]


def test_a_gift_on_its_way_back_asks_nothing(a_fund: Fund, work: Work) -> None:
    portal = a_fund(EN)
    second = thirty_twice(portal, work)[1]
    visitor, at = portal.browser(None), own(portal, second)
    visitor.send(f"{at}/back", start=at)
    for _ in range(2):
        assert not asked(visitor.page(at))
        visitor.send(f"{at}/answers", ADDED, start="/support/anna", status=409)
        work(portal)
    assert state(portal, second) == "refunded"


def test_a_gift_a_bank_disputes_asks_nothing(a_fund: Fund, work: Work) -> None:
    portal = a_fund(EN)
    second = thirty_twice(portal, work)[1]
    with portal.database.writing() as session:
        gift = session.get_one(Donation, second)
        gift.disputed, gift.state = True, "disputed"
    visitor, at = portal.browser(None), own(portal, second)
    assert not asked(visitor.page(at))
    visitor.send(f"{at}/answers", ADDED, start="/support/anna", status=409)


def test_nothing_is_asked_where_nothing_is_missing(a_fund: Fund, work: Work) -> None:
    portal = a_fund(EN)
    first, second = thirty(portal, work, "a"), a_paid_gift(portal, work, EN, other="60")
    visitor = portal.browser(None)
    for number, is_held in ((first, False), (second, True)):
        at = own(portal, number)
        page = visitor.page(at)
        assert not asked(page)
        assert (state(portal, number) == "paid_held") is is_held
        visitor.send(f"{at}/answers", ADDED, start=at, status=409)


def test_a_link_nobody_was_given_takes_no_answers(a_fund: Fund, work: Work) -> None:
    portal = a_fund(EN)
    first, second = thirty_twice(portal, work)
    at, visitor = own(portal, second), portal.browser(None)
    secret_of_the_first = own(portal, first).split("-", 1)[1]
    for wrong in (f"/support/gifts/{second}-{secret_of_the_first}", "/support/gifts/1-x"):
        visitor.send(f"{wrong}/answers", ADDED, start=at, status=404)
    assert not told(portal, second).get("address")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_details_that_the_russian_law_asks_for_are_added_and_the_giver_is_known_again(
    a_fund: Fund, work: Work, language: str
) -> None:
    portal = a_fund(RU)
    first = a_paid_gift(portal, work, RU)
    second = a_paid_gift(portal, work, RU, once="p" * 43, ask_full_name="Пушкин П. И.")
    forget(portal, second, "passport", "full_name")
    forget(portal, second, "birth_date")
    with portal.database.writing() as session:
        session.add(a_limit(portal.campaigns["anna"], 150_000))
        gift = session.get_one(Donation, second)
        gift.reasons = ["named", "details", "limit"]
    visitor, at = portal.browser(None, language), own(portal, second)
    assert asked(visitor.page(at)) == {"ask_full_name", "ask_birth_date", "ask_passport"}
    added = {
        "ask_full_name": ANSWERS[RU]["full_name"],
        "ask_birth_date": ANSWERS[RU]["birth_date"],
        "ask_passport": "4000 12345",
    }
    page = visitor.send(f"{at}/answers", added, start=at, status=422)
    assert page.error_of("ask_passport")
    passport = ANSWERS[RU]["passport"]
    visitor.send(f"{at}/answers", {**added, "ask_passport": passport}, start=at)
    assert told(portal, second) == {**ANSWERS[RU], "own_money": "yes"}
    with portal.database.reading() as session:
        givers = {session.get_one(Donation, number).donor_id for number in (first, second)}
    assert len(givers) == 1
    work(portal)
    assert reasons(portal, second) in ([], ["limit"])


def test_the_page_is_not_shown_anew_for_ever(a_fund: Fund, work: Work) -> None:
    portal = a_fund(EN)
    second = thirty_twice(portal, work)[1]
    with portal.database.writing() as session:
        session.get_one(Donation, second).created_at -= timedelta(days=2)
    visitor, at = portal.browser(None), own(portal, second)
    visitor.send(f"{at}/answers", ADDED, start=at)
    assert "Refresh" in visitor.page(f"{at}?returned=1").response.headers
    assert "Refresh" not in visitor.page(f"{at}?returned=90").response.headers
    assert "Refresh" not in visitor.page(at).response.headers


def test_whatever_is_sent_as_an_answer_is_answered_in_words(a_fund: Fund, work: Work) -> None:
    portal = a_fund(EN)
    second = thirty_twice(portal, work)[1]
    visitor, at = portal.browser(None), own(portal, second)
    proof = {"X-CSRFToken": visitor.token(at)}
    desk, anna = portal.at(f"fund/gifts/{second}"), portal.browser("anna")
    for what, value in HOSTILE.items():
        for field in ADDED:
            good = body([name for name in ADDED if name != field], b"y")
            sent = good + b"&" + body([field], value)
            answer = visitor.post(f"{at}/answers", data=sent, headers=proof, **FORM)
            assert answer.status_code in IN_WORDS, f"{what} in {field}"
            assert MARK.encode() not in answer.get_data()
            if what == "markup":
                assert MARK not in visitor.page(at).html + anna.page(desk).html
            if answer.status_code == 303:
                forget(portal, second, "address", "own_money", "not_organisation")
    assert asked(visitor.page(at)) == set(ADDED)


def test_what_was_found_in_the_register_can_be_put_right_while_an_answer_is_missing(
    a_fund: Fund, work: Work
) -> None:
    portal = a_fund(EN)
    _, number = thirty_twice(portal, work)
    anna, desk = portal.browser("anna"), portal.at(f"fund/gifts/{number}")
    anna.send(f"{desk}/check", {"check": "register", "found": "1"}, start=desk)
    work(portal)
    assert "register" not in reasons(portal, number)
    anna.send(f"{desk}/check", {"check": "register", "found": "0"}, start=desk)
    work(portal)
    assert state(portal, number) == "refunded"
