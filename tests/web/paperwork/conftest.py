"""A program with paperwork and a coalition in it, for each pack."""

from __future__ import annotations

import pytest
from flask import Flask

from app import clock
from app.config import Settings
from documents.paperwork.models import Paper
from documents.press.client import Press
from quests.route.library import PackLibrary
from tests.page import CheckingClient
from tests.web.paperwork.program import a_paper_portal, issue
from tests.web.portal import EN, RU, Portal


@pytest.fixture(params=[RU, EN])
def portal(program: Flask, library: PackLibrary, request: pytest.FixtureRequest) -> Portal:
    """A coalition at the step of the paper, in both packs."""
    return a_paper_portal(program, library, request.param)


@pytest.fixture
def russian(program: Flask, library: PackLibrary) -> Portal:
    """A coalition of the Russian pack."""
    return a_paper_portal(program, library, RU)


@pytest.fixture
def accepted(russian: Portal, settings: Settings, press: Press) -> CheckingClient:
    """Anna, whose issued paper was signed and accepted."""
    anna = issue(russian, russian.browser("anna", "en"), settings, press)
    with russian.database.writing() as session:
        paper = session.query(Paper).one()
        paper.state, paper.accepted_day = "accepted", clock.now().date().toordinal()
    return anna
