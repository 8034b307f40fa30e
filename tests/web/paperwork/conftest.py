"""A program with paperwork and a coalition in it, for each pack."""

from __future__ import annotations

import pytest
from flask import Flask

from quests.route.library import PackLibrary
from tests.web.paperwork.program import a_paper_portal
from tests.web.portal import EN, RU, Portal


@pytest.fixture(params=[RU, EN])
def portal(program: Flask, library: PackLibrary, request: pytest.FixtureRequest) -> Portal:
    """A coalition at the step of the paper, in both packs."""
    return a_paper_portal(program, library, request.param)


@pytest.fixture
def russian(program: Flask, library: PackLibrary) -> Portal:
    """A coalition of the Russian pack."""
    return a_paper_portal(program, library, RU)
