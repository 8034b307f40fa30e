"""Pages of a long list, as the pager shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Where in a list the reader is; addresses are None where there is nothing further."""

    number: int
    last: int
    earlier: str | None
    later: str | None


def page_number(text: str | None) -> int:
    """Give the page an address asks for; whatever is no number of a page counts as the first."""
    is_number = text is not None and text.isascii() and text.isdigit() and len(text) < 10
    return max(int(text), 1) if text is not None and is_number else 1


def pages_of(number: int, total: int, per_page: int, href: Callable[[int], str]) -> Pages:
    """Give the pager of a list of ``total`` rows; a page past the end counts as the last."""
    last = max((total + per_page - 1) // per_page, 1)
    here = min(max(number, 1), last)
    return Pages(
        number=here,
        last=last,
        earlier=href(here - 1) if here > 1 else None,
        later=href(here + 1) if here < last else None,
    )
