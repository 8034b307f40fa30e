"""Markdown of packs and people becomes safe HTML."""

from __future__ import annotations

import pytest

from app.web.prose import prose, without_title


def test_headings_start_below_the_pages_own() -> None:
    assert prose("# One\n\n## Two\n\n### Three\n\n#### Four", 2) == (
        "<h2>One</h2>\n<h3>Two</h3>\n<h4>Three</h4>\n<h4>Four</h4>\n"
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,x)",
        "![x](https://example.org/spy.png)",
        '<p style="color:red" onclick="x()">x</p>',
    ],
)
def test_nothing_that_acts_or_loads_comes_through(hostile: str) -> None:
    html = str(prose(hostile))
    for word in ("<script", "<img", 'href="javascript', 'href="data', "<p style"):
        assert word not in html


def test_links_out_tell_nothing_back() -> None:
    html = str(prose("[law](https://example.org/law)"))
    assert 'rel="noopener noreferrer"' in html and 'href="https://example.org/law"' in html


def test_a_table_comes_through() -> None:
    assert "<table>" in prose("| a | b |\n|---|---|\n| 1 | 2 |")


def test_the_title_is_split_off_an_article() -> None:
    assert without_title("# Title\n\nText") == ("Title", "Text")
    assert without_title("Text only\nmore") == ("", "Text only\nmore")
    assert without_title("") == ("", "")
