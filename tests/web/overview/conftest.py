"""A program with the overview and a coalition in it."""

from __future__ import annotations

import pytest
from flask import Flask

from app.config import Settings
from quests.route.library import PackLibrary
from tests.overview_world import Jobs, jobs_of
from tests.web.paperwork.program import a_paper_portal
from tests.web.portal import EN, RU, Portal


@pytest.fixture
def portal(program: Flask, library: PackLibrary) -> Portal:
    """A coalition of the English pack at the step of the paper."""
    return a_paper_portal(program, library, EN)


@pytest.fixture(params=[RU, EN])
def either(program: Flask, library: PackLibrary, request: pytest.FixtureRequest) -> Portal:
    """The same in both packs."""
    return a_paper_portal(program, library, request.param)


@pytest.fixture
def jobs(settings: Settings, portal: Portal) -> Jobs:
    """The overview's jobs of the English coalition."""
    return jobs_of(portal, settings)
