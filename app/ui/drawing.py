"""The metro map as HTML, drawn once for equal maps."""

from __future__ import annotations

from functools import lru_cache

from flask import current_app
from markupsafe import Markup

from app.ui.metro import MetroMap
from app.web.language import current_language

REMEMBERED_MAPS = 512
"""About 15 KB each: the campaigns that are being looked at just now."""


def map_markup(metro: MetroMap) -> Markup:
    """Give a map in the reader's language."""
    return _drawn(metro, current_language())


@lru_cache(maxsize=REMEMBERED_MAPS)
def _drawn(metro: MetroMap, language: str) -> Markup:
    """Draw a map. It is a value, so an equal one in the same language looks the same."""
    macros = current_app.jinja_env.get_template("ui/metro_map.html").module
    return Markup(macros.metro_map(metro))  # type: ignore[attr-defined]  # noqa: S704 - our own macro.
