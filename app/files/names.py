"""Cleaning the names that files from outside come with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

LONGEST_NAME = 100
"""Of a name without its extension."""
LONGEST_EXTENSION = 19
EXTENSIONS: Mapping[str, str] = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "application/pdf": ".pdf",
}


def shown_name(given: str, media_type: str, *, fallback: str) -> str:
    """Give a safe name to show and to download under, with the extension of what it really is."""
    return (_plain(_last(given).rsplit(".", 1)[0]) or fallback) + EXTENSIONS[media_type]


def sent_name(given: str) -> str:
    """Give the name a file came with, safe to show; empty when it had none."""
    stem, dot, ending = _last(given).rpartition(".")
    return f"{_plain(stem)}{dot}{_plain(ending)[:LONGEST_EXTENSION]}".strip(".")


def _last(given: str) -> str:
    return re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]


def _plain(text: str) -> str:
    # Separators, control and direction marks could disguise a name; letters of any script stay.
    kept = "".join(ch if ch.isalnum() or ch in " -_()№+," else " " for ch in text)
    return " ".join(kept.split())[:LONGEST_NAME].strip()
