"""The treasurer's desk, and writing the page until it is public."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app import clock
from app.access import Viewer
from app.accounts.sign_in_queries import grants_of
from app.reviews.commands import accept
from app.reviews.models import Review
from fundraising.commands.payments import keep_event
from fundraising.gateways.demo import decide, decided
from fundraising.models import Donation, SupportPage
from fundraising.rules.states import PaymentState
from tests.web.fundraising.test_support_page import Fund, Work, given
from tests.web.portal import EN, RU, Portal


def a_paid_gift(portal: Portal, work: Work, pack_id: str, **form: str) -> int:
    given(portal.browser(None), pack_id, **form)
    work(portal)
    now = clock.now()
    with portal.database.writing() as session:
        donation = session.scalars(select(Donation).order_by(Donation.id.desc())).first()
        decide(session, donation.session_ref, state=PaymentState.PAID, now=now)
        keep_event(session, "demo", decided(donation.session_ref, "paid"), now=now)
        number = donation.id
    work(portal)
    return number


def state(portal: Portal, number: int) -> str:
    with portal.database.reading() as session:
        return session.get_one(Donation, number).state


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_desk_says_why_a_gift_is_held_and_stating_the_limit_frees_it(
    a_fund: Fund, work: Work, language: str
) -> None:
    portal = a_fund(RU)
    number = a_paid_gift(portal, work, RU)
    anna = portal.browser("anna", language)
    page = anna.page(portal.at("fund"))
    assert page.says("Пушкин Пётр Ильич")
    assert page.says("the commission’s memo" if language == "en" else "памятки ТИК")
    form = {"amount": "50 000", "source": "Памятка ТИК № 3 от 1 июня"}
    anna.send(portal.at("fund/limits/limit"), form, start=portal.at("fund"))
    work(portal)
    assert state(portal, number) == "cleared"
    assert anna.page(portal.at("fund")).says("Памятка ТИК № 3")
    anna.page(portal.at(f"fund/gifts/{number}"))


def test_a_limit_without_its_source_is_not_taken(a_fund: Fund) -> None:
    portal = a_fund(RU)
    page = portal.browser("anna").send(
        portal.at("fund/limits/limit"), {"amount": "5"}, start=portal.at("fund"), status=422
    )
    assert "Fill this in" in page.error_of("source")


@pytest.mark.parametrize(("found", "expected"), [("1", "cleared"), ("0", "refunded")])
def test_the_register_decides_about_more_than_fifty_pounds(
    a_fund: Fund, work: Work, found: str, expected: str
) -> None:
    portal = a_fund(EN)
    number = a_paid_gift(portal, work, EN, other="60")
    assert state(portal, number) == "paid_held"
    anna, at = portal.browser("anna"), portal.at(f"fund/gifts/{number}")
    assert anna.page(at).says("Look the giver up in the register")
    anna.send(f"{at}/check", {"check": "register", "found": found}, start=at)
    work(portal)
    assert state(portal, number) == expected


def test_fifty_pounds_count_at_once(a_fund: Fund, work: Work) -> None:
    portal = a_fund(EN)
    assert state(portal, a_paid_gift(portal, work, EN, other="50")) == "cleared"


def test_the_treasurer_gives_a_gift_back_once(a_fund: Fund, work: Work) -> None:
    portal = a_fund(EN)
    number = a_paid_gift(portal, work, EN, other="20")
    anna, at = portal.browser("anna"), portal.at(f"fund/gifts/{number}")
    anna.send(f"{at}/refund", start=at)
    work(portal)
    assert state(portal, number) == "refunded"
    anna.send(f"{at}/refund", start=at, status=422)


def test_a_giver_gets_a_held_gift_back_and_asks_for_one_that_counts(
    a_fund: Fund, work: Work
) -> None:
    portal = a_fund(EN)
    visitor = portal.browser(None)
    own = given(visitor, EN, other="20", once="q" * 43)
    number = int(own.rsplit("/", 1)[1].partition("-")[0])
    a_paid = visitor.page(own)
    assert a_paid.status == 200
    work(portal)
    with portal.database.writing() as session:
        token = session.get_one(Donation, number).session_ref
        decide(session, token, state=PaymentState.PAID, now=clock.now())
        keep_event(session, "demo", decided(token, "paid"), now=clock.now())
    work(portal)
    assert visitor.page(own).h1 == "Thank you: your gift counts"
    visitor.send(f"{own}/back", start=own)
    assert visitor.page(own).says("You have asked for the gift back")
    visitor.send(f"{own}/back", start="/support/anna", status=422)


def test_others_see_neither_the_fund_nor_who_gave(a_fund: Fund, work: Work) -> None:
    portal = a_fund(EN)
    number = a_paid_gift(portal, work, EN, other="20")
    for who in ("pavel", "stranger", "boris"):
        portal.browser(who).page(portal.at("fund"), status=404)
        portal.browser(who).page(portal.at(f"fund/gifts/{number}"), status=404)
    portal.browser("pavel").page(portal.at(f"fund/gifts/{number}", "pavel"), status=404)
    seen = portal.browser("vera").page(portal.at("fund/gifts"))
    assert not seen.says("Jane Doe") and seen.says(f"Gift № {number}")
    vera, at = portal.browser("vera"), portal.at(f"fund/gifts/{number}")
    assert vera.page(at).says("Jane Doe") is False
    vera.send(f"{at}/refund", start=at, status=403)


PAGE = {
    "title": "Trees",
    "words": "I live here.",
    "slug": "trees-here",
    "goal": "1 000",
    "mark_1": "300",
    "mark_1_words": "printing",
    "amount_1": "10",
    "amount_2": "25",
    "amount_3": "50",
    "imprint": "Promoted by Pavel, 1 High Street",
}


def test_a_page_is_public_once_it_is_accepted_and_keeps_its_words_till_the_next(
    a_fund: Fund,
) -> None:
    portal = a_fund(EN)
    pavel, at = portal.browser("pavel"), portal.at("fund/page", "pavel")
    pavel.send(at, {**PAGE, "version": "0", "send": "yes"}, start=at)
    visitor = portal.browser(None)
    visitor.page("/support/trees-here", status=404)
    with portal.database.reading() as session:
        page = session.scalars(select(SupportPage).where(SupportPage.slug == "trees-here")).one()
        assert page.state == "submitted" and page.handed_in["title"] == "Trees"

    with portal.database.writing() as session:
        review = session.scalars(select(Review).where(Review.subject_kind == "support_page")).one()
        number = portal.people["boris"]
        boris = Viewer(person_id=number, grants=grants_of(session, number))
        accept(session, boris, review.id, now=clock.now())
    assert visitor.page("/support/trees-here").h1 == "Trees"
    pavel.send(at, {**PAGE, "title": "Birds", "version": "1"}, start=at)
    assert visitor.page("/support/trees-here").h1 == "Trees"
    stale = pavel.send(at, {**PAGE, "version": "1"}, start=at, status=409)
    assert stale.says("changed the page")


@pytest.mark.parametrize(
    ("field", "value"),
    [("slug", "Ж"), ("slug", "anna"), ("goal", "x"), ("imprint", ""), ("mark_1_words", "")],
)
def test_what_is_wrong_with_a_page_is_said_beside_its_field(
    a_fund: Fund, field: str, value: str
) -> None:
    portal = a_fund(EN)
    at = portal.at("fund/page", "pavel")
    page = portal.browser("pavel").send(
        at, {**PAGE, "version": "0", field: value}, start=at, status=422
    )
    assert page.error_of(field)
