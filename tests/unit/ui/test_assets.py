"""Where built files are, and what is said when they are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

from app.web.assets import Assets, BuiltFiles, FrontEndNotBuilt


def test_a_name_becomes_the_address_of_its_build(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"css/site.css": "css/site-AB12.css"}')
    assert Assets.of(tmp_path).asset("css/site.css") == "/static/css/site-AB12.css"


def test_a_missing_build_is_refused_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(FrontEndNotBuilt, match="make install"):
        Assets.of(tmp_path)


def test_a_name_that_was_not_built_is_refused() -> None:
    with pytest.raises(FrontEndNotBuilt, match=r"no 'css/other\.css'"):
        Assets(addresses={}).asset("css/other.css")


def served_from(dist: Path) -> Client:
    return Client(BuiltFiles(Response("not found", status=404), dist))


def test_a_running_program_serves_the_files_of_a_build_made_after_its_start(tmp_path: Path) -> None:
    client = served_from(tmp_path)
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "site-NEW.css").write_text("p{}" * 100)
    (tmp_path / "css" / "site-NEW.css.gz").write_bytes(b"packed")
    answer = client.get(
        "/static/css/site-NEW.css", headers={"Accept-Encoding": "gzip"}, buffered=True
    )
    assert (answer.status_code, answer.data) == (200, b"packed")
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["/static/../secret", "/static/css/../../secret", "/static/%2e%2e/secret", "/static/"]
)
def test_nothing_outside_the_build_is_served(tmp_path: Path, path: str) -> None:
    (tmp_path / "secret").write_text("key")
    (tmp_path / "dist").mkdir()
    assert served_from(tmp_path / "dist").get(path).status_code == 404
