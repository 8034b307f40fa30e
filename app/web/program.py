"""A Flask program with the whole kernel and whatever sections it is given."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from flask import Blueprint, Flask
from flask_wtf.csrf import CSRFProtect

from app.access import Viewer
from app.config import Settings, secret_key
from app.db import Database
from app.web.access import use_access
from app.web.addresses import Program
from app.web.cookies import SignedCookies
from app.web.database import use_database
from app.web.errors import use_errors
from app.web.headers import use_headers
from app.web.kernel import EXTENSION, Kernel
from app.web.limits import use_limits
from app.web.navigation import Navigation
from app.web.routing import require_declared_access, use_access_rules
from app.web.templating import use_templating

COOKIE_LIFETIME = timedelta(days=60)
LARGEST_FORM_MEMORY = 2 * 1024 * 1024
MOST_FORM_PARTS = 1_000


def assemble(
    kernel: Kernel,
    sections: Iterable[Blueprint],
    *,
    parts: Iterable[object] = (),
) -> Flask:
    """Build the program.

    Raises UndeclaredAccess when a route does not say who may use it.
    """
    app = Program("app.web", static_folder=None)
    app.session_interface = SignedCookies()
    app.extensions[EXTENSION] = kernel
    for part in (Navigation(), *parts):
        kernel.provide(part)
    _configure(app, kernel.settings)
    use_access_rules(app)
    use_database(app)
    CSRFProtect(app)
    use_access(app)
    use_templating(app)
    use_errors(app)
    use_headers(app)
    use_limits(app, kernel.settings)
    for section in sections:
        app.register_blueprint(section)
    require_declared_access(app)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    host = urlsplit(settings.base_url).hostname
    app.config.update(
        SECRET_KEY=secret_key(settings),
        TESTING=settings.testing,
        # Accidents are always answered by our own page, in tests too.
        PROPAGATE_EXCEPTIONS=False,
        MAX_CONTENT_LENGTH=settings.upload_limit_bytes,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM_MEMORY,
        MAX_FORM_PARTS=MOST_FORM_PARTS,
        PERMANENT_SESSION_LIFETIME=COOKIE_LIFETIME,
        SESSION_COOKIE_NAME="__Host-mandat" if settings.secure_cookies else "mandat",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=True,
        PREFERRED_URL_SCHEME=urlsplit(settings.base_url).scheme,
        MANDAT_HOST=host,
    )


def no_viewer(token: str, now: object) -> Viewer | None:
    """Load nobody: for programs without people (tests of the kernel)."""
    return None


def bare_kernel(settings: Settings) -> Kernel:
    """Give a kernel over the settings' database with nobody in it."""
    database = Database(settings.resolved_database_url)
    return Kernel(settings=settings, database=database, load_viewer=no_viewer)
