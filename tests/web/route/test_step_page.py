"""The Step screen in every state, and putting a step off."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask
from sqlalchemy import select

from quests.evidence.models import Evidence
from quests.route.library import PackLibrary
from quests.route.models import Snooze
from tests.page import CheckingClient, Page
from tests.web.portal import EN, RU, Portal, a_portal

FIRST = "a1_can_i"


def locked_step(portal: Portal) -> str:
    """Give a step that opens only after others."""
    steps = portal.library[portal.pack_id].steps
    return next(
        step.key
        for step in steps
        if step.opens is not None and step.opens.step is not None and step.applies is None
    )


def step(portal: Portal, browser: CheckingClient, key: str) -> Page:
    response = browser.get(portal.at(f"steps/{key}"))
    assert response.status_code in (200, 403), f"{key}: {response.status_code}"
    return Page(response)


@pytest.mark.parametrize("pack_id", [RU, EN])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_step_has_a_page_in_every_state(
    program: Flask, library: PackLibrary, pack_id: str, language: str
) -> None:
    portal = a_portal(program, library, pack_id=pack_id)
    browser = portal.browser("anna", language)
    keys = [one.key for one in library[pack_id].steps]
    words = library[pack_id].words_in(language)
    seen = [step(portal, browser, key) for key in keys]
    assert {page.status for page in seen} == {200, 403}
    for key in keys:
        title = " ".join(words.step[key].title.split())
        assert title == seen[keys.index(key)].h1
    for state in ("returned", "submitted", "accepted"):
        portal.prove(keys, state=state)
        for key in keys:
            page = step(portal, browser, key)
            assert len(gzip.compress(page.html.encode())) < 30_000, key


def test_every_open_step_has_a_page_for_every_kind_of_viewer(portal: Portal) -> None:
    portal.prove([one.key for one in portal.library[RU].steps])
    for who in ("vera", "lawyer", "canvasser"):
        browser = portal.browser(who)
        for one in portal.library[RU].steps:
            step(portal, browser, one.key)


def test_a_locked_step_says_what_opens_it_and_nothing_else(portal: Portal) -> None:
    key = locked_step(portal)
    page = step(portal, portal.browser("anna"), key)
    words = portal.library[RU].words_in("en")
    assert page.status == 403
    assert page.says("This step is still locked") and page.says("Opens after")
    assert page.soup.select("main form") == []
    assert page.soup.find(id="work") is None and page.soup.find(id="ask") is None
    what = words.step[key].what.split("\n")[0].strip("*#- ")[:40]
    assert what not in page.text
    opener = portal.library[RU].step_by_key[key].opens
    assert opener is not None and opener.step is not None
    assert page.says(words.step[opener.step].title)


def test_what_opens_a_locked_step_is_a_link_when_it_can_be_opened(portal: Portal) -> None:
    for one in portal.library[RU].steps:
        if one.opens is not None and one.opens.step == FIRST:
            page = step(portal, portal.browser("anna"), one.key)
            assert page.soup.find("main").find("a", href=portal.at(f"steps/{FIRST}"))
            return
    pytest.skip("no step of the pack opens after the first one alone")


def test_a_question_can_not_be_put_on_a_locked_step_by_address(portal: Portal) -> None:
    browser, key = portal.browser("anna"), locked_step(portal)
    path = portal.at(f"steps/{key}/questions")
    refused = browser.send(
        path,
        {"question": "Что здесь делать?", "audience": "private"},
        status=409,
        start=portal.at("route"),
    )
    assert refused.says("This is not open yet")
    assert refused.soup.select(f"main a[href='{portal.at(f'steps/{key}')}']")
    browser.send(path, {"question": ""}, status=403, start=portal.at("route"))


def test_an_unknown_step_is_missing(portal: Portal) -> None:
    portal.browser("anna").page(portal.at("steps/none_such"), 404)


def test_a_canvasser_sees_no_work_area(portal: Portal) -> None:
    page = step(portal, portal.browser("canvasser"), FIRST)
    assert page.soup.find(id="work") is None
    assert page.says("This step is for other roles of the team.")


def test_a_step_that_does_not_apply_says_so(program: Flask, library: PackLibrary) -> None:
    for pack_id in (RU, EN):
        portal = a_portal(program, library, pack_id=pack_id)
        browser = portal.browser("anna")
        portal.prove([one.key for one in library[pack_id].steps])
        said = [
            step(portal, browser, one.key).says("On your route this step is not needed")
            for one in library[pack_id].steps
            if one.applies is not None
        ]
        assert said is not None


def test_a_refused_question_keeps_what_was_typed(portal: Portal) -> None:
    browser = portal.browser("anna")
    page = browser.send(
        portal.at(f"steps/{FIRST}/questions"),
        {"question": "как?", "audience": "coalition"},
        status=422,
        start=portal.at("route"),
    )
    assert "Write a few words more." in page.error_of("question")
    assert page.form("/questions")["question"] == "как?"
    assert page.form("/questions")["audience"] == "coalition"


def snooze(portal: Portal, who: str, key: str, days: object, status: int = 303) -> Page:
    return portal.browser(who).send(
        portal.at(f"steps/{key}/snooze"), {"days": days}, status=status, start=portal.at("route")
    )


def snoozed(portal: Portal) -> list[str]:
    with portal.database.reading() as session:
        return list(session.scalars(select(Snooze.step_key)))


def test_a_step_is_put_off_and_taken_back(program: Flask, library: PackLibrary) -> None:
    portal = a_portal(program, library, days=200, published=False)
    browser = portal.browser("anna")
    assert browser.page(portal.at(f"steps/{FIRST}")).says("Put off for 3 days")
    snooze(portal, "anna", FIRST, 3)
    assert snoozed(portal) == [FIRST]
    page = browser.page(portal.at(f"steps/{FIRST}"))
    assert page.says("Put off until") and page.says("Propose it again now")
    snooze(portal, "anna", FIRST, 0)
    assert snoozed(portal) == []


@pytest.mark.parametrize("days", [15, -1, 10**12, "x", ""])
def test_a_senseless_length_is_refused(portal: Portal, days: object) -> None:
    page = snooze(portal, "anna", FIRST, days, 422)
    assert page.says("Put a step off for 1 to 14 days.") and snoozed(portal) == []


def test_a_step_is_not_put_off_past_its_latest_sensible_start(portal: Portal) -> None:
    # The commission's days run from the publication, and three of them are gone.
    page = snooze(portal, "anna", FIRST, 14, 422)
    assert page.says("it would be late then") and snoozed(portal) == []
    assert not portal.browser("anna").page(portal.at(f"steps/{FIRST}")).says("Put off for")


def test_done_and_locked_steps_are_not_put_off(portal: Portal) -> None:
    snooze(portal, "anna", locked_step(portal), 3, 409)
    portal.prove([FIRST])
    snooze(portal, "anna", FIRST, 3, 409)
    assert not portal.browser("anna").page(portal.at(f"steps/{FIRST}")).says("Put off for 3 days")


def test_only_those_who_work_on_the_step_put_it_off(portal: Portal) -> None:
    snooze(portal, "canvasser", FIRST, 3, 403)
    snooze(portal, "vera", FIRST, 3, 403)
    snooze(portal, "pavel", FIRST, 3, 404)
    assert not portal.browser("vera").page(portal.at(f"steps/{FIRST}")).says("Put off for")


def test_answers_a_lawyer_has_not_cleared_are_never_shown(portal: Portal) -> None:
    pack = portal.library[RU]
    portal.prove([one.key for one in pack.steps])
    browser = portal.browser("anna", "ru")
    hidden = [one for one in pack.questions["ru"] if one.answer and not one.is_shown]
    assert hidden
    for one in hidden:
        page = step(portal, browser, one.step)
        assert page.status == 403 or " ".join(one.ask.split())[:30] in page.text
        assert " ".join(one.answer.split())[:60] not in page.text


def test_evidence_of_another_campaign_changes_nothing(portal: Portal) -> None:
    portal.prove([FIRST], "pavel")
    with portal.database.reading() as session:
        assert session.scalars(select(Evidence)).first() is not None
    assert portal.browser("anna").page(portal.at("route")).says("Start this step")


def test_the_reason_of_returned_work_stands_once_beside_the_work(portal: Portal) -> None:
    portal.prove([FIRST], state="returned")
    page = step(portal, portal.browser("anna"), FIRST)
    reason = "Sign the second page."
    work = page.soup.find(id="work")
    assert work is not None
    pieces = portal.library[RU].step_by_key[FIRST].evidence
    assert work.get_text().count(reason) == len(pieces)
    assert page.text.count(reason) == len(pieces)
