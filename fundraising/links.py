"""The giver's own link, and the reference under which a provider knows a gift."""

from __future__ import annotations

import hmac
import re

from app.sealing import Seal

_REFERENCE = re.compile(r"gift-(\d{1,18})")
_LINK = re.compile(r"(\d{1,18})-([0-9a-f]{40})")
_SECRET_LENGTH = 40
RETURNED = "returned"
"""In the address at which a provider sends the giver back to us."""


def reference_of(donation_id: int) -> str:
    """Give the reference under which a provider knows a gift."""
    return f"gift-{donation_id}"


def donation_of(reference: str | None) -> int | None:
    """Give the gift of a reference; None for whatever is not one of ours."""
    found = _REFERENCE.fullmatch(reference or "")
    return int(found[1]) if found else None


def gift_token(seal: Seal, donation_id: int) -> str:
    """Give the secret end of a gift's address, which is made and not stored."""
    return f"{donation_id}-{_secret(seal, donation_id)}"


def gift_path(seal: Seal, donation_id: int) -> str:
    """Give the path of a giver's own page."""
    return f"/support/gifts/{gift_token(seal, donation_id)}"


def read_gift_token(seal: Seal, token: str) -> int | None:
    """Give the gift that a link opens; None for a link that nobody was given."""
    found = _LINK.fullmatch(token)
    if found is None:
        return None
    number = int(found[1])
    return number if hmac.compare_digest(found[2], _secret(seal, number)) else None


def _secret(seal: Seal, donation_id: int) -> str:
    return seal.mark("gift link", donation_id)[:_SECRET_LENGTH]
