"""The shell's own route: the choice of the language."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request, session
from werkzeug.wrappers import Response

from app.access import Public
from app.errors import Missing
from app.web.language import LANGUAGES
from app.web.pages import see_other
from app.web.routing import Section

section = Section("shell", __name__)


def safe_next(wanted: str | None, fallback: str = "/") -> str:
    """Give an address inside this program; anything else becomes the fallback."""
    if not wanted or not wanted.startswith("/") or wanted.startswith(("//", "/\\")):
        return fallback
    parts = urlsplit(wanted)
    if parts.scheme or parts.netloc or any(ord(sign) < 32 for sign in wanted):
        return fallback
    return wanted


@section.get("/language/<code>", access=Public(because="anybody may read in another language"))
def language(code: str) -> Response:
    """Remember the language in the cookie and go back."""
    if code not in LANGUAGES:
        raise Missing
    session["language"] = code
    session.permanent = True
    return see_other(safe_next(request.args.get("next")))
