"""Headers of every answer: what the browser may load, keep and tell."""

from __future__ import annotations

from flask import Flask, request
from werkzeug.wrappers import Response

from app.web.access import viewer
from app.web.kernel import kernel

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
VARY = ("Cookie", "HX-Request", "Accept-Language")
ONE_YEAR_S = 31_536_000


def use_headers(app: Flask) -> None:
    """Add the headers after each request."""
    app.after_request(add_headers)


def add_headers(response: Response) -> Response:
    """Add the headers; a view that set one itself keeps it."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault(
        "Permissions-Policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()"
    )
    if kernel().settings.secure_cookies:
        headers.setdefault("Strict-Transport-Security", f"max-age={ONE_YEAR_S}")
    headers.setdefault("Cache-Control", "private, no-store" if _private() else "no-cache")
    if "Vary" in headers:
        response.vary.update(VARY)
    else:
        headers["Vary"] = ", ".join(VARY)
    return response


def _private() -> bool:
    return request.url_rule is not None and viewer().signed_in
