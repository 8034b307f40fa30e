"""The page of a sealed row tells marks of what one types: they are of use for that place only."""

from __future__ import annotations

import pytest

from app.config import Settings, secret_key
from app.sealing import Seal
from tests.page import CheckingClient
from tests.web.portal import Portal

PASSPORT = "4005123456"


def new_row(browser: CheckingClient, base: str) -> str:
    return browser.open(base + "/new").headers["Location"].split("?")[0]


def keep(browser: CheckingClient, row: str, text: str) -> str:
    """Type a text into the first place of a row; give what the page knows it by afterwards."""
    form = browser.page(row).form("/tables/")
    browser.send(row, {**form, "a-source": text}, start=row)
    return str(browser.page(row).soup.find(attrs={"name": "w-source"})["value"])


@pytest.fixture
def base(russian: Portal) -> str:
    return russian.at("documents/income/tables/income")


def test_no_row_tells_the_mark_of_a_voter_or_of_anything_else(
    russian: Portal, settings: Settings, base: str
) -> None:
    anna, victim = russian.browser("anna"), russian.campaigns["pavel"]
    seal = Seal.from_secret(secret_key(settings))
    row = new_row(anna, base)
    for text in (f"signature {victim} {PASSPORT}", PASSPORT, f'[{victim}, "{PASSPORT}"]'):
        told = keep(anna, row, text)
        assert len(told) == 64
        assert told not in {
            seal.mark("voter", victim, PASSPORT),
            seal.mark("voter", text),
            seal.mark("place of a row", text),
        }


def test_the_same_text_is_told_by_another_mark_in_another_row(russian: Portal, base: str) -> None:
    anna = russian.browser("anna")
    rows = [new_row(anna, base) for _ in range(2)]
    assert len({keep(anna, row, PASSPORT) for row in rows}) == 2
