"""Numbers of sheets as people write them: 1–10, 12, 15."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PART = re.compile(r"(\d{1,6})(?:–(\d{1,6}))?", re.ASCII)
_DASH = re.compile(r"\s*[-–—]\s*")
_BETWEEN = re.compile(r"[,;\s]+")
MOST = 5000


def read_numbers(text: str) -> tuple[int, ...] | None:
    """Give the numbers in order, each once; None when the text can't be understood."""
    found: set[int] = set()
    for part in filter(None, _BETWEEN.split(_DASH.sub("–", text))):
        match = _PART.fullmatch(part)
        if match is None:
            return None
        first, last = int(match[1]), int(match[2] or match[1])
        if not 0 < first <= last or last - first >= MOST:
            return None
        found.update(range(first, last + 1))
    return tuple(sorted(found)) if len(found) <= MOST else None


def write_numbers(numbers: Iterable[int]) -> str:
    """Give numbers as people write them; the reverse of ``read_numbers``."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in spans)
