"""From refusals and accidents to answers: what happened, what is safe, what to do next."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import ClassVar

from flask import Flask, flash, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response

from app.errors import (
    Conflict,
    Forbidden,
    Locked,
    MandatError,
    Missing,
    Over,
    Refused,
    SignedOut,
    Unavailable,
)
from app.texts import N_
from app.web.access import SIGN_IN
from app.web.language import gettext, say
from app.web.pages import Page, is_fragment, markup, see_other
from app.web.way_back import page_of_the_form

log = logging.getLogger("mandat.web")

STATUS: dict[type[MandatError], int] = {
    Missing: 404,
    Refused: 422,
    Forbidden: 403,
    Conflict: 409,
    Unavailable: 503,
}
TITLES = {
    400: N_("The browser sent something that can’t be read"),
    403: N_("This is not yours to open"),
    404: N_("There is no such page"),
    405: N_("This address takes no such request"),
    409: N_("This can’t be done any more"),
    413: N_("This file is too big"),
    415: N_("This kind of content is not taken here"),
    422: N_("This can’t be taken as it is"),
    429: N_("Too many tries"),
    500: N_("Something broke on our side"),
    503: N_("Not available just now"),
}
SAFE = {
    403: N_("Nothing was changed."),
    404: N_("The address may be old, or the page belongs to somebody else."),
    405: N_("Nothing was changed. Go back and use the buttons of the page."),
    409: N_("Nothing was changed. Go back and reload the page to see how things stand now."),
    413: N_("Nothing was saved. Photos of up to 15 MB are taken; lower the quality and try again."),
    429: N_("Wait a few minutes, then try again. Nothing is lost."),
    500: N_("What was saved before is safe. The failure is in our log; try again in a minute."),
    503: N_("What was saved before is safe. Try again in a few minutes."),
}
STALE = N_("This form is out of date")
# Browsers keep what was typed when one goes back, and empty the fields when one reloads.
STALE_SAFE = N_(
    "Nothing was saved. If you are signed out, sign in again in another tab. Then go back and "
    "send the form once more without reloading the page: what you typed is still there."
)
STALE_BACK = N_(
    "If the browser no longer has it, or the form is refused again, open its page anew."
)
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
UNSENT = "danger"
"""The kind of a message that says of a form that it was not taken: the browser keeps its text."""
LINK_OVER = N_("This link is over")
LINK_OVER_SAFE = N_("Your account and everything saved in it are as they were.")
LOCKED = N_("This is not open yet")
UNKNOWN_SAFE = N_("Nothing was changed. Go back and try again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage(Page):
    """An error: its title, what happened, what is safe and what to do."""

    template: ClassVar[str] = "error.html"
    title: str
    happened: str
    safe: str
    status: int
    opened_by: str = ""
    """The address that says what opens it; empty for what waits for nothing."""
    form_href: str = ""
    """Where the form stands that was refused; empty for what is not about a form of ours."""


def use_errors(app: Flask) -> None:
    """Install the handlers."""
    app.register_error_handler(MandatError, answer_refusal)
    app.register_error_handler(CSRFError, answer_stale_form)
    app.register_error_handler(HTTPException, answer_http)
    app.register_error_handler(Exception, answer_accident)


def status_of(error: MandatError) -> int:
    """Give the status of a refusal."""
    return next((code for kind, code in STATUS.items() if isinstance(error, kind)), 422)


def answer_refusal(error: MandatError) -> Response:
    """Answer a refusal that no form caught."""
    if isinstance(error, Over):
        return _page(409, say(error), gettext(LINK_OVER_SAFE), title=LINK_OVER)
    if isinstance(error, Locked):
        return _answer_locked(error)
    if isinstance(error, SignedOut):
        return _answer_signed_out(error)
    return _page(status_of(error), say(error))


def _answer_locked(error: Locked) -> Response:
    """Lead whoever opens a page to what opens it; what was sent is refused with the way there."""
    if request.method in ("GET", "HEAD") and not is_fragment():
        return see_other(error.opened_by)
    return _page(409, say(error), gettext(SAFE[403]), title=LOCKED, opened_by=error.opened_by)


def _answer_signed_out(error: SignedOut) -> Response:
    """Send whoever sent a form to sign in and back to it; what a script sent is not told of."""
    if is_fragment() or request.mimetype not in FORM_TYPES:
        return see_other(url_for(SIGN_IN))
    flash(say(error), UNSENT)
    return see_other(url_for(SIGN_IN, next=page_of_the_form() or None))


def answer_stale_form(error: CSRFError) -> Response:
    """Answer a form whose proof of origin is missing or of an earlier session."""
    back = page_of_the_form()
    safe = [STALE_SAFE, STALE_BACK] if back else [STALE_SAFE]
    return _page(
        403,
        gettext(
            N_(
                "After the form was opened you signed in or out in this browser, or the page was "
                "left open for too long."
            )
        ),
        " ".join(gettext(words) for words in safe),
        title=STALE,
        form_href=back,
    )


def answer_http(error: HTTPException) -> Response:
    """Answer Flask's own refusals on our page; redirects pass."""
    code = error.code or 500
    if code < 400:
        return error.get_response()
    if isinstance(error, SecurityError):
        # A host that is none of ours: no address of ours may be written into the answer.
        return _bare(code, TITLES[400])
    answer = _page(code, "")
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            answer.headers[name] = value
    return answer


def answer_accident(error: Exception) -> Response:
    """Log an accident and answer with a page that needs nothing."""
    log.exception("accident", extra={"endpoint": request.endpoint})
    return _page(500, "")


def _page(
    status: int,
    happened: str,
    safe: str | None = None,
    *,
    title: str | None = None,
    opened_by: str = "",
    form_href: str = "",
) -> Response:
    title = title or TITLES.get(status, TITLES[400])
    try:
        headline = gettext(title)
        page = ErrorPage(
            title=headline,
            # A refusal that says no more than the headline is not said twice.
            happened="" if happened.rstrip(".") == headline else happened,
            safe=safe or gettext(SAFE.get(status, UNKNOWN_SAFE)),
            status=status,
            opened_by=opened_by,
            form_href=form_href,
        )
        return Response(markup(page), status, mimetype="text/html")
    except Exception:
        log.exception("error page failed")
        return _bare(status, title)


def _bare(status: int, title: str) -> Response:
    text = f"<!doctype html><title>{status}</title><h1>{status}: {title}</h1>"
    return Response(text, status, mimetype="text/html")
