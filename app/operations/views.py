"""The health endpoint."""

from __future__ import annotations

from flask import jsonify
from werkzeug.wrappers import Response

from app import clock
from app.access import Public
from app.operations.health import health
from app.web.kernel import kernel
from app.web.routing import Section

section = Section("operations", __name__)


@section.get("/health", access=Public(because="load balancers and monitors can't sign in"))
def show_health() -> Response:
    """Say how the program is: 200 while it can answer pages, 503 when it can't.

    A silent worker or a full disk is named under ``problems`` without taking the pages away.
    """
    found = health(kernel().database, kernel().settings.data, now=clock.now())
    response = jsonify(
        status="ok" if not found.problems else "degraded" if found.serving else "down",
        problems=list(found.problems),
        worker_age_s=found.worker_age_s,
        queue_age_s=found.queue_age_s,
    )
    response.status_code = 200 if found.serving else 503
    response.headers["Cache-Control"] = "no-store"
    return response
