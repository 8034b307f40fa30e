"""Cleaning the names that uploaded files come with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

LONGEST_NAME = 100
EXTENSIONS: Mapping[str, str] = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "application/pdf": ".pdf",
}


def shown_name(given: str, media_type: str, fallback: str) -> str:
    """Give a safe name to show and to download under, with the extension of what it really is."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    stem = last.rsplit(".", 1)[0]
    # Separators, control and direction marks could disguise a name; letters of any script stay.
    kept = "".join(ch if ch.isalnum() or ch in " -_()№+," else " " for ch in stem)
    stem = " ".join(kept.split())[:LONGEST_NAME].strip()
    return (stem or fallback) + EXTENSIONS[media_type]
