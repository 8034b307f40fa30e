"""The current viewer, and the one place that enforces the policies of routes.

This is the only module that knows Flask-Login.
"""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Flask, g, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from werkzeug.wrappers import Response

from app import clock
from app.access import VISITOR, Holds, Public, SignedIn, Viewer
from app.errors import Forbidden, SignedOut
from app.files.apart import HOLDER
from app.web.kernel import kernel
from app.web.routing import access_of

SIGN_IN = "accounts.sign_in"
SIGN_OUT = "accounts.sign_out"
SECOND_FACTOR = "accounts.second_factor"
KEPT_ACROSS_SIGN_IN = ("language",)


class SignedInUser(UserMixin):
    """What Flask-Login carries: the session's token and the viewer behind it."""

    def __init__(self, token: str, viewer: Viewer) -> None:
        self.token = token
        self.viewer = viewer

    def get_id(self) -> str:
        """Give the token; only its hash is stored on the server."""
        return self.token


def viewer() -> Viewer:
    """Give whoever makes the current request."""
    try:
        return g.viewer  # type: ignore[no-any-return]
    except AttributeError:
        g.viewer = current_user.viewer if current_user.is_authenticated else VISITOR
        return g.viewer  # type: ignore[no-any-return]


def session_token() -> str | None:
    """Give the token of the current session, None for a visitor."""
    return current_user.token if current_user.is_authenticated else None


def begin_session(token: str) -> None:
    """Put a freshly started session into the cookie; everything older in it is dropped."""
    kept = {key: session[key] for key in KEPT_ACROSS_SIGN_IN if key in session}
    session.clear()
    # A token made earlier in this request belongs to the session that has just gone.
    g.pop("csrf_token", None)
    session.update(kept)
    session.permanent = True
    loaded = kernel().load_viewer(token, clock.now())
    login_user(SignedInUser(token, loaded or VISITOR))
    g.viewer = loaded or VISITOR


def end_session() -> None:
    """Take the session out of the cookie."""
    logout_user()
    session.clear()
    g.pop("csrf_token", None)
    g.viewer = VISITOR


def use_access(app: Flask) -> None:
    """Install the loader and the enforcement."""
    manager = LoginManager()
    manager.session_protection = None
    manager.init_app(app)
    manager.user_loader(_load)
    app.before_request(enforce)


def _load(token: str) -> SignedInUser | None:
    found = kernel().load_viewer(token, clock.now())
    return SignedInUser(token, found) if found else None


def enforce() -> Response | None:
    """Let the request through, send it to sign in, or refuse it."""
    # A thread answers one after another: what it knew of the person before is forgotten first.
    HOLDER.set(None)
    rule = request.url_rule
    if rule is None:
        return None
    access = access_of(rule)
    if isinstance(access, Public):
        return None
    who = viewer()
    if not who.signed_in:
        return _to_sign_in()
    HOLDER.set(who.person_id)
    if not who.second_factor and not (isinstance(access, SignedIn) and access.half):
        return redirect(url_for(SECOND_FACTOR), 303)
    if isinstance(access, Holds) and not who.holds(access.permission):
        raise Forbidden
    return None


def _to_sign_in() -> Response:
    """Send on to sign in and back. Raises SignedOut for what was sent."""
    if request.method == "GET":
        wanted = request.full_path.rstrip("?")
        return redirect(f"{url_for(SIGN_IN)}?{urlencode({'next': wanted})}", 303)
    raise SignedOut
