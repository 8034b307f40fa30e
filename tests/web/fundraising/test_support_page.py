"""A visitor gives: the public page, the giver's own page, the demo's payment page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import clock
from app.web.kernel import EXTENSION
from fundraising.commands.payments import keep_event
from fundraising.gateways.demo import HEADER, decided, message
from fundraising.gateways.protocol import Gateways
from fundraising.gateways.signing import signature
from fundraising.models import Donation, Donor, GatewayEvent
from tests.fund_world import ANSWERS
from tests.page import CheckingClient
from tests.web.portal import EN, RU, Portal

Fund = Callable[..., Portal]
Work = Callable[[Portal], None]


def filled(pack_id: str, **changed: str) -> dict[str, str]:
    answers = {f"ask_{key}": value for key, value in ANSWERS[pack_id].items()}
    form = {"sum": "100000", "other": "", "email": "giver@example.org", "once": "o" * 43}
    return {**answers, **form, **changed}


def given(visitor: CheckingClient, pack_id: str = RU, **changed: str) -> str:
    page = visitor.send("/support/anna", filled(pack_id, **changed), start="/support/anna")
    return page.response.headers["Location"]


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("pack_id", [RU, EN])
def test_a_visitor_reads_the_page_in_both_languages(
    a_fund: Fund, pack_id: str, language: str
) -> None:
    page = a_fund(pack_id).browser(None, language).page("/support/anna")
    assert page.h1 == "Скамейки, деревья и честный бюджет двора"
    assert page.soup.find("input", attrs={"name": "email"})


def test_a_gift_leads_over_the_givers_page_to_the_payment_and_back(
    a_fund: Fund, work: Work
) -> None:
    portal = a_fund()
    visitor = portal.browser(None)
    own = given(visitor)
    assert visitor.page(own).response.headers["Refresh"] == f"2; url={own}"
    work(portal)
    page = visitor.page(own)
    to = page.soup.find("a", class_="button")["href"]
    assert page.response.headers["Refresh"] == f"1; url={to}"
    path = to.removeprefix("http://localhost")
    pay = visitor.page(path)
    assert pay.says("No money moves")
    back = visitor.send(path, {"choice": "pay"}, start=path)
    assert back.response.headers["Location"] == f"http://localhost{own}?returned=1"


def test_a_giver_who_took_ten_minutes_to_pay_is_still_waited_with(a_fund: Fund, work: Work) -> None:
    portal = a_fund()
    visitor = portal.browser(None)
    own = given(visitor)
    work(portal)
    with portal.database.writing() as session:
        session.scalars(select(Donation)).one().created_at -= timedelta(minutes=10)
    first = visitor.page(f"{own}?returned=1")
    assert first.h1 == "Asking the payment provider"
    assert first.response.headers["Refresh"] == f"2; url={own}?returned=2"
    # A page left open does not ask for ever, and odd counts are a first one.
    assert "Refresh" not in visitor.page(f"{own}?returned=90").response.headers
    assert visitor.page(f"{own}?returned=x").response.headers["Refresh"].endswith("returned=2")
    assert "Refresh" not in visitor.page(own).response.headers


def test_the_same_form_sent_twice_is_one_gift(a_fund: Fund) -> None:
    portal = a_fund()
    visitor = portal.browser(None)
    assert given(visitor) == given(visitor)
    with portal.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Donation)) == 1


def test_a_form_gone_back_to_and_changed_is_another_gift(a_fund: Fund) -> None:
    portal = a_fund()
    visitor = portal.browser(None)
    first, corrected = given(visitor), given(visitor, other="500")
    assert first != corrected
    assert given(visitor) == first
    assert given(visitor, other="500") == corrected
    assert visitor.page(corrected).says("RUB 500") or visitor.page(corrected).says("500 ₽")
    assert given(visitor, ask_passport="4000 654321") not in (first, corrected)


def test_a_form_sent_again_after_its_payment_failed_is_another_gift(
    a_fund: Fund, work: Work
) -> None:
    portal = a_fund()
    visitor = portal.browser(None)
    first = given(visitor)
    work(portal)
    pay = (
        visitor.page(first).soup.find("a", class_="button")["href"].removeprefix("http://localhost")
    )
    visitor.send(pay, {"choice": "decline"}, start=pay)
    work(portal)
    with portal.database.writing() as session:
        token = session.scalars(select(Donation.session_ref)).one()
        keep_event(session, "demo", decided(token, "failed"), now=clock.now())
    work(portal)
    assert visitor.page(first).h1 == "The payment did not go through"
    second = given(visitor)
    assert second != first
    assert given(visitor) == second


def test_one_person_is_one_giver_however_the_name_is_spaced(a_fund: Fund) -> None:
    portal = a_fund()
    visitor = portal.browser(None)
    given(visitor, once="a" * 43)
    given(visitor, once="b" * 43, ask_full_name="пушкин  ПЕТР Ильич")
    with portal.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Donor)) == 1


def test_nothing_that_names_the_giver_lies_open_in_the_database(a_fund: Fund) -> None:
    portal = a_fund()
    given(portal.browser(None))
    with portal.database.reading() as session:
        row = session.scalars(select(Donation)).one()
        donor = session.scalars(select(Donor)).one()
    everything = " ".join(str(v) for each in (row, donor) for v in vars(each).values())
    for secret in ("Пушкин", "123456", "Садовая", "giver@example.org"):
        assert secret not in everything


def test_a_minor_is_told_before_paying(a_fund: Fund) -> None:
    portal = a_fund()
    page = portal.browser(None).send(
        "/support/anna",
        filled(RU, ask_birth_date="2015-01-01"),
        start="/support/anna",
        status=422,
    )
    assert page.says("18")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("other", "abc", "figures"),
        ("other", "1", "least gift"),
        ("other", "99999999", "largest gift"),
        ("ask_passport", "12", "Four digits"),
        ("ask_passport", "٤٠٠٠ ١٢٣٤٥٦", "Four digits"),
        ("email", "nobody", "not an email"),
        ("ask_full_name", "", "Fill this in"),
        ("ask_full_name", "\u200b", "Fill this in"),
        ("ask_address", "—", "Fill this in"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    a_fund: Fund, field: str, value: str, said: str
) -> None:
    visitor = a_fund().browser(None)
    page = visitor.send(
        "/support/anna", filled(RU, **{field: value}), start="/support/anna", status=422
    )
    assert said in page.error_of(field)


def test_fifty_pounds_ask_less_than_fifty_one(a_fund: Fund) -> None:
    visitor = a_fund(EN).browser(None)
    small = filled(EN, sum="5000")
    small.pop("ask_address")
    visitor.send("/support/anna", small, start="/support/anna")
    page = visitor.send(
        "/support/anna",
        {**small, "other": "51", "once": "x" * 43},
        start="/support/anna",
        status=422,
    )
    assert "Fill this in" in page.error_of("ask_address")


def test_a_postcode_is_written_in_plain_digits(a_fund: Fund) -> None:
    page = (
        a_fund(EN)
        .browser(None)
        .send(
            "/support/anna", filled(EN, ask_postcode="AB1٢ ٣CD"), start="/support/anna", status=422
        )
    )
    assert "not a UK postcode" in page.error_of("ask_postcode")


def test_hostile_words_stay_words(a_fund: Fund, work: Work) -> None:
    portal = a_fund()
    own = given(portal.browser(None), ask_full_name="<script>alert(1)</script>{{7*7}}")
    work(portal)
    assert "<script>alert" not in portal.browser(None).page(own).html
    listed = portal.browser("anna").page(portal.at("fund/gifts"))
    assert "<script>alert" not in listed.html


def test_a_link_nobody_was_given_is_not_found(a_fund: Fund) -> None:
    portal = a_fund()
    own = given(portal.browser(None))
    visitor = portal.browser(None)
    for wrong in (own[:-1] + ("0" if own[-1] != "0" else "1"), "/support/gifts/1-x", "/support/no"):
        visitor.page(wrong, status=404)


def hook(portal: Portal, body: bytes, header: str) -> int:
    client = portal.app.test_client()
    return client.post("/hooks/demo", data=body, headers={HEADER: header}).status_code


def test_a_signed_message_is_kept_once_and_others_are_refused(a_fund: Fund) -> None:
    portal = a_fund()
    secret = portal.app.extensions[EXTENSION].parts[Gateways].find("demo").secret
    body, now = message(decided("t" * 43, "paid")), clock.now()
    good = signature(body, secret, now)
    assert [hook(portal, body, good) for _ in range(3)] == [200, 200, 200]
    with portal.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(GatewayEvent)) == 1
    for wrong in (
        "",
        "t=1",
        "t=9" * 40,
        good[:-1] + ("0" if good[-1] != "0" else "1"),
        signature(body, "another", now),
        signature(body, secret, now - timedelta(minutes=6)),
        signature(body, secret, now + timedelta(minutes=6)),
    ):
        assert hook(portal, body, wrong) == 400
    live = body.replace(b"false", b"true")
    assert hook(portal, live, signature(live, secret, now)) == 400
    for junk in (b"", b"\xff\xfe", b"[]", b"null", b"{}"):
        assert hook(portal, junk, signature(junk, secret, now)) == 400
