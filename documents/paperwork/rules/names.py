"""The names that scans are shown and downloaded under."""

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


def scan_name(given: str, media_type: str, *, fallback: str) -> str:
    """Give a safe name with the extension of what the file really is."""
    stem = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1].rsplit(".", 1)[0]
    # Separators, control and direction marks could disguise a name; letters of any script stay.
    plain = "".join(ch if ch.isalnum() or ch in " -_()№+," else " " for ch in stem)
    return (" ".join(plain.split())[:LONGEST_NAME].strip() or fallback) + EXTENSIONS[media_type]
