"""A program with the overview and a coalition in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from app.config import Settings
from app.web.kernel import EXTENSION
from quests.route.library import PackLibrary
from tests.overview_world import Jobs, an_overview_program, jobs_of
from tests.web.paperwork.conftest import press
from tests.web.paperwork.program import a_paper_portal
from tests.web.portal import EN, RU, Portal

__all__ = ["press"]


@pytest.fixture
def overview(settings: Settings, library: PackLibrary) -> Iterator[Flask]:
    """The program with the overview."""
    app = an_overview_program(settings, library)
    yield app
    app.extensions[EXTENSION].database.dispose()


@pytest.fixture
def portal(overview: Flask, library: PackLibrary) -> Portal:
    """A coalition of the English pack at the step of the paper."""
    return a_paper_portal(overview, library, EN)


@pytest.fixture(params=[RU, EN])
def either(overview: Flask, library: PackLibrary, request: pytest.FixtureRequest) -> Portal:
    """The same in both packs."""
    return a_paper_portal(overview, library, request.param)


@pytest.fixture
def jobs(settings: Settings, portal: Portal) -> Jobs:
    """The overview's jobs of the English coalition."""
    return jobs_of(portal, settings)
