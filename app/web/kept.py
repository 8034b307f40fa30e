"""Kept files on their way to a browser: never run, never kept there, and noted who had them."""

from __future__ import annotations

import logging
from urllib.parse import quote

from flask import make_response
from werkzeug.wrappers import Response

from app.web.access import viewer

log = logging.getLogger("mandat.files")
FILE_POLICY = "default-src 'none'; sandbox"


def note_handed_out(what: str, campaign_id: int, number: int) -> None:
    """Write down who had which file of which campaign."""
    log.info(what, extra={"person": viewer().person_id, "campaign": campaign_id, "file": number})


def send_kept(data: bytes, media_type: str, name: str = "") -> Response:
    """Give kept bytes as an answer: to be saved under a name, or without one to be looked at."""
    answer = make_response(data)
    answer.headers["Content-Type"] = media_type
    if name:
        answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = FILE_POLICY
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
