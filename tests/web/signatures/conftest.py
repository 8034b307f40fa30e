"""A program with signatures and a coalition in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from app.config import Settings
from app.web.kernel import EXTENSION
from documents.press.client import Press
from quests.route.library import PackLibrary
from tests.web.portal import Portal
from tests.web.signatures.program import a_program, a_signing_portal


@pytest.fixture(scope="session")
def press() -> Iterator[Press]:
    """One warm press for all tests."""
    found = Press()
    yield found
    found.close()


@pytest.fixture
def signing(settings: Settings, library: PackLibrary) -> Iterator[Flask]:
    """The program with signatures."""
    app = a_program(settings, library)
    yield app
    app.extensions[EXTENSION].database.dispose()


@pytest.fixture
def portal(signing: Flask, settings: Settings, library: PackLibrary) -> Portal:
    """A coalition of the pack that asks for signatures."""
    return a_signing_portal(signing, settings, library)
