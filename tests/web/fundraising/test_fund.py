"""The treasurer's desk, and writing the page until it is public."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from app import clock
from app.access import Role, Viewer
from app.accounts.models import Campaign
from app.accounts.sign_in_queries import grants_of
from app.mail.models import StoredLetter
from app.reviews.commands import accept
from app.reviews.models import Review
from app.sealing import Seal
from app.web.kernel import EXTENSION
from fundraising.commands.payments import keep_event
from fundraising.gateways.demo import decide, decided
from fundraising.links import gift_token
from fundraising.models import Donation, GiftCheck, SupportPage
from fundraising.rules.states import PaymentState
from tests import builders
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


def test_what_is_wrong_with_a_limit_stated_anew_is_in_sight(a_fund: Fund) -> None:
    portal = a_fund(RU)
    anna, at = portal.browser("anna"), portal.at("fund/limits/limit")
    anna.send(at, {"amount": "50 000", "source": "Memo № 3"}, start=portal.at("fund"))
    refused = anna.send(at, {"amount": "5"}, start=portal.at("fund"), status=422)
    for page, is_open in ((refused, True), (anna.page(portal.at("fund")), False)):
        form = page.soup.find("form", action=re.compile("limits"))
        assert form.find_parent("details").has_attr("open") is is_open


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


@pytest.mark.parametrize(("first", "then"), [("1", "0"), ("0", "1")])
def test_an_answer_from_a_page_that_is_out_of_date_is_not_called_noted(
    a_fund: Fund, work: Work, first: str, then: str
) -> None:
    portal = a_fund(EN)
    number = a_paid_gift(portal, work, EN, other="60")
    anna, at = portal.browser("anna"), portal.at(f"fund/gifts/{number}")
    anna.send(f"{at}/check", {"check": "register", "found": first}, start=at)
    work(portal)
    late = anna.send(f"{at}/check", {"check": "register", "found": then}, start=at, status=409)
    assert late.says("have decided about this gift already")
    with portal.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(GiftCheck)) == 1


def test_a_check_that_was_never_asked_is_not_answered(a_fund: Fund, work: Work) -> None:
    portal = a_fund(EN)
    number = a_paid_gift(portal, work, EN, other="20")
    anna, at = portal.browser("anna"), portal.at(f"fund/gifts/{number}")
    anna.send(f"{at}/check", {"check": "register", "found": "0"}, start=at, status=409)
    assert state(portal, number) == "cleared"


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
    anna, at = portal.browser("anna"), portal.at(f"fund/gifts/{number}")
    assert anna.page(at).says("The giver has asked for this gift back")
    anna.send(f"{at}/refund", start=at)
    work(portal)
    assert visitor.page(own).h1 == "Your gift has gone back"
    assert not visitor.page(own).says("The treasurer answers")
    assert not anna.page(at).says("has asked for this gift back")


def test_why_a_gift_was_held_is_not_why_its_giver_has_it_back(a_fund: Fund, work: Work) -> None:
    portal = a_fund(EN)
    number = a_paid_gift(portal, work, EN, other="60")
    own = f"/support/gifts/{gift_token(portal.app.extensions[EXTENSION].parts[Seal], number)}"
    visitor = portal.browser(None)
    assert visitor.page(own).says("looking you up in the electoral register")
    visitor.send(f"{own}/back", start=own)
    work(portal)
    gone = visitor.page(own)
    assert gone.h1 == "Your gift has gone back"
    assert not gone.says("looking you up")
    page = portal.browser("anna").page(portal.at(f"fund/gifts/{number}"))
    assert not page.says("Look the giver up")
    with portal.database.reading() as session:
        letter = session.scalars(
            select(StoredLetter.text).where(StoredLetter.subject.like("%has gone back"))
        ).one()
    assert "it was asked for" in letter
    assert "looking you up" not in letter


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
ANNAS = {**PAGE, "slug": "anna"}
"""Of a page that is public under its address."""


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


def test_enter_in_a_field_of_the_page_saves_it_and_hands_in_nothing(a_fund: Fund) -> None:
    portal = a_fund(EN)
    pavel, at = portal.browser("pavel"), portal.at("fund/page", "pavel")
    form = pavel.page(at).soup.select_one("[name=send]").find_parent("form")
    assert not form.select_one("[type=submit]").get("name")
    pavel.send(at, {**PAGE, "version": "0"}, start=at)
    with portal.database.reading() as session:
        page = session.scalars(select(SupportPage).where(SupportPage.slug == "trees-here")).one()
        assert page.state != "submitted"


def test_the_address_of_a_public_page_is_not_changed_past_the_reviewer(a_fund: Fund) -> None:
    portal = a_fund(EN)
    anna, at = portal.browser("anna"), portal.at("fund/page")
    with portal.database.reading() as session:
        version = session.scalars(select(SupportPage.version)).one()
    sent = {**PAGE, "slug": "somebody-else", "version": str(version)}
    refused = anna.send(at, sent, start=at, status=422)
    assert refused.says("the address stays as it is")
    visitor = portal.browser(None)
    visitor.page("/support/somebody-else", status=404)
    visitor.page("/support/anna")


def test_a_reviewer_reads_every_word_of_the_page_and_then_what_changed(a_fund: Fund) -> None:
    portal = a_fund(EN)
    pavel, at = portal.browser("pavel"), portal.at("fund/page", "pavel")
    pavel.send(at, {**PAGE, "version": "0", "send": "yes"}, start=at)

    def review() -> int:
        with portal.database.reading() as session:
            newest = select(Review.id).where(Review.subject_kind == "support_page")
            return session.scalars(newest.order_by(Review.id.desc())).first()

    first = portal.browser("boris").page(f"/desk/reviews/{review()}")
    for words in ("Trees", "I live here.", "Promoted by Pavel", "printing", "£1,000", "£25"):
        assert first.says(words), words
    with portal.database.writing() as session:
        boris = builders.the_viewer(session, portal.people["boris"])
        accept(session, boris, review(), now=clock.now())
    again = {**PAGE, "words": "I live here now.", "version": "1", "send": "yes"}
    pavel.send(at, again, start=at)
    second = portal.browser("boris").page(f"/desk/reviews/{review()}")
    assert second.says("before: I live here.") and second.says("now: I live here now.")
    assert second.says("Promoted by Pavel")


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


@pytest.mark.parametrize(("sum_", "said"), [("0", "least gift"), ("10 001", "largest gift")])
def test_a_page_offers_no_sum_that_it_would_refuse(a_fund: Fund, sum_: str, said: str) -> None:
    portal = a_fund(EN)
    at = portal.at("fund/page", "pavel")
    typed = {**PAGE, "version": "0", "amount_3": sum_}
    page = portal.browser("pavel").send(at, typed, start=at, status=422)
    assert said in page.error_of("amount_3")


def test_a_gift_of_which_nothing_counts_any_more_shows_no_receipt(a_fund: Fund, work: Work) -> None:
    portal = a_fund(EN)
    number, visitor = a_paid_gift(portal, work, EN, other="40"), portal.browser(None)
    own = f"/support/gifts/{gift_token(portal.app.extensions[EXTENSION].parts[Seal], number)}"
    assert visitor.page(own).soup.select("a[href$='/receipt']")
    with portal.database.writing() as session:
        session.get_one(Donation, number).cleared_minor = 0
    assert not visitor.page(own).soup.select("a[href$='/receipt']")
    visitor.page(f"{own}/receipt", status=404)


WRITERS = ("anna", "manager", "treasurer", "press")
"""Who writes the support page; the others of the team, helpers and coordinators do not."""
SENDERS = ("anna", "manager", "treasurer")
NO_WRITERS = ("canvass_lead", "canvasser", "lawyer", "designer", "vera", "chief")


def with_a_team(portal: Portal) -> Portal:
    with portal.database.writing() as session:
        campaign = session.get_one(Campaign, portal.campaigns["anna"])
        for role in (Role.MANAGER, Role.TREASURER, Role.CANVASS_LEAD, Role.PRESS):
            member = builders.a_member(session, campaign, role=role)
            portal.people[role.value] = member.person_id
        designer = builders.an_assignment(session, campaign, role=Role.DESIGNER)
        portal.people["designer"] = designer.person_id
    return portal


def the_page(portal: Portal) -> SupportPage:
    with portal.database.reading() as session:
        wanted = SupportPage.campaign_id == portal.campaigns["anna"]
        return session.scalars(select(SupportPage).where(wanted)).one()


@pytest.mark.parametrize("who", WRITERS)
def test_the_candidate_the_manager_the_treasurer_and_press_write_the_page(
    a_fund: Fund, who: str
) -> None:
    portal = with_a_team(a_fund(EN))
    at, browser = portal.at("fund/page"), portal.browser(who)
    version = str(the_page(portal).version)
    browser.send(at, {**ANNAS, "title": f"By {who}", "version": version}, start=at)
    assert the_page(portal).title == f"By {who}"
    buttons = browser.page(at).soup.find_all("button", attrs={"name": "send"})
    assert bool(buttons) is (who in SENDERS)


@pytest.mark.parametrize("who", NO_WRITERS)
def test_nobody_else_writes_the_page(a_fund: Fund, who: str) -> None:
    portal = with_a_team(a_fund(EN))
    at, browser = portal.at("fund/page"), portal.browser(who)
    browser.page(at, status=403)
    before = the_page(portal).version
    browser.send(at, {**PAGE, "version": str(before)}, start="/", status=403)
    assert the_page(portal).version == before


@pytest.mark.parametrize("language", ["ru", "en"])
def test_press_is_told_who_sends_the_page_to_be_checked_and_keeps_what_was_typed(
    a_fund: Fund, language: str
) -> None:
    portal = with_a_team(a_fund(EN))
    at, press = portal.at("fund/page"), portal.browser("press", language)
    version = str(the_page(portal).version)
    form = {**ANNAS, "title": "Typed by press", "version": version, "send": "yes"}
    page = press.send(at, form, start=at, status=422)
    assert page.says("answer for the money" if language == "en" else "за деньги отвечают они")
    assert page.form("fund/page")["title"] == "Typed by press"
    assert (the_page(portal).state, str(the_page(portal).version)) == ("accepted", version)


@pytest.mark.parametrize("who", SENDERS)
def test_those_who_answer_for_the_money_send_the_page_to_be_checked(a_fund: Fund, who: str) -> None:
    portal = with_a_team(a_fund(EN))
    at = portal.at("fund/page")
    form = {**ANNAS, "version": str(the_page(portal).version), "send": "yes"}
    portal.browser(who).send(at, form, start=at)
    assert the_page(portal).state == "submitted"


@pytest.mark.parametrize(
    ("language", "held", "counts"),
    [
        ("en", "£60: owed to the givers until it counts", "£40: belongs to the campaign"),
        ("ru", "60 £ — кампания должна жертвователям", "40 £ — принадлежат кампании"),
    ],
)
def test_the_ledger_says_whose_each_sum_is_and_shows_no_minus(
    a_fund: Fund, work: Work, language: str, held: str, counts: str
) -> None:
    portal = a_fund(EN)
    a_paid_gift(portal, work, EN, other="60")
    another = {"email": "other@example.org", "ask_full_name": "Another Giver", "once": "z" * 43}
    a_paid_gift(portal, work, EN, other="40", **another)
    page = portal.browser("anna", language).page(portal.at("fund"))
    assert page.says(held) and page.says(counts), page.text
    ledger = page.text[page.text.rindex("Ledger" if language == "en" else "Книга") :]
    assert "-" not in ledger and "\u2212" not in ledger
