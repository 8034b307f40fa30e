"""A paper with tables, on a phone: rows are added, removed and put back, and the scan is accepted.

What the same person has answered for one paper stands in the next one already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from quests.route.library import PackLibrary
from tests.browser.conftest import PHONE, BrowserOf
from tests.browser.travelling import press, review
from tests.browser.watching import assert_fits
from tests.browser.with_worker.answering import Rows, answer_pages
from tests.browser.with_worker.candidates import INCOME, Planted
from tests.browser.with_worker.candidates import PETERSBURG as RUSSIAN
from tests.browser.with_worker.printed import issued, photos_of, send_back, words_of
from tests.browser.world import World, submit
from tests.web.portal import EN, RU


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Planted):
    """What one candidate answers, and where."""

    kind: str
    other: str
    """Another paper, and a page of it, that asks something which is answered here."""
    known: tuple[str, str]
    step: str
    tables: Mapping[str, Rows]
    """Rows by table; of every other table it is said that there is nothing to list."""
    printed: Sequence[str]
    """What the issued paper has to say."""
    sealed: str
    """What is in a sealed row, and stands on no page of the list."""


PETERSBURG = Told(
    language="ru",
    name="Соколова Мария Павловна",
    kind="income",
    other="consent/questions/name",
    known=("surname", "Соколова"),
    step="a5_income",
    days_ahead=80,
    answers={"a1_can_i.nomination": "self"},
    typed={
        **RUSSIAN,
        **INCOME,
        "surname": "Соколова",
        "first_name": "Мария",
    },
    tables={
        "income": [
            {"source": "ГБОУ «Школа № 1 Тихой Гавани»", "sum": "1 234 567,89"},
            {"source": "Вклад, проценты", "sum": "0"},
        ],
        "flats": [{"place": "город Тихая Гавань, улица Берёзовая, дом 5", "area": "54,3"}],
        "vehicles": [{"kind": "car", "model": "Лада Гранта", "year": "2019"}],
    },
    printed=("Берёзовая", "Лада Гранта", "567,89"),
    sealed="2019",
)

ENGLAND = Told(
    language="en",
    name="Lily Brook",
    kind="polling_agents_notice",
    other="nomination_paper/questions/name",
    known=("surname", "Brook"),
    step="agents_appoint",
    # Agents are appointed after the papers are delivered, and the consent to stand is signed no
    # earlier than a month before nominations close: both are weeks before the poll.
    days_ahead=45,
    answers={"independent_or_party.route": "independent", "sopn.contested": "contested"},
    typed={
        "ward": "Mill ward",
        "surname": "Brook",
        "forenames": "Lily",
        "appointed_by": "candidate",
    },
    tables={
        "polling_agents": [
            {"name": "Mary Brown", "address": "2 Mill Road, Elmbridge", "station": "Village hall"},
            {"name": "John Smith", "address": "9 Birch Lane, Elmbridge", "station": "The school"},
        ],
    },
    printed=("Mary Brown", "9 Birch Lane", "Village hall"),
    sealed="9 Birch Lane",
)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("told", [PETERSBURG, ENGLAND], ids=["petersburg", "england"])
def test_a_paper_with_tables_is_answered_on_a_phone_and_accepted(
    browser_of: BrowserOf, world: World, library: PackLibrary, told: Told
) -> None:
    whose = a_candidate(world, library, told)
    page = browser_of(world.people[whose], language=told.language, width=PHONE)
    page.goto(world.at(f"documents/{told.kind}", whose))
    assert_fits(page)
    submit(page, "a.button[href*='/questions/']")
    answer_pages(page, told.typed, told.tables, sealed=told.sealed)
    printed = issued(page, page.locator("a[href*='/issued/']").first)
    said = words_of(printed)
    for words in told.printed:
        assert words in said, f"{words!r} is not on the paper:\n{said}"
    send_back(page, photos_of(printed))
    coordinator = browser_of(world.a_coordinator(whose), language=told.language)
    review(coordinator, "", told.name)
    press(coordinator, "/accept")
    page.reload()
    expect(page.locator("main .notice-done")).to_be_visible()
    assert_fits(page)
    key, answered = told.known
    page.goto(world.at(f"documents/{told.other}", whose))
    expect(page.locator(f"[name='a-{key}']")).to_have_value(answered)
    page.goto(world.at("documents", whose))
    row = page.locator("main tr", has=page.locator(f"a[href$='/documents/{told.kind}']"))
    expect(row.locator(".badge-done")).to_be_visible()
    assert_fits(page)


def a_candidate(world: World, library: PackLibrary, told: Told) -> str:
    """Plant a candidate for whom the step of the paper is open; give their short name."""
    whose = world.a_candidate(told.language, told.name)
    world.let_the_poll_be_in(told.days_ahead, whose)
    steps = library[{"ru": RU, "en": EN}[told.language]].steps
    world.prove([step.key for step in steps if step.key != told.step], whose)
    world.answer(told.answers, whose)
    return whose
