"""A program with packets and a coalition in it, for each pack."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from app.config import Settings
from app.web.kernel import EXTENSION
from quests.route.library import PackLibrary
from tests.web.packets.program import AClerk, a_program
from tests.web.portal import EN, RU, Portal, a_portal


@pytest.fixture
def clerk() -> AClerk:
    """A clerk who finds nothing until told."""
    return AClerk()


@pytest.fixture
def program(settings: Settings, library: PackLibrary, clerk: AClerk) -> Iterator[Flask]:
    """The program with packets."""
    app = a_program(settings, library, clerk)
    yield app
    app.extensions[EXTENSION].database.dispose()


@pytest.fixture(params=[RU, EN])
def portal(program: Flask, library: PackLibrary, request: pytest.FixtureRequest) -> Portal:
    """A coalition in each pack."""
    return a_portal(program, library, pack_id=request.param)


@pytest.fixture
def russian(program: Flask, library: PackLibrary) -> Portal:
    """A coalition of the Russian pack."""
    return a_portal(program, library, pack_id=RU)
