"""A program with signatures and a coalition in it."""

from __future__ import annotations

import pytest
from flask import Flask

from app.config import Settings
from quests.route.library import PackLibrary
from tests.web.portal import Portal
from tests.web.signatures.program import a_signing_portal


@pytest.fixture
def portal(program: Flask, settings: Settings, library: PackLibrary) -> Portal:
    """A coalition of the pack that asks for signatures."""
    return a_signing_portal(program, settings, library)
