"""The colours of the token file, measured: text reaches 4.5:1, signs and edges reach 3:1."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css"
BLOCK = re.compile(
    r"(:root(?:\[[^]]*\]|:not\([^)]*\))?) \{\n\s*color-scheme: \w+;(.*?)\}", re.DOTALL
)
COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")

GROUNDS = ("paper", "card")
SOFT = ("info-soft", "done-soft", "warn-soft", "danger-soft", "shade", "field")
TEXTS = (
    *("ink", "ink-2", "ink-3", "gold-text", "alert-text"),
    *("documents-text", "money-text", "field-text", "voice-text"),
)
SIGNS = ("line-documents", "line-money", "line-field", "line-voice", "gold", "alert", "edge")
TEXT_PAIRS = (
    *((text, ground) for text in TEXTS for ground in GROUNDS),
    *(("ink", soft) for soft in SOFT),
    *(("ink-2", soft) for soft in SOFT),
    *(("on-ink", ground) for ground in ("ink", "ink-2", "alert")),
    ("ink-3", "field"),
    ("alert-text", "danger-soft"),
)
SIGN_PAIRS = tuple((sign, ground) for sign in SIGNS for ground in GROUNDS)


def themes() -> dict[str, dict[str, str]]:
    """Give the colours of each block of the token file."""
    text = TOKENS.read_text(encoding="utf-8")
    found = {selector: dict(COLOUR.findall(body)) for selector, body in BLOCK.findall(text)}
    return {
        "light": found[":root"],
        "dark by system": found[':root:not([data-theme="light"])'],
        "dark by choice": found[':root[data-theme="dark"]'],
    }


THEMES = themes()


def luminance(colour: str) -> float:
    """Give the relative luminance. Source: WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two colours. Source: WCAG 2.2, contrast ratio."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_is_readable_on_its_ground(theme: str, text: str, ground: str) -> None:
    assert contrast(THEMES[theme][text], THEMES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("sign", "ground"), SIGN_PAIRS)
def test_lines_signs_and_edges_can_be_seen(theme: str, sign: str, ground: str) -> None:
    assert contrast(THEMES[theme][sign], THEMES[theme][ground]) >= 3.0


def test_the_dark_theme_is_the_same_by_system_and_by_choice() -> None:
    assert THEMES["dark by system"] == THEMES["dark by choice"]


def test_both_themes_name_the_same_colours() -> None:
    assert THEMES["light"].keys() == THEMES["dark by choice"].keys()
