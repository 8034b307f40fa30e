"""The facts by which the other packages prove steps, and what they are called."""

from __future__ import annotations

PAPER = "paper:"
"""Followed by the key of a document kind: how far the issued and signed paper is."""
FLYER = "flyer.approved"
SUPPORT_PAGE = "support_page.accepted"
GIFTS = "gifts.cleared"
DOORS = "doors.logged"
SIGNATURES = "signatures.collected"
PACKET = "packet:"
"""Followed by the key of a packet: whether one is put together and holds the papers as they are."""
FILED = "filed:"
"""Followed by the key of a packet: whether the receipt of the desk was noted."""
KEYED = (PAPER, PACKET, FILED)
NAMED = (FLYER, SUPPORT_PAGE, GIFTS, DOORS, SIGNATURES)
AT_MOST_ONE = (PAPER, PACKET, FILED, SUPPORT_PAGE)
"""Families of facts that are there or not, and never count more than one."""
KNOWN_FACTS = (*(f"{begin}<key>" for begin in KEYED), *NAMED)


def is_known_fact(name: str) -> bool:
    """Say whether some package answers for a fact of this name."""
    family = family_of(name)
    return family in NAMED or (family in KEYED and name.removeprefix(family).isidentifier())


def family_of(name: str) -> str:
    """Give how the name of a fact begins where a key follows, otherwise the name itself."""
    begin, mark, _ = name.partition(":")
    return begin + mark
