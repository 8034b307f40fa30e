"""A portal for the tests of the help screens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from quests.route.library import PackLibrary
from tests.web.portal import Portal, a_portal


@pytest.fixture
def portal(program: Flask, library: PackLibrary) -> Iterator[Portal]:
    found = a_portal(program, library)
    yield found
    found.database.dispose()
