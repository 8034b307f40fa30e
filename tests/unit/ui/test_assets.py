"""Where built files are, and what is said when they are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.web.assets import Assets, FrontEndNotBuilt


def test_a_name_becomes_the_address_of_its_build(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"css/site.css": "css/site-AB12.css"}')
    assert Assets.of(tmp_path).asset("css/site.css") == "/static/css/site-AB12.css"


def test_a_missing_build_is_refused_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(FrontEndNotBuilt, match="make install"):
        Assets.of(tmp_path)


def test_a_name_that_was_not_built_is_refused() -> None:
    with pytest.raises(FrontEndNotBuilt, match=r"no 'css/other\.css'"):
        Assets(addresses={}).asset("css/other.css")
