"""What a campaign has put on a flyer, as plain values, and the signs that can be printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

LONGEST = 4000
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
# Latin with its accents, Russian, and the signs that people type; all three families have them.
_PRINTABLE = re.compile(
    r"[\n\x20-\x7e\xa0-\xff\u0131\u0152\u0153\u0401\u0410-\u044f\u0451"
    r"\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2020\u2022\u2026\u2039\u203a"
    r"\u20ac\u20bd\u2116\u2122\u2212]"
)
COLOURS = ("documents", "money", "field", "voice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A photo as it was taken in: its file and size in points."""

    sha256: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Everything on one flyer that people have put there."""

    template: str
    colour: str = COLOURS[0]
    slots: Mapping[str, str] = field(default_factory=dict)
    imprint: Mapping[str, str] = field(default_factory=dict)
    """Texts by field; a tick is "yes"."""
    photo: Photo | None = None

    def slot(self, key: str) -> str:
        """Give a slot's text; empty when nothing was typed."""
        return self.slots.get(key, "")


def tidy(text: str) -> str:
    """Give what was typed as it can be stored and printed: one spelling, no control signs."""
    # The poster face lacks the narrow space that does not break; the usual one does the same.
    unix = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u202f", "\u00a0")
    return CONTROL.sub(" ", unicodedata.normalize("NFC", unix)).strip()[:LONGEST]


def tidy_line(text: str) -> str:
    """Give a text as one line."""
    return " ".join(tidy(text).split())


def unprintable(text: str) -> str:
    """Give the first sign of a text that the fonts for print do not have; empty when all do."""
    return next((sign for sign in text if _PRINTABLE.match(sign) is None), "")


def parse_day(text: str) -> date | None:
    """Give a day written year-month-day, None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def parse_count(text: str) -> int | None:
    """Give a whole number above zero, written with or without spaces; None for anything else."""
    plain = re.sub(r"[ \u00a0\u202f]", "", text)
    if not (plain.isascii() and plain.isdigit() and len(plain) < 9):
        return None
    return int(plain) or None
