"""Answering the questions of a paper page by page, as somebody does on a phone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from playwright.sync_api import Page, expect

from tests.browser.watching import assert_fits
from tests.browser.world import choose, submit

Rows = Sequence[Mapping[str, str]]


def answer_pages(
    page: Page,
    typed: Mapping[str, str],
    tables: Mapping[str, Rows] | None = None,
    *,
    sealed: str = "",
) -> None:
    """Answer page after page until the interview leads back to the paper.

    ``sealed`` is in a row of every table, and stands on no page of the list.
    """
    while "/questions/" in page.url:
        answer_page(page, typed, tables or {}, sealed=sealed)
        submit(page, "button[name=action][value=next]")


def answer_page(
    page: Page, typed: Mapping[str, str], tables: Mapping[str, Rows], *, sealed: str
) -> None:
    """Answer what a page of the interview asks: texts, rows of tables, or that there is none."""
    assert_fits(page)
    for key, value in typed.items():
        if page.locator(f"[name='a-{key}']").count():
            choose(page, key, value)
    asked = page.locator("fieldset.answer:has([name^='t-'])").evaluate_all(
        "found => found.map((each) => each.id.slice(2))"
    )
    for table in asked:
        if table in tables:
            add_rows(page, table, tables[table], sealed=sealed)
        else:
            page.locator(f"#a-{table}-none").check()
            expect(page.locator(f"#state-{table} [role=status]")).to_be_visible()
    assert_fits(page)


def add_rows(page: Page, table: str, rows: Rows, *, sealed: str) -> None:
    """Add the rows of a table one by one; take the last one away and put it back."""
    field_of = page.locator(f"#a-{table}")
    for number, row in enumerate(rows, 1):
        with page.expect_navigation():
            field_of.locator("a.button").last.click()
        for column, value in row.items():
            choose(page, column, value)
        assert_fits(page)
        submit(page, "button[name=action][value=back]")
        expect(field_of.locator(".row-card")).to_have_count(number)
    # A sealed row shows on its card only what tells it from the others.
    expect(field_of).not_to_contain_text(sealed)
    submit(page, f"#a-{table} .row-card:last-child button[formaction$='/remove']")
    expect(field_of.locator(".row-card")).to_have_count(len(rows) - 1)
    field_of.locator("details summary").first.click()
    submit(page, f"#a-{table} details button[formaction$='/restore']")
    expect(field_of.locator(".row-card")).to_have_count(len(rows))


def fill_in(page: Page, values: Mapping[str, str]) -> None:
    """Fill in fields by name: texts, lists, ticks."""
    for name, value in values.items():
        element = page.locator(f"main [name='{name}']")
        if element.get_attribute("type") == "checkbox":
            element.check()
        elif element.evaluate("e => e.tagName") == "SELECT":
            element.select_option(value)
        else:
            element.fill(value)
