"""What every page costs a phone: the style sheet and the script, as they travel."""

from __future__ import annotations

import gzip

import pytest

from app.web.assets import DIST, URL_PREFIX, asset

BUDGET_BYTES = 25_000


@pytest.mark.parametrize("name", ["css/site.css", "js/site.js"])
def test_what_every_page_loads_stays_within_its_budget(name: str) -> None:
    content = (DIST / asset(name).removeprefix(URL_PREFIX)).read_bytes()
    assert len(gzip.compress(content)) <= BUDGET_BYTES
