"""The signature of a message: the time and a keyed hash over it and the raw bytes."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from fundraising.gateways.protocol import TOLERANCE_S, BadMessage

MOST_PARTS = 10


def signature(body: bytes, secret: str, at: datetime) -> str:
    """Give the header that proves a message: ``t=<unix time>,v1=<hex>``."""
    stamp = int(at.timestamp())
    return f"t={stamp},v1={_digest(body, secret, stamp)}"


def check_signature(body: bytes, header: str, secret: str, *, now: datetime) -> None:
    """Refuse a message that was not signed with the secret, or not about now.

    A time in the future is refused like one in the past: a message signed ahead could be kept
    and replayed. Raises BadMessage.
    """
    stamp, given = _parts(header)
    require_now(stamp, now=now)
    expected = _digest(body, secret, stamp)
    if not any(hmac.compare_digest(expected, each) for each in given):
        raise BadMessage("signature")


def require_now(stamp: int, *, now: datetime) -> None:
    """Refuse a time that is not about now, in either direction. Raises BadMessage."""
    if abs(now.timestamp() - stamp) > TOLERANCE_S:
        raise BadMessage("time")


def _digest(body: bytes, secret: str, stamp: int) -> str:
    return hmac.new(secret.encode(), b"%d." % stamp + body, hashlib.sha256).hexdigest()


def _parts(header: str) -> tuple[int, list[str]]:
    pieces = [piece.partition("=") for piece in header.split(",", MOST_PARTS)]
    stamps = [value for name, _, value in pieces if name.strip() == "t"]
    if len(stamps) != 1 or not (stamps[0].isascii() and stamps[0].isdigit()):
        raise BadMessage("header")
    if len(stamps[0]) > 12:
        raise BadMessage("header")
    return int(stamps[0]), [v for name, _, v in pieces if name.strip() == "v1" and v.isascii()]


def stamp_of(header: str) -> int:
    """Give the time a signature header claims. Raises BadMessage."""
    return _parts(header)[0]
