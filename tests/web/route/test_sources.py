"""Where a rule comes from, said to the reader and never as a key of the pack."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from quests.route.library import PackLibrary
from tests.page import Page
from tests.web.portal import EN, RU, Portal, a_portal


def cites(portal: Portal, language: str, key: str) -> dict[str, str]:
    """The sources on a step's page and where they can be read."""
    page = Page(portal.browser("anna", language).get(portal.at(f"steps/{key}")))
    return {
        " ".join(cite.get_text().split()): str(cite.get("title", ""))
        for cite in page.soup.select("cite")
    }


@pytest.mark.parametrize(
    ("language", "said", "reference"),
    [
        ("ru", "67-ФЗ, ст. 4, ст. 33, п. 2.1", "действующая редакция не прочитана"),
        ("en", "Federal Law 67-FZ, art. 4, art. 33(2.1)", "the text in force has not been read"),
    ],
)
def test_a_rule_names_its_source_in_the_readers_language(
    portal: Portal, language: str, said: str, reference: str
) -> None:
    assert reference in cites(portal, language, "a1_can_i")[said]


@pytest.mark.parametrize("pack_id", [RU, EN])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_no_page_shows_the_key_of_a_source(
    program: Flask, library: PackLibrary, pack_id: str, language: str
) -> None:
    portal = a_portal(program, library, pack_id=pack_id)
    portal.prove([step.key for step in library[pack_id].steps])
    for step in library[pack_id].steps:
        for said in cites(portal, language, step.key):
            assert not re.search(r"LEPAR|RPA|PPERA|\[|\bS\d", said), (step.key, said)
            assert bool(re.search("[а-яё]", said, re.IGNORECASE)) is (language == "ru"), (
                step.key,
                said,
            )
