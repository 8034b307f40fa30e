"""Sealed answers that do not agree: said in words, never as dots beside dots."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from app.accounts.queries import find_campaign
from app.config import Settings
from documents.clerk.describing import Telling, remark_view
from documents.clerk.examining import examine
from documents.clerk.rules.case import Finding, Pair, Param
from documents.clerk.rules.differences import Sort
from documents.clerk.shape import Severity
from documents.paperwork.remarks import RemarkView
from tests.page import Page
from tests.web.clerk.program import a_clerk_desk, sign_newest
from tests.web.paperwork.program import answer_all, path
from tests.web.portal import Portal

Say = Callable[..., RemarkView]
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def say(russian: Portal, settings: Settings) -> Iterator[Say]:
    """Put a finding of the Russian pack about one pair of texts into words."""
    desk = a_clerk_desk(settings, russian.library)
    with russian.database.reading() as session, russian.app.test_request_context(headers=ENGLISH):
        campaign = find_campaign(session, russian.campaigns["anna"])
        assert campaign is not None
        examined = examine(session, desk, campaign, now=russian.now)
        assert examined is not None
        telling = Telling(campaign_id=campaign.id, examined=examined, language="en")

        def said(rule: str, key: str, one: str, other: str, **params: Param) -> RemarkView:
            pair = Pair(key=key, one=one, other=other, kind="income")
            params |= {"other": "consent"} if "across" in rule else {}
            finding = Finding(
                rule=rule,
                severity=Severity.STOP,
                kind="income",
                answers=(key,) if params else (),
                pairs=(pair,) if one or other else (),
                params=params,
            )
            return remark_view(finding, telling)

        yield said


def test_of_two_numbers_it_is_said_which_paper_has_which_end(say: Say) -> None:
    found = say("identity_across", "passport", "40 05 654321", "40 05 123456")
    (pair,) = found.pairs
    assert "Passport" in pair.label and not (pair.one or pair.other)
    # The paper of the finding is the one that says the other.
    consent, income = pair.words.split(", ")
    assert "consent" in consent and consent.endswith("has ••••21")
    assert "income" in income and income.endswith("has ••••56.")
    assert "6543" not in str(found) and "1234" not in str(found)


def test_numbers_with_the_same_end_are_said_to_differ_before_it(say: Say) -> None:
    (pair,) = say("identity_across", "passport", "40 05 654356", "40 05 123456").pairs
    assert pair.words.count("••••56") == 1 and "differ before that" in pair.words


@pytest.mark.parametrize(
    ("rule", "key", "one", "other"),
    [
        ("status_across", "foreign_agent", "affiliated", "no"),
        ("status_across", "conviction", "none", "has"),
        ("status_across", "conviction_text", "ч. 1 ст. 112 УК РФ", "ч. 2 ст. 158 УК РФ"),
        ("stale", "passport_issued_on", "2004-04-20", "2004-04-21"),
        ("stale", "passport_issuer", "ТП № 5", "ТП № 6"),
        ("stale", "income", "none", ""),
    ],
)
def test_of_all_else_only_the_places_are_named(
    say: Say, rule: str, key: str, one: str, other: str
) -> None:
    (pair,) = say(rule, key, one, other).pairs
    assert pair.words.endswith(("do not say the same.", "changed after the paper was issued."))
    assert "•" not in pair.words


def test_an_empty_place_is_said_to_be_empty(say: Say) -> None:
    (across,) = say("identity_across", "snils", "", "112-233-445 95").pairs
    assert "says nothing" in across.words and "•" not in across.words
    assert "given after" in say("stale", "snils", "", "112-233-445 95").pairs[0].words
    assert "taken away after" in say("stale", "snils", "112-233-445 95", "").pairs[0].words


def test_a_word_in_a_sealed_answer_is_not_told_beside_the_name(say: Say) -> None:
    found = say("yo", "passport_issuer", "Ёлкина", "Елкина")
    assert found.pairs == () and "issued by" in found.what
    assert "•" not in str(found) and "лкина" not in str(found)


def test_what_sort_of_slip_it_is_is_told_of_a_sealed_answer_too(say: Say) -> None:
    found = say("tidy", "passport_issuer", "", "", sort=Sort.SPACES)
    assert "spaces" in found.what and "•" not in found.what


@pytest.mark.parametrize("language", ["ru", "en"])
def test_from_a_stale_paper_one_tap_leads_to_the_field_where_it_can_be_opened(
    russian: Portal, language: str
) -> None:
    anna = russian.browser("anna", language)
    answer_all(russian, anna)
    anna.send(path(russian, "/issue"), start=path(russian))
    where = path(russian, "/questions/passport")
    form = anna.page(where).form("/questions/passport")
    anna.send(where, {**form, "a-passport": "40 05 654321"}, start=where)
    page = anna.page(russian.at("clerk"))
    (stale,) = page.soup.select("#stops-consent .finding dl.pairs")
    assert "••••56" in stale.get_text() and "••••21" in stale.get_text()
    link = stale.select_one("a")
    assert link is not None and str(link["href"]).endswith("#a-passport")
    shown: Page = anna.page(str(link["href"]).partition("#")[0])
    field = shown.soup.find(id="a-passport").find_parent(class_="answer")
    assert field.find("button", formaction=lambda action: action and "passport" in action)


def test_that_a_paper_is_out_of_date_is_said_once_in_the_list(russian: Portal) -> None:
    anna = russian.browser("anna", "en")
    answer_all(russian, anna)
    anna.send(path(russian, "/issue"), start=path(russian))
    sign_newest(russian)
    where = path(russian, "/questions/passport")
    form = anna.page(where).form("/questions/passport")
    anna.send(where, {**form, "a-passport": "40 05 654321"}, start=where)
    assert anna.page(russian.at("clerk")).soup.select("a.finding-go[href*='finding=stale.']")
    line = anna.page(russian.at("documents")).soup.find("a", href=path(russian)).find_parent("tr")
    assert [badge.get_text().strip() for badge in line.select(".badge")] == ["out of date"]
    assert line.select_one(".found-stop") is None
    beside = anna.page(f"{where}?finding=stale.passport.nomination").soup.select_one(".remark")
    assert "••••21" in beside.get_text() and not beside.select("dl a")
