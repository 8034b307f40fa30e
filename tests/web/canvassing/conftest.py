"""The whole program with a campaign that has a house of twenty flats."""

from __future__ import annotations

import pytest
from flask import Flask

from quests.route.library import PackLibrary
from tests.canvassing_world import Field, a_field


@pytest.fixture
def field(program: Flask, library: PackLibrary) -> Field:
    """One entrance with flats 45 to 64 on five floors, walked by the canvasser."""
    return a_field(program, library)
