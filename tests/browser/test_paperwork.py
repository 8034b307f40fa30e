"""A paper with tables, on a phone: rows are added, removed and put back, and the scan is accepted.

What the same person has answered for one paper stands in the next one already.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from quests.route.library import PackLibrary
from tests.browser.conftest import PHONE, BrowserOf
from tests.browser.live import LiveServer, serving
from tests.browser.travelling import press, review
from tests.browser.watching import assert_fits
from tests.browser.whole_slice.papers import photos_of
from tests.browser.whole_slice.trip import PRESS_MS, downloaded
from tests.browser.world import World, a_world, choose, submit
from tests.web.portal import RU

Rows = Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one candidate answers, and where."""

    language: str
    name: str
    kind: str
    other: str
    """Another paper, and a page of it, that asks something which is answered here."""
    known: tuple[str, str]
    step: str
    answers: Mapping[str, str]
    """What conditions of the route ask about, by step and field."""
    typed: Mapping[str, str]
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
    answers={"a1_can_i.nomination": "self"},
    typed={
        "surname": "Соколова",
        "first_name": "Мария",
        "patronymic": "Павловна",
        "passport": "40 05 123456",
        "snils": "112-233-445 95",
        "income_year": "2025",
        "property_on": "2026-06-01",
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
    sealed="Лада Гранта",
)


@pytest.fixture(scope="module")
def live(
    tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path, library: PackLibrary
) -> Iterator[LiveServer]:
    """A portal of its own with a worker: papers are typeset."""
    data = tmp_path_factory.mktemp("paperwork")
    with serving(data, empty_sqlite, library, works=True) as server:
        yield server


@pytest.fixture(scope="module")
def world(live: LiveServer, library: PackLibrary) -> World:
    """Both coalitions."""
    return a_world(live.database, library)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("told", [PETERSBURG], ids=["petersburg"])
def test_a_paper_with_tables_is_answered_on_a_phone_and_accepted(
    browser_of: BrowserOf, world: World, library: PackLibrary, told: Told
) -> None:
    whose = a_candidate(world, library, told)
    page = browser_of(world.people[whose], language=told.language, width=PHONE)
    page.goto(world.at(f"documents/{told.kind}", whose))
    assert_fits(page)
    submit(page, "a.button[href*='/questions/']")
    while "/questions/" in page.url:
        answer_page(page, told)
        submit(page, "button[name=action][value=next]")
    press(page, "/issue")
    link = page.locator("a[href*='/issued/']").first
    expect(link).to_be_visible(timeout=PRESS_MS)
    printed = downloaded(page, link)
    said = words_of(printed)
    for words in told.printed:
        assert words in said, f"{words!r} is not on the paper:\n{said}"
    page.set_input_files("#file", photos_of(printed))
    press(page, "/scans")
    press(page, "/send")
    expect(page.locator("form[action$='/withdraw']")).to_be_visible()
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


def answer_page(page: Page, told: Told) -> None:
    """Answer what a page of the interview asks: texts, rows of tables, or that there is none."""
    assert_fits(page)
    for key, value in told.typed.items():
        if page.locator(f"[name='a-{key}']").count():
            choose(page, key, value)
    tables = page.locator("fieldset.answer:has([name^='t-'])").evaluate_all(
        "found => found.map((each) => each.id.slice(2))"
    )
    for table in tables:
        if table in told.tables:
            add_rows(page, table, told)
        else:
            page.locator(f"#a-{table}-none").check()
            expect(page.locator(f"#state-{table} [role=status]")).to_be_visible()
    assert_fits(page)


def add_rows(page: Page, table: str, told: Told) -> None:
    """Add the rows of a table one by one; take the last one away and put it back."""
    rows, field_of = told.tables[table], page.locator(f"#a-{table}")
    for number, row in enumerate(rows, 1):
        with page.expect_navigation():
            field_of.locator("a.button").last.click()
        for column, value in row.items():
            choose(page, column, value)
        assert_fits(page)
        submit(page, "button[name=action][value=back]")
        expect(field_of.locator(".row-card")).to_have_count(number)
    # A sealed row shows on its card what it is about, never all that is written in it.
    expect(field_of).not_to_contain_text(told.sealed)
    submit(page, f"#a-{table} .row-card:last-child button[formaction$='/remove']")
    expect(field_of.locator(".row-card")).to_have_count(len(rows) - 1)
    field_of.locator("details summary").first.click()
    submit(page, f"#a-{table} details button[formaction$='/restore']")
    expect(field_of.locator(".row-card")).to_have_count(len(rows))


def words_of(pdf: bytes) -> str:
    """Give the text of a printed paper, spaces folded, hyphens of line ends left as they are."""
    pages = pypdfium2.PdfDocument(pdf)
    said = " ".join(sheet.get_textpage().get_text_range() for sheet in pages)
    return " ".join(said.replace("\u00a0", " ").split())


def a_candidate(world: World, library: PackLibrary, told: Told) -> str:
    """Plant a candidate for whom the step of the paper is open; give their short name."""
    whose = world.a_candidate(told.language, told.name)
    world.prove([step.key for step in library[RU].steps if step.key != told.step], whose)
    world.answer(told.answers, whose)
    return whose
