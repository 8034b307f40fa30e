"""Coalitions for the clerk are those of paperwork."""

from __future__ import annotations

from tests.web.paperwork.conftest import portal, russian

__all__ = ["portal", "russian"]
