"""How often anybody may send something: a brake against guessing and flooding.

Reading is not limited here. Sign-in has its own brake in the database, which survives restarts.
"""

from __future__ import annotations

from flask import Flask, request
from flask_limiter import Limiter

from app.config import Settings
from app.web.access import viewer
from app.web.database import SAFE_METHODS

VISITOR_LIMIT = "30 per minute"
PERSON_LIMIT = "240 per minute"


def use_limits(app: Flask, settings: Settings) -> None:
    """Install the limits; with several web processes their storage must be shared."""
    Limiter(
        _whose,
        app=app,
        default_limits=[_limit],
        default_limits_exempt_when=_is_free,
        storage_uri=settings.rate_limit_storage,
        enabled=settings.rate_limits,
        headers_enabled=False,
    )


def _whose() -> str:
    who = viewer()
    return f"person:{who.person_id}" if who.signed_in else f"address:{request.remote_addr}"


def _limit() -> str:
    return PERSON_LIMIT if viewer().signed_in else VISITOR_LIMIT


def _is_free() -> bool:
    return request.method in SAFE_METHODS
