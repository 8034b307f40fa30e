"""What tests need that draw sheets in their own process."""

from __future__ import annotations

import pytest

from documents.press.client import FONTS


@pytest.fixture
def bundled_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine in this process draws with the fonts that the press has."""
    monkeypatch.setenv("FONTCONFIG_FILE", str(FONTS))
