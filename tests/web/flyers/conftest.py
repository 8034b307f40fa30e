"""One press for all tests of the studio: it is slow to warm."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.config import Settings
from documents.press.client import Press
from tests.web.flyers.studio_program import StudioWorld, a_studio


@pytest.fixture
def studio(settings: Settings, press: Press) -> Iterator[StudioWorld]:
    """The studio of a Russian campaign."""
    with a_studio(settings, press) as found:
        yield found
