"""Sealed answers: whoever has not given them learns nothing, not even which warning they earned."""

from __future__ import annotations

import pytest
from flask import Flask

from quests.route.library import PackLibrary
from tests.page import Page
from tests.web.portal import EN, Portal, a_portal

STEP = "eligibility"
SAID = {"a-conviction": "yes", "a-citizenship": "eu_treaty"}


@pytest.fixture
def portal(program: Flask, library: PackLibrary) -> Portal:
    found = a_portal(program, library, pack_id=EN)
    found.prove(["pick_ward"])
    path = found.at(f"steps/{STEP}")
    found.browser("anna").send(f"{path}/answers", {**SAID, "action": "draft"}, start=path)
    return found


def words_of(portal: Portal) -> tuple[str, str]:
    """Give what the pack says of a conviction, and of that citizenship."""
    fields = portal.library[EN].words_of(STEP, "en").field
    return fields["conviction"].stop["yes"], fields["citizenship"].warn["eu_treaty"]


def step_as(portal: Portal, who: str) -> Page:
    return portal.browser(who).page(portal.at(f"steps/{STEP}"))


def test_the_candidate_reads_why_an_answer_stops(portal: Portal) -> None:
    page = step_as(portal, "anna")
    stops, warns = words_of(portal)
    assert page.says(stops[:40]) and page.says(warns[:40])


@pytest.mark.parametrize("who", ["vera", "chief"])
def test_a_coordinator_learns_nothing_from_what_is_said_of_it(portal: Portal, who: str) -> None:
    page = step_as(portal, who)
    assert page.says("••••")
    assert not any(page.says(words[:40]) for words in words_of(portal))


@pytest.mark.parametrize("who", ["anna", "vera"])
def test_the_end_of_a_choice_is_not_shown(portal: Portal, who: str) -> None:
    for page in (step_as(portal, who), portal.browser(who).page(portal.at("papers"))):
        assert page.says("••••")
        assert not page.says("••••ty")
