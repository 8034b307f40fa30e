"""Every form of the work area, sent to a step that never asked for it: there is no such thing."""

from __future__ import annotations

import pytest
from flask import Flask

from quests.route.library import PackLibrary
from tests.web.portal import Portal, a_portal

BEFORE, STEP = "a1_can_i", "a4_papers"
FORMS = {
    "answers": {"action": "draft"},
    "files/scan": {},
    "files/scan/send": {},
    "checklist": {"action": "send", "ticked": "x"},
    "quiz": {},
    "meeting": {},
    "meeting/held": {},
}
GARBAGE = {"day": "yesterday", "time": "soon", "outcome": "", "q-x": "y", "version": "x", "a": ""}


@pytest.fixture
def portal(program: Flask, library: PackLibrary) -> Portal:
    found = a_portal(program, library)
    found.prove([BEFORE])
    return found


@pytest.mark.parametrize(
    "form", ["files/scan", "files/scan/send", "quiz", "meeting", "meeting/held"]
)
@pytest.mark.parametrize("typed", [{}, GARBAGE], ids=["nothing", "garbage"])
def test_a_form_of_another_kind_is_not_found(
    portal: Portal, form: str, typed: dict[str, str]
) -> None:
    path = portal.at(f"steps/{STEP}")
    portal.browser("anna").send(f"{path}/{form}", FORMS[form] | typed, status=404, start=path)


@pytest.mark.parametrize("form", FORMS)
def test_a_step_the_pack_does_not_have_is_not_found(portal: Portal, form: str) -> None:
    start = portal.at(f"steps/{STEP}")
    path = portal.at(f"steps/no_such_step/{form}")
    portal.browser("anna").send(path, FORMS[form] | GARBAGE, status=404, start=start)
