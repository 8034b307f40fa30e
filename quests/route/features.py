"""The facts by which the other packages prove steps, and what they are called."""

from __future__ import annotations

PAPER = "paper:"
"""Followed by the key of a document kind: how far the issued and signed paper is."""
FLYER = "flyer.approved"
SUPPORT_PAGE = "support_page.accepted"
GIFTS = "gifts.cleared"
DOORS = "doors.logged"
KNOWN_FACTS = (f"{PAPER}<kind>", FLYER, SUPPORT_PAGE, GIFTS, DOORS)


def is_known_fact(name: str) -> bool:
    """Say whether some package answers for a fact of this name."""
    kind = name.removeprefix(PAPER)
    return name in KNOWN_FACTS[1:] or (kind != name and kind.isidentifier())
