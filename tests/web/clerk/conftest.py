"""A program with the clerk and a coalition in it, for each pack."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from app.config import Settings
from app.web.kernel import EXTENSION
from quests.route.library import PackLibrary
from tests.web.clerk.program import a_program
from tests.web.paperwork.program import a_paper_portal
from tests.web.portal import EN, RU, Portal


@pytest.fixture
def papers(settings: Settings, library: PackLibrary) -> Iterator[Flask]:
    """The program with the clerk."""
    app = a_program(settings, library)
    yield app
    app.extensions[EXTENSION].database.dispose()


@pytest.fixture(params=[RU, EN])
def portal(papers: Flask, library: PackLibrary, request: pytest.FixtureRequest) -> Portal:
    """A coalition at the step of the paper, in both packs."""
    return a_paper_portal(papers, library, request.param)


@pytest.fixture
def russian(papers: Flask, library: PackLibrary) -> Portal:
    """A coalition of the Russian pack."""
    return a_paper_portal(papers, library, RU)
