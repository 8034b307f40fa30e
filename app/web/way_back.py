"""Where a form stood that could not be taken: the way back for whoever sent it."""

from __future__ import annotations

from urllib.parse import SplitResult, quote, unquote, urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException

from app.web.shell import safe_next


def page_of_the_form() -> str:
    """Give the address of the page whose form is being sent, empty when it is not known.

    A browser tells an origin where on that origin it comes from. Where it doesn't, a form that
    leads back to its own page is looked for there. No host is ever taken over, so that a form on
    somebody else's page has no say in where the way back leads.
    """
    came_from = _referrer()
    if f"{came_from.scheme}://{came_from.netloc}/" == request.host_url:
        path, query = came_from.path, came_from.query
    else:
        path, query = quote(request.path), ""
    if not safe_next(path, "") or not _opens(unquote(path)):
        return ""
    return f"{path}?{query}" if query else path


def _referrer() -> SplitResult:
    try:
        return urlsplit(request.referrer or "")
    except ValueError:
        return urlsplit("")


def _opens(path: str) -> bool:
    """Say whether a page answers there: what only takes forms is no way back."""
    adapter = current_app.create_url_adapter(request)
    try:
        return adapter is not None and bool(adapter.match(path, method="GET"))
    except HTTPException:
        return False
