"""Asking axe-core what a reader with a screen reader, or weak eyes, would stumble over."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SOURCE = Path(__file__).resolve().parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
GRAVE = ("serious", "critical")


@cache
def _source() -> str:
    assert SOURCE.is_file(), "axe-core is missing: make install"
    return SOURCE.read_text(encoding="utf-8")


def grave_findings(page: Page) -> list[str]:
    """Give what axe calls serious or critical, a line each with the elements meant."""
    # A script element would be refused by the page's own policy; an evaluated one is not.
    page.evaluate(_source())
    result: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{found['impact']} {found['id']}: {found['help']}: {_elements(found)}"
        for found in result["violations"]
        if found["impact"] in GRAVE
    ]


def _elements(found: dict[str, Any]) -> str:
    first = found["nodes"][:3]
    return " | ".join(f"{node['html'][:160]} ({node.get('failureSummary', '')})" for node in first)
