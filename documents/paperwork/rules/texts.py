"""What a text from a person must be like to be kept, and to be printed."""

from __future__ import annotations

import re
import unicodedata

LONGEST_KEPT = 2_000
"""Characters; longer than any form has room for, so that nothing lawful is cut."""
# Marks that change how text is shown and cannot be seen: direction, joiners, byte order.
_INVISIBLE = frozenset("\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff") | frozenset(
    map(chr, (*range(0x202A, 0x202F), *range(0x2061, 0x2070)))
)
_PRINTABLE = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x400, 0x45F),
    (0x490, 0x491),
    (0x2010, 0x2015),
    (0x2018, 0x201E),
    (0x2026, 0x2026),
    (0x2030, 0x2030),
    (0x20AC, 0x20AC),
    (0x2116, 0x2116),
)
"""The signs that the bundled typeface of documents draws; a test compares them with the file."""

_UNPRINTABLE = re.compile(
    "[^\n" + "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in _PRINTABLE) + "]"
)


def kept(text: str, *, lines: bool) -> str:
    """Give a text as it is stored: composed, without invisible marks, spaces folded."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    whole = "".join(ch for ch in composed if ch == "\n" or _is_storable(ch))
    if whole != composed:
        # What an invisible mark kept apart from its accent is composed only now.
        whole = unicodedata.normalize("NFC", whole)
    folded = [" ".join(line.split()) for line in whole.split("\n")]
    return ("\n" if lines else " ").join(line for line in folded if line).strip()


def unprintable(text: str) -> str:
    """Give the first sign that the typeface can't draw; empty when all can be printed."""
    found = _UNPRINTABLE.search(text)
    return found[0] if found else ""


def printable_signs() -> list[int]:
    """Give the code of every sign that may be printed."""
    return [code for first, last in _PRINTABLE for code in range(first, last + 1)]


def _is_storable(sign: str) -> bool:
    if sign in _INVISIBLE or 0xD800 <= ord(sign) <= 0xDFFF:
        return False
    return sign.isspace() or unicodedata.category(sign) not in ("Cc", "Cn", "Co")
